import Statistics

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How many decimals figures deserve: a spread is told with one significant digit, with two when the first is a 1, and its mean to the same
/// place. Without a spread there are four significant digits, as Keras prints.
package struct Digits: Hashable {
    package let decimals: Int

    package init(decimals: Int) {
        self.decimals = min(max(decimals, 0), Self.mostDecimals)
    }

    /// What the middle one of the samples' spreads justifies, so that a column of figures lines up.
    package init(_ samples: [Sample]) {
        let spreads = samples.compactMap(\.standardDeviation).filter { $0.isFinite && $0 > 0 }.sorted()
        if spreads.isEmpty {
            let magnitudes = samples.map { abs($0.mean) }.filter { $0.isFinite && $0 > 0 }.sorted()
            self.init(decimals: magnitudes.isEmpty ? 4 : 3 - Self.exponent(of: magnitudes[magnitudes.count / 2]))
        } else {
            self.init(spread: spreads[(spreads.count - 1) / 2])
        }
    }

    /// What one spread, positive and finite, justifies.
    package init(spread: Double) {
        let exponent = Self.exponent(of: spread)
        self.init(decimals: spread / pow(10, Double(exponent)) < 1.95 ? 1 - exponent : -exponent)
    }

    /// The power of ten of a value's first digit; the value is not 0.
    static func exponent(of value: Double) -> Int {
        Int(min(max(floor(log10(abs(value))), -300), 300))
    }

    // MARK: - Figures as text

    /// No more decimals are counted: smaller numbers are told by powers of ten.
    private static let mostDecimals = 8

    /// For example `0.797`; a real minus sign for negative ones; `4.03×10²⁸` for figures that have exploded, and `2.1×10⁻⁹` where so many decimals do not do.
    package func text(_ value: Double) -> String {
        guard value.isFinite else { return plain(value) }
        if abs(value) >= SharedPower.largest { return significant(value, digits: 3) }
        return decimals == Self.mostDecimals && looksLikeZero(value) ? significant(value, digits: 2) : plain(value)
    }

    /// The same without powers of ten.
    fileprivate func plain(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "not a number" : value < 0 ? "−∞" : "∞" }
        let digits = withVaList([Int32(decimals), abs(value)]) { arguments in
            var buffer = [CChar](repeating: 0, count: 400)
            vsnprintf(&buffer, buffer.count, "%.*f", arguments)
            return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        let isZero = digits.allSatisfy { $0 == "0" || $0 == "." }
        return (value < 0 && !isZero ? "−" : "") + Self.grouped(digits)
    }

    /// For example `+0.002`, `−0.094`, `0.000`.
    package func signed(_ value: Double) -> String {
        let text = text(value)
        return value > 0 && text.contains { $0.isNumber && $0 != "0" } ? "+" + text : text
    }

    /// For example `0.797 ± 0.004`; only the mean where there is no spread.
    package func text(_ sample: Sample) -> String {
        if let text = withPower(sample) { return text }
        let digits = showing(sample)
        return digits.text(sample.mean) + digits.spread(sample)
    }

    /// For example `−0.094 ± 0.010`.
    package func signed(_ sample: Sample) -> String {
        if let text = withPower(sample) { return sample.mean > 0 ? "+" + text : text }
        let digits = showing(sample)
        return digits.signed(sample.mean) + digits.spread(sample)
    }

    /// A difference with its interval, such as `+0.003 [−0.004, +0.010]` or `(+3.1 [+1.0, +5.2])×10⁻⁹`. All three have the same digits, so that the difference lies
    /// in its interval as it is printed, too. Without signs where the difference is told as a size.
    package func text(_ difference: Double, _ interval: Interval, isSigned: Bool = true) -> String {
        if let power = SharedPower(size: max(abs(difference), abs(interval.lower), abs(interval.upper))) {
            let mantissas = Interval(lower: power.mantissa(interval.lower), upper: power.mantissa(interval.upper))
            let width = mantissas.upper - mantissas.lower
            // A quarter of an interval is about a standard error.
            let digits = width > 0 ? Digits(spread: width / 4) : Digits(decimals: 3)
            return "(\(digits.text(power.mantissa(difference), mantissas, isSigned: isSigned)))\(power.text)"
        }
        let digits = telling(difference, interval)
        func told(_ value: Double) -> String { (isSigned && value > 0 && !digits.looksLikeZero(value) ? "+" : "") + digits.plain(value) }
        return "\(told(difference)) [\(told(interval.lower)), \(told(interval.upper))]"
    }

    /// A difference alone, told by the digits that it has beside its interval; by a power of ten where it would look like 0, and its interval leaves out 0.
    func signed(_ difference: Double, in interval: Interval?) -> String {
        let digits = telling(difference, interval)
        guard let interval, !interval.contains(0), digits.looksLikeZero(difference) else { return digits.signed(difference) }
        return (difference > 0 ? "+" : "") + significant(difference, digits: 2)
    }

    /// The digits by which the ends of an interval do not look like 0, on whose other side they lie or not, nor does a difference whose interval leaves out 0.
    private func telling(_ difference: Double, _ interval: Interval?) -> Digits {
        guard let interval else { return self }
        return telling([interval.lower, interval.upper] + (interval.contains(0) ? [] : [difference]))
    }

    /// Up to three more digits, where these would make a value look like 0 that is not, and those would not.
    func telling(_ values: [Double]) -> Digits {
        let most = Digits(decimals: decimals + 3)
        let visible = values.filter { !most.looksLikeZero($0) }
        return (decimals...most.decimals).lazy.map { Digits(decimals: $0) }.first { digits in !visible.contains(where: digits.looksLikeZero)
        }
            ?? most
    }

    /// Whether a value is printed as 0 that is not.
    private func looksLikeZero(_ value: Double) -> Bool { value != 0 && !plain(value).contains { $0.isNumber && $0 != "0" } }

    /// More digits where these would make a spread look like none at all.
    private func showing(_ sample: Sample) -> Digits {
        guard let deviation = sample.standardDeviation, deviation > abs(sample.mean) * 1e-9, deviation < 0.5 * pow(10, -Double(decimals))
        else { return self }
        return Digits(spread: deviation)
    }

    private func spread(_ sample: Sample) -> String {
        guard let deviation = sample.standardDeviation else { return "" }
        let isTooSmall = decimals == 8 && deviation > abs(sample.mean) * 1e-12 && deviation < 0.5e-8
        return " ± " + (isTooSmall ? significant(deviation, digits: 1) : text(deviation))
    }

    /// For example `(4 ± 9)×10²⁸`; nil for figures of ordinary size.
    private func withPower(_ sample: Sample) -> String? {
        guard let deviation = sample.standardDeviation else {
            return abs(sample.mean) < SharedPower.smallest && sample.mean != 0 ? significant(sample.mean, digits: 3) : nil
        }
        guard let power = SharedPower(size: max(abs(sample.mean), deviation)) else { return nil }
        guard deviation > abs(sample.mean) * 1e-9 else { return significant(sample.mean, digits: 4) + " ± 0" }
        let (mean, spread) = (power.mantissa(sample.mean), power.mantissa(deviation))
        let digits = Digits(spread: spread)
        return "(\(digits.text(mean)) ± \(digits.text(spread)))\(power.text)"
    }

    /// Thousands separators in what stands before the point.
    private static func grouped(_ digits: String) -> String {
        let whole = digits.prefix { $0 != "." }
        guard whole.count > 3 else { return digits }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return grouped + digits.dropFirst(whole.count)
    }
}

/// For example `647,214`.
package func grouped(_ value: Int) -> String {
    Digits(decimals: 0).plain(Double(value))
}

/// For example `1 seed`, `5 seeds`; `plural` where it is not the noun with an s.
func counted(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
}

/// For example `0.31 s`, `12 s`, `3 min 20 s`, `2 h 5 min`.
package func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "–" }
    if seconds < 9.95 { return Digits(decimals: seconds < 0.995 ? 2 : 1).text(seconds) + " s" }
    let whole = Int(min(seconds.rounded(), 1e9))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min" + (whole % 60 > 0 ? " \(whole % 60) s" : "") }
    return "\(whole / 3600) h" + (whole % 3600 / 60 > 0 ? " \(whole % 3600 / 60) min" : "")
}

/// For example `a`, `a and b`, `a, b and c`; more than `limit` are cut: `a, b, c and 4 more`.
package func enumeration(_ items: [String], limit: Int = 8) -> String {
    guard items.count > 1 else { return items.first ?? "" }
    if items.count > limit { return items.prefix(limit - 1).joined(separator: ", ") + " and \(items.count - limit + 1) more" }
    return items.dropLast().joined(separator: ", ") + " and " + (items.last ?? "")
}

extension String {
    /// The first letter as a capital.
    var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
