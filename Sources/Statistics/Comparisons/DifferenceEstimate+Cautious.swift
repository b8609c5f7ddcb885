#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// For levels below 5 %, as families of comparisons and looks at growing seeds have them.
///
/// Degrees of freedom that are made of two estimated variances come out too high by luck, which weighs most far out in the tail: with three seeds whose luck is
/// three times that of examples, six equal variants by Holm were declared different in .17 of simulated cases. Cochran's t is the mean of the t of seeds − 1 and of examples − 1 degrees of
/// freedom, weighted by the parts that seeds and examples have in the squared error; with it .056 were.
extension DifferenceEstimate {
    /// mean ± Cochran's t · standard error; nil where all differences are equal.
    ///
    /// - Parameter confidence: between 0 and 1, exclusively.
    public func cautiousInterval(confidence: Double) -> Interval? {
        guard let parts else { return interval(confidence: confidence) }
        let t = parts.t((1 - confidence) / 2)
        return Interval(lower: mean - t * standardError, upper: mean + t * standardError)
    }

    /// The two-sided p value for which ``cautiousInterval(confidence:)`` of 1 − p ends at 0; nil where all differences are equal.
    public var cautiousP: Double? {
        guard let parts else { return p }
        let t = abs(mean) / standardError
        guard t > 0 else { return 1 }
        // The weighted t lies between those of its parts, and so does its tail between theirs.
        let ends = [parts.seeds.upperTail(t), parts.examples.upperTail(t)]
        var (low, high) = (ends.min() ?? 0, ends.max() ?? 1)
        guard low > 1e-300 else { return min(2 * (high > 1e-300 ? high : 0), 1) }
        while high / low > 1 + 1e-9 {
            let middle = (low * high).squareRoot()
            if parts.t(middle) > t { low = middle } else { high = middle }
        }
        return min(2 * (low * high).squareRoot(), 1)
    }

    /// Nil where there are not two sources of luck, or none.
    private var parts: Parts? {
        guard !isConstant, basis == .seedsAndExamples, let seedsPart, let examplesPart, let examples,
            let ofSeeds = StudentT(degreesOfFreedom: Double(seeds - 1)), let ofExamples = StudentT(degreesOfFreedom: Double(examples - 1))
        else { return nil }
        return Parts(seeds: ofSeeds, examples: ofExamples, share: seedsPart / (seedsPart + examplesPart))
    }

    /// The two distributions, and the share that seeds have in the squared error.
    private struct Parts {
        let seeds: StudentT
        let examples: StudentT
        let share: Double

        /// The weighted t whose upper tail is `q`.
        func t(_ q: Double) -> Double {
            -(share * (seeds.quantile(q) ?? 0) + (1 - share) * (examples.quantile(q) ?? 0))
        }
    }
}
