#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Scale {
    /// Values that span fewer times the smallest stand on a linear scale.
    private static let largestLinearSpan = 8.0

    /// Whether settings of these values are thought of by their powers: their median stands nearer to the middle of a logarithmic scale than to that of a linear one.
    static func areLogarithmic(_ values: [Double]) -> Bool {
        let sorted = values.sorted()
        guard let lowest = sorted.first, let highest = sorted.last, lowest > 0, highest / lowest >= largestLinearSpan else { return false }
        let median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        let linear = (median - lowest) / (highest - lowest)
        return abs(log(median / lowest) / log(highest / lowest) - 0.5) < abs(linear - 0.5)
    }

    /// A scale just over `values` with a little room at both ends, and ticks at the values themselves, as far as their texts have room: beside each other, or on
    /// an upright scale above each other.
    static func settings(_ values: [Double], from start: Double, to end: Double, isUpright: Bool = false) -> Scale {
        let marks = Set(values).sorted()
        let bare = just(over: marks, from: start, to: end, logarithmic: areLogarithmic(marks))
        var ticks: [Tick] = []
        var free = -Double.infinity
        for value in marks {
            let tick = Tick(value: value, text: SettingValue.text(value))
            let half = isUpright ? 6 : SVG.width(of: tick.text) / 2 + 5
            let place = abs(bare.place(value) - start)
            guard place - half >= free else { continue }
            ticks.append(tick)
            free = place + half
        }
        return bare.with(ticks)
    }

    /// The same with round ticks: at most `count` or so.
    static func round(_ values: [Double], from start: Double, to end: Double, ticks count: Int, logarithmic: Bool? = nil) -> Scale {
        let isLogarithmic = logarithmic ?? areLogarithmic(values)
        guard isLogarithmic else { return over(values, from: start, to: end, ticks: count) }
        let bare = just(over: values, from: start, to: end, logarithmic: true)
        let exponents = Int(floor(log10(bare.lower)))...Int(ceil(log10(bare.upper)))
        let steps: [[Double]] = [[1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]]
        for factors in steps {
            var marks: [Double] = []
            for exponent in exponents {
                let power = pow(10, Double(exponent))
                marks += factors.map { $0 * power }
            }
            marks = marks.filter { bare.lower <= $0 && $0 <= bare.upper }
            guard marks.count > count + 1 else { return bare.with(marks.map { Tick(value: $0, text: short($0)) }) }
        }
        let step = max(1, (exponents.count + count - 1) / max(count, 1))
        let marks = exponents.filter { ($0 - exponents.lowerBound) % step == 0 }.map { pow(10, Double($0)) }
        return bare.with(marks.filter { $0 >= bare.lower && $0 <= bare.upper }.map { Tick(value: $0, text: short($0)) })
    }

    /// For example `647`, `20 k`, `1.5 M`.
    private static func short(_ value: Double) -> String {
        let whole = value.rounded()
        if whole >= 1e9 || value < 1e-4 { return SettingValue.text(value) }
        if whole >= 1e6 { return SettingValue.text(whole / 1e6) + " M" }
        if whole >= 1e4 { return SettingValue.text(whole / 1e3) + " k" }
        let exponent = Int(floor(log10(value) + 1e-9))
        return Digits(decimals: max(0, -exponent)).text(value)
    }

    private static func just(over values: [Double], from start: Double, to end: Double, logarithmic: Bool) -> Scale {
        let lowest = values.min() ?? 0
        let highest = values.max() ?? 1
        if logarithmic {
            let margin = highest > lowest ? pow(highest / lowest, 0.04) : 2
            return Scale(kind: .logarithmic, lower: lowest / margin, upper: highest * margin, start: start, end: end, ticks: [])
        }
        let margin = highest > lowest ? (highest - lowest) * 0.04 : max(abs(highest) * 0.1, 0.1)
        return Scale(kind: .linear, lower: lowest - margin, upper: highest + margin, start: start, end: end, ticks: [])
    }

    private func with(_ ticks: [Tick]) -> Scale {
        Scale(kind: kind, lower: lower, upper: upper, start: start, end: end, ticks: ticks)
    }
}
