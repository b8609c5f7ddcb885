import Statistics

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

    package func contributions(_ batch: MetricBatch) -> [Double] {
        var whole = self
        whole.add(batch)
        let ones = whole.scores.filter(\.isPositive).map(\.score).sorted()
        let zeros = whole.scores.filter { !$0.isPositive }.map(\.score).sorted()
        let area = whole.value
        guard whole.scores.count == batch.rows.count, ones.count > 1, zeros.count > 1, area.isFinite else {
            return batch.rows.map { _ in .nan }
        }
        let pairs = area * Double(ones.count) * Double(zeros.count)
        let without = whole.scores.map { score, isPositive in
            // The pairs that the example is part of, and how many of them are in order.
            let others = isPositive ? zeros : ones
            let below = Double(others.placeOfFirst { $0 >= score })
            let upTo = Double(others.placeOfFirst { $0 > score })
            let won = isPositive ? (below + upTo) / 2 : Double(others.count) - (below + upTo) / 2
            let left = isPositive ? (ones.count - 1) * zeros.count : ones.count * (zeros.count - 1)
            return (pairs - won) / Double(left)
        }
        return Jackknife.pseudoValues(figure: area, leavingOut: without)
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

extension [Float] {
    /// The place of the first element for which the condition holds, in a list that is sorted by it; the count when there is none.
    fileprivate func placeOfFirst(_ holds: (Float) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
