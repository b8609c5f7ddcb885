import Documents
import Statistics

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What an axis of a random sweep draws its values from.
enum Distribution: Sendable {
    /// One of some values, each as likely as any other.
    case choice([Node])
    /// Between two numbers.
    case uniform(ClosedRange<Double>)
    /// Between two numbers, every order of magnitude as likely as any other.
    case logUniform(ClosedRange<Double>)
    /// A whole number, both ends included.
    case intUniform(ClosedRange<Int>)
    /// A whole number, both ends included, every order of magnitude as likely as any other.
    case intLogUniform(ClosedRange<Int>)
    /// The normal distribution, cut at the bounds.
    case normal(Normal)
    /// A number whose natural logarithm is normal; the bounds are those of the number.
    case logNormal(Normal)

    /// Mean, standard deviation, and bounds within which alone numbers are drawn.
    struct Normal: Sendable {
        var mean: Double
        var standardDeviation: Double
        var low: Double?
        var high: Double?
    }

    /// The value below which a share of the distribution lies, for a share in (0, 1). Real numbers are rounded to some six digits, so that they can be
    /// written down.
    func value(at share: Double, place: Place) -> Node {
        switch self {
        case .choice(let values): values[min(Int(share * Double(values.count)), values.count - 1)]
        default: Node(.scalar(Scalar(text: PlainValue.number(number(at: share)).flowText)), at: place)
        }
    }

    private func number(at share: Double) -> Double {
        switch self {
        case .choice:
            return 0
        case .uniform(let range):
            let width = range.upperBound - range.lowerBound
            return (range.lowerBound + width * share).rounded(toStepsOf: width).clamped(to: range)
        case .logUniform(let range):
            let number = Self.logarithmic(share, range.lowerBound, range.upperBound)
            return number.rounded(toStepsOf: number).clamped(to: range)
        case .intUniform(let range):
            let count = Double(range.upperBound) - Double(range.lowerBound) + 1
            let number = Double(range.lowerBound) + (count * share).rounded(.down)
            return min(number, Double(range.upperBound))
        case .intLogUniform(let range):
            let number = Self.logarithmic(share, Double(range.lowerBound) - 0.5, Double(range.upperBound) + 0.5).rounded()
            return number.clamped(to: Double(range.lowerBound)...Double(range.upperBound))
        case .normal(let normal):
            return normal.number(at: share, low: normal.low, high: normal.high).rounded(toStepsOf: normal.standardDeviation)
                .clamped(normal.low, normal.high)
        case .logNormal(let normal):
            let number = exp(normal.number(at: share, low: normal.low.map { log($0) }, high: normal.high.map { log($0) }))
            return number.rounded(toStepsOf: number).clamped(normal.low, normal.high)
        }
    }

    private static func logarithmic(_ share: Double, _ low: Double, _ high: Double) -> Double {
        exp(log(low) + share * (log(high) - log(low)))
    }
}

extension Distribution.Normal {
    fileprivate func number(at share: Double, low: Double?, high: Double?) -> Double {
        let from = low.map { StandardNormal.upperTail((mean - $0) / standardDeviation) } ?? 0
        let to = high.map { StandardNormal.upperTail((mean - $0) / standardDeviation) } ?? 1
        let inside = min(max(from + share * (to - from), 0x1p-60), 1 - 0x1p-53)
        return mean + standardDeviation * StandardNormal.quantile(inside)
    }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double { min(max(self, range.lowerBound), range.upperBound) }

    fileprivate func clamped(_ low: Double?, _ high: Double?) -> Double {
        min(max(self, low ?? -.infinity), high ?? .infinity)
    }
}
