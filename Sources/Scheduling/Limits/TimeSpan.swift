/// A time as people write it: `30s`, `10m`, `2h`, `1h30m`, `1.5h`, `2d`.
public struct TimeSpan: Sendable, Hashable, CustomStringConvertible {
    /// Its length, more than nothing.
    public let seconds: Double

    /// So many seconds.
    public init(seconds: Double) { self.seconds = seconds }

    /// Reads amounts, each with its unit, from the largest unit to the smallest.
    public init(parsing text: String) throws(LimitFault) {
        var rest = Substring(text.lowercased().filter { $0 != " " })
        var units = Self.units[...]
        var sum = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard let amount = Double(digits), let place = units.firstIndex(where: { $0.names.contains(String(name)) }) else {
                throw Self.fault
            }
            sum += amount * units[place].seconds
            units = units[(place + 1)...]
        }
        guard sum > 0, sum < 1e9 else { throw Self.fault }
        seconds = sum
    }

    private static let units: [(names: Set<String>, seconds: Double)] = [
        (["d"], 86400), (["h"], 3600), (["m", "min"], 60), (["s", "sec"], 1),
    ]

    private static var fault: LimitFault { LimitFault("expected a time such as 30s, 10m, 2h or 1h30m") }

    /// `30 s`, `10 min`, `1 h 30 min`: without the parts that are nothing.
    public var description: String {
        let words = spoken(seconds: seconds)
        for rest in [" 0 s", " 0 min"] where words.count > rest.count && words.hasSuffix(rest) { return String(words.dropLast(rest.count)) }
        return words.hasSuffix(".0 s") ? words.replacing(".0 s", with: " s") : words
    }
}

/// Why a limit could not be read.
public struct LimitFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was expected.
    public let description: String

    init(_ description: String) { self.description = description }
}
