import Settings

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What of dates becomes features, and by which figures they are scaled.
public struct FittedDates: Sendable, Hashable, Codable {
    /// How they are written, as ``DateFormat`` names it.
    let format: String
    /// Whether time zones stand behind them.
    let isZoned: Bool
    let parts: [DatePart]
    let cyclic: [DatePart]
    /// The day from which days are counted, in seconds since 1970; nil: they are not.
    let since: Double?
    /// Of each part, then of the days: what is subtracted, and by what is divided.
    let shifts: [Double]
    let divisors: [Double]

    private static let day = 86_400.0

    init(_ settings: DateSettings, _ dates: DateCells, fittedOn rows: [Int32]) {
        format = dates.reading.format.text
        isZoned = dates.reading.isZoned ?? false
        parts = settings.parts
        cyclic = settings.cyclic
        let since = settings.since.flatMap { try? DateFormat.yearFirst.read($0).seconds }
        self.since = since
        let times = settings.parts.isEmpty ? [] : dates.seconds.map(CivilTime.init(seconds:))
        var columns = settings.parts.map { part in times.map { Double(part.number(of: $0)) } }
        if let since { columns.append(dates.seconds.map { ($0 - since) / Self.day }) }
        let figures = columns.map { settings.scale.figures(of: $0, fittedOn: rows) }
        shifts = figures.map(\.shift)
        divisors = figures.map(\.divisor)
    }

    /// How they are read.
    var reading: DateReading { DateReading(format: DateFormat(format), isZoned: isZoned) }

    /// Whether its figures can be those of dates.
    var isSound: Bool {
        let count = parts.count + (since == nil ? 0 : 1)
        return width > 0 && shifts.count == count && divisors.count == count && shifts.allSatisfy(\.isFinite)
            && divisors.allSatisfy { $0.isFinite && $0 != 0 } && since?.isFinite ?? true
    }

    /// How many features there are.
    var width: Int { parts.count + 2 * cyclic.count + (since == nil ? 0 : 1) }

    /// What features are called behind the column's name.
    var featureNames: [String] {
        parts.map(\.rawValue) + cyclic.flatMap { ["\($0.rawValue) sin", "\($0.rawValue) cos"] } + (since == nil ? [] : ["days"])
    }

    /// Writes the features of a time to the numbers from `first` on.
    func write<Number: BinaryFloatingPoint>(_ seconds: Double, to matrix: inout [Number], at first: Int) {
        let time = CivilTime(seconds: seconds)
        var place = first
        func scaled(_ value: Double, _ figure: Int) -> Number { Number((value - shifts[figure]) / divisors[figure]) }
        for (figure, part) in parts.enumerated() {
            matrix[place] = scaled(Double(part.number(of: time)), figure)
            place += 1
        }
        for part in cyclic {
            guard let (lowest, length) = part.circle else { continue }
            let angle = 2 * Double.pi * Double(part.number(of: time) - lowest) / Double(length)
            matrix[place] = Number(sin(angle))
            matrix[place + 1] = Number(cos(angle))
            place += 2
        }
        if let since { matrix[place] = scaled((seconds - since) / Self.day, parts.count) }
    }

    /// What becomes of the days in 32 bits; nil where they are not counted.
    func rounding(of dates: DateCells, column: String, table: Table, isScaled: Bool) -> RoundingCheck? {
        guard let since, let shift = shifts.last, let divisor = divisors.last else { return nil }
        return RoundingCheck(
            dates.seconds.map { ($0 - since) / Self.day }, shift: shift, divisor: divisor, column: column, of: table, isTarget: false,
            isScaled: isScaled)
    }
}
