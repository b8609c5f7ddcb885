/// The Brier score, as scikit-learn's `brier_score_loss` has it: for two classes the mean of (p - y)² with p the probability of one of them and y 1 for it, else 0; for
/// more the mean of Σ (pₖ - yₖ)² over the classes. From 0 to 1 for two classes, to 2 for more.
package struct BrierScore: MetricAccumulator {
    private var sum = 0.0
    private var count = 0

    /// Nothing yet.
    package init() {}

    package var value: Double { count == 0 ? .nan : sum / Double(count) }

    package mutating func add(_ batch: MetricBatch) {
        for place in batch.rows.indices {
            guard let label = batch.label(place) else { continue }
            let scores = batch.scores(place)
            let looked = batch.classes == 2 ? 1..<2 : 0..<batch.classes
            sum += looked.reduce(0) { sum, column in
                let distance = batch.meaning.probability(of: column, scores) - (column == label ? 1 : 0)
                return sum + distance * distance
            }
            count += 1
        }
    }
}
