/// The area under the receiver operating characteristic: the probability that an example of one of two classes has a higher score for it than one
/// of the other, ties counting half. From ranks: (Σ ranks of the ones - n₁ (n₁ + 1) / 2) / (n₀ n₁), equal scores sharing their mean rank.
package struct RankedScores: MetricAccumulator {
    private let positive: Int
    private var scores: [(score: Float, isPositive: Bool)] = []

    /// Nothing yet; `positive` is the number of the class.
    package init(of positive: Int) { self.positive = positive }

    package mutating func add(_ batch: MetricBatch) {
        for place in batch.rows.indices {
            if let label = batch.label(place) { scores.append((batch.meaning.rank(of: positive, batch.scores(place)), label == positive)) }
        }
    }

    package var value: Double {
        let positives = scores.count { $0.isPositive }
        let negatives = scores.count - positives
        guard positives > 0, negatives > 0, !scores.contains(where: { $0.score.isNaN }) else { return .nan }
        let sorted = scores.sorted { $0.score < $1.score }
        var rankSum = 0.0
        var start = 0
        while start < sorted.count {
            var end = start
            var ones = 0
            while end < sorted.count, sorted[end].score == sorted[start].score {
                if sorted[end].isPositive { ones += 1 }
                end += 1
            }
            rankSum += Double(ones) * Double(start + 1 + end) / 2
            start = end
        }
        let least = Double(positives) * Double(positives + 1) / 2
        return (rankSum - least) / (Double(positives) * Double(negatives))
    }
}
