#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Places values along a side of a panel.
package struct Scale {
    /// How values become places.
    package enum Kind {
        case linear, logarithmic
    }

    package let kind: Kind
    let lower: Double
    let upper: Double
    /// Where `lower` and `upper` are placed.
    let start: Double
    let end: Double
    package let ticks: [Tick]

    /// A value with its text.
    package struct Tick {
        package let value: Double
        package let text: String
    }

    package func place(_ value: Double) -> Double {
        let share =
            switch kind {
            case .linear: (value - lower) / (upper - lower)
            case .logarithmic: (log10(value) - log10(lower)) / (log10(upper) - log10(lower))
            }
        return start + share * (end - start)
    }
}

extension Scale {
    /// A scale over all finite `values`, widened to whole ticks: about `count` of them, at steps of 1, 2 or 5 times a power of ten.
    /// Positive values that span more than two powers of ten get a logarithmic scale when `mayBeLogarithmic`. Numbers such as years do not have their thousands
    /// set apart.
    package static func over(
        _ values: [Double], from start: Double, to end: Double, ticks count: Int, mayBeLogarithmic: Bool = false,
        setsThousandsApart: Bool = true
    ) -> Scale {
        let finite = values.filter(\.isFinite)
        guard var lower = finite.min(), var upper = finite.max() else {
            return Scale(kind: .linear, lower: 0, upper: 1, start: start, end: end, ticks: [])
        }
        if mayBeLogarithmic, lower > 0, upper / lower > 100 { return logarithmic(lower, upper, start, end) }
        if upper - lower <= abs(upper) * 1e-9 {
            let margin = upper == 0 ? 1 : abs(upper) * 0.1
            lower -= margin
            upper += margin
        }
        let rough = (upper - lower) / Double(max(1, count))
        let coarse = niceStep(rough)
        let fine = niceStep(rough * 0.499)
        // The finer step, where it is not crowded and leaves an eighth less of the panel empty.
        let (wide, narrow) = (widened(lower, upper, coarse), widened(lower, upper, fine))
        let isFine = narrow.steps <= count + 2 && narrow.upper - narrow.lower < 0.875 * (wide.upper - wide.lower)
        let step = isFine ? fine : coarse
        let steps: Int
        (lower, upper, steps) = isFine ? narrow : wide
        let digits = Digits(decimals: -Int(floor(log10(step) + 1e-9)))
        let ticks = (0...steps).map { index in
            let value = lower + Double(index) * step
            let text = digits.text(abs(value) < step / 1e6 ? 0 : value)
            return Tick(value: value, text: setsThousandsApart ? text : text.replacing(",", with: ""))
        }
        return Scale(kind: .linear, lower: lower, upper: upper, start: start, end: end, ticks: ticks)
    }

    /// The smallest span of whole steps around a span.
    private static func widened(_ lower: Double, _ upper: Double, _ step: Double) -> (lower: Double, upper: Double, steps: Int) {
        let (low, high) = (floor(lower / step + 1e-9), ceil(upper / step - 1e-9))
        return (low * step, high * step, Int(min(high - low, 100)))
    }

    /// A scale for epochs, `first` … `count`, whose ticks are whole and begin with the first.
    package static func epochs(_ count: Int, after first: Int = 1, from start: Double, to end: Double, ticks wanted: Int) -> Scale {
        let step = max(1, Int(niceStep(Double(count - first + 1) / Double(max(1, wanted)))))
        // A whole step that is too near to the first epoch has no room for its text.
        let next = stride(from: step, through: max(step, count), by: step).first { $0 > first && $0 - first >= (step + 1) / 2 } ?? count
        var marks = [first] + Array(stride(from: step == 1 ? first + 1 : next, through: count, by: step))
        // The last mark stands at the last epoch unless its neighbour is too near.
        if let last = marks.last, last != count {
            if count - last < (step + 1) / 2, marks.count > 1 { marks.removeLast() }
            marks.append(count)
        }
        return Scale(
            kind: .linear, lower: Double(first), upper: Double(max(first + 1, count)), start: start, end: end,
            ticks: marks.map { Tick(value: Double($0), text: grouped($0)) })
    }

    /// A logarithmic scale over positive values, widened to whole powers of ten.
    static func powers(_ values: [Double], from start: Double, to end: Double) -> Scale {
        guard let lower = values.min(), let upper = values.max() else {
            return Scale(kind: .logarithmic, lower: 0.1, upper: 1, start: start, end: end, ticks: [])
        }
        return logarithmic(lower, upper == lower ? upper * 1.001 : upper, start, end)
    }

    private static func logarithmic(_ lower: Double, _ upper: Double, _ start: Double, _ end: Double) -> Scale {
        let low = floor(log10(lower))
        let high = ceil(log10(upper))
        let exponents = Int(max(low, -300))...Int(min(high, 300))
        let step = max(1, exponents.count / 5)
        let ticks = exponents.filter { ($0 - exponents.lowerBound) % step == 0 }.map { exponent in
            Tick(
                value: pow(10, Double(exponent)),
                text: abs(exponent) > 4 ? powerOfTen(exponent) : Digits(decimals: -exponent).text(pow(10, Double(exponent))))
        }
        return Scale(kind: .logarithmic, lower: pow(10, low), upper: pow(10, high), start: start, end: end, ticks: ticks)
    }

    /// The smallest of 1, 2, 5, 10, … times a power of ten that is not below `rough`.
    private static func niceStep(_ rough: Double) -> Double {
        guard rough > 0, rough.isFinite else { return 1 }
        let power = pow(10, floor(log10(rough)))
        return [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * (1 - 1e-9) } ?? 10 * power
    }
}
