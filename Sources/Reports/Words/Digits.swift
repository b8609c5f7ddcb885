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
        self.decimals = min(max(decimals, 0), 8)
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

    /// From here on figures are told by powers of ten: nobody counts so many digits.
    private static let largest = 1e7
    /// Samples that stay below this are told by powers of ten.
    private static let smallest = 1e-5

    /// For example `0.797`; a real minus sign for negative ones; `4.03×10²⁸` for figures that have exploded.
    package func text(_ value: Double) -> String {
        abs(value) >= Self.largest && value.isFinite ? significant(value, digits: 3) : plain(value)
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

    /// For example `[−0.107, −0.081]`; with more digits where an end would look like 0, on whose other side it lies or not.
    package func text(_ interval: Interval) -> String {
        let digits = telling([interval.lower, interval.upper])
        return "[\(digits.signed(interval.lower)), \(digits.signed(interval.upper))]"
    }

    /// A difference with its interval; both with more digits where it lies beside 0 and would look like 0.
    package func text(_ difference: Double, _ interval: Interval) -> String {
        let digits = telling(difference, interval)
        return "\(digits.signed(difference)) \(digits.text(interval))"
    }

    /// The digits by which a difference whose interval leaves out 0 does not look like 0.
    func telling(_ difference: Double, _ interval: Interval?) -> Digits {
        guard let interval, interval.lower > 0 || interval.upper < 0 else { return self }
        return telling([difference, interval.lower, interval.upper])
    }

    /// Up to three more digits, where these would make a value look like 0 that is not.
    func telling(_ values: [Double]) -> Digits {
        var digits = self
        func looksLikeZero(_ value: Double) -> Bool { value != 0 && !digits.text(value).contains { $0.isNumber && $0 != "0" } }
        while values.contains(where: looksLikeZero), digits.decimals < min(decimals + 3, 8) {
            digits = Digits(decimals: digits.decimals + 1)
        }
        return digits
    }

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
            return abs(sample.mean) < Self.smallest && sample.mean != 0 ? significant(sample.mean, digits: 3) : nil
        }
        let size = max(abs(sample.mean), deviation)
        guard size.isFinite, size >= Self.largest || size < Self.smallest && size > 0 else { return nil }
        let exponent = Self.exponent(of: size)
        let power = pow(10, Double(exponent))
        guard power > 0, deviation > abs(sample.mean) * 1e-9 else { return significant(sample.mean, digits: 4) + " ± 0" }
        let digits = Digits(spread: deviation / power)
        return "(\(digits.text(sample.mean / power)) ± \(digits.text(deviation / power)))×\(powerOfTen(exponent))"
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
