/// Paired differences of k folds, each the mean over its seeds. Folds share rows that they train on, so their differences vary less than those of
/// fresh data would; Nadeau and Bengio (2003) widen the error by the share of test rows. A heuristic: the true correlation is not known.
///
///     SE² = (1/k + n_test / n_train) · variance of the k differences
///     df  = k − 1
public struct FoldDifferences: Sendable {
    /// The mean difference with its standard error.
    public let estimate: DifferenceEstimate

    /// Nil unless there are two or more differences, all finite, and `testShare` is positive.
    ///
    /// - Parameters:
    ///   - byFold: the difference of each fold.
    ///   - testShare: n_test / n_train, the rows that a fold is tested on over those that it trains on; 1 / (k − 1) for k-fold cross-validation.
    public init?(_ byFold: [Double], testShare: Double) {
        guard let sample = Sample(byFold), byFold.allSatisfy(\.isFinite), testShare > 0, testShare.isFinite, let deviation = sample.spread
        else { return nil }
        let variance = (1 / Double(sample.count) + testShare) * deviation * deviation
        estimate = DifferenceEstimate(
            mean: sample.mean, standardError: variance.squareRoot(), degreesOfFreedom: Double(sample.count - 1), basis: .folds,
            seeds: sample.count, examples: nil, seedsPart: nil, examplesPart: nil, deviation: deviation)
    }
}
