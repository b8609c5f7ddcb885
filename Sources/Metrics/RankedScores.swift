import Statistics

/// An area under a curve that follows from the order of scores alone: of the positive one of two classes, or the mean over the classes (or labels), each against
/// the rest. Classes that no example is of, or all are, have no such area and are left out.
package struct RankedScores: MetricAccumulator {
    /// Which curve.
    package enum Curve: Sendable {
        /// Receiver operating characteristic: the probability that an example of the class has a higher score for it than another, ties counting half. From ranks:
        /// (Σ ranks of the ones - n₁ (n₁ + 1) / 2) / (n₀ n₁), equal scores sharing their mean rank.
        case receiverOperating
        /// Precision over recall, as scikit-learn's `average_precision_score`: Σ (Rₙ - Rₙ₋₁) Pₙ over the different scores, from the largest; no line is drawn
        /// between the points.
        case precisionRecall
    }

    private let curve: Curve
    /// Nil for the mean over the classes.
    private let positive: Int?
    /// A ranking for each class that is looked at.
    private var rankings: [Ranking] = []

    /// Nothing yet; `positive` is the number of the class, nil for the mean over all.
    package init(_ curve: Curve, of positive: Int?) {
        self.curve = curve
        self.positive = positive
    }

    package mutating func add(_ batch: MetricBatch) {
        let classes = positive.map { [$0] } ?? Array(0..<batch.columns)
        if rankings.isEmpty { rankings = classes.map { _ in Ranking() } }
        for place in batch.rows.indices {
            if let positive {
                guard let label = batch.label(place) else { continue }
                rankings[0].add(Double(batch.meaning.rank(of: positive, batch.scores(place))), isPositive: label == positive)
                continue
            }
            let scores = batch.scoresByColumn(place)
            for column in classes where rankings.indices.contains(column) {
                rankings[column].add(scores[column], isPositive: batch.isOf(column, place))
            }
        }
    }

    package var value: Double {
        let areas = rankings.filter(\.hasBoth).map { $0.area(curve) }
        return areas.isEmpty ? .nan : areas.reduce(0, +) / Double(areas.count)
    }

    package func contributions(_ batch: MetricBatch) -> [Double] {
        var whole = self
        whole.add(batch)
        let figure = whole.value
        let areas = whole.rankings.filter(\.hasBoth).map { $0.areasLeavingOut(curve) }
        guard !areas.isEmpty, figure.isFinite, areas.allSatisfy({ $0.count == batch.rows.count }) else {
            return batch.rows.map { _ in .nan }
        }
        let without = batch.rows.indices.map { place in areas.reduce(0) { $0 + $1[place] } / Double(areas.count) }
        return Jackknife.pseudoValues(figure: figure, leavingOut: without)
    }
}

/// Scores of examples, of which some are of a class.
private struct Ranking {
    private var scores: [(score: Double, isPositive: Bool)] = []
    private var positives = 0

    /// Examples of the same score.
    private struct Tie {
        let score: Double
        var positives = 0
        var negatives = 0
    }

    mutating func add(_ score: Double, isPositive: Bool) {
        scores.append((score, isPositive))
        if isPositive { positives += 1 }
    }

    /// Whether there are examples of the class and others.
    var hasBoth: Bool { positives > 0 && positives < scores.count }

    /// The different scores, rising.
    private var ties: [Tie] {
        var ties: [Tie] = []
        for (score, isPositive) in scores.sorted(by: { $0.score < $1.score }) {
            if ties.last?.score != score { ties.append(Tie(score: score)) }
            if isPositive { ties[ties.count - 1].positives += 1 } else { ties[ties.count - 1].negatives += 1 }
        }
        return ties
    }

    func area(_ curve: RankedScores.Curve) -> Double {
        if scores.contains(where: { $0.score.isNaN }) { return .nan }
        let ties = ties
        let ones = Double(positives)
        switch curve {
        case .receiverOperating:
            var (rankSum, before) = (0.0, 0)
            for tie in ties {
                let count = tie.positives + tie.negatives
                rankSum += Double(tie.positives) * Double(2 * before + 1 + count) / 2
                before += count
            }
            return (rankSum - ones * (ones + 1) / 2) / (ones * Double(scores.count - positives))
        case .precisionRecall:
            var (sum, hits, taken) = (0.0, 0, 0)
            for tie in ties.reversed() {
                hits += tie.positives
                taken += tie.positives + tie.negatives
                sum += Double(tie.positives) * Double(hits) / Double(taken)
            }
            return sum / ones
        }
    }

    /// The area without each example, in the order in which they were added; not numbers where it is not defined without one.
    func areasLeavingOut(_ curve: RankedScores.Curve) -> [Double] {
        let area = area(curve)
        guard positives > 1, scores.count - positives > 1, area.isFinite else { return scores.map { _ in .nan } }
        let ties = ties
        let without = curve == .receiverOperating ? receiverOperatingWithout(ties, area) : precisionRecallWithout(ties)
        return scores.map { score, isPositive in
            let place = ties.placeOfFirst { $0.score >= score }
            return isPositive ? without[place].positive : without[place].negative
        }
    }

    private typealias Without = (positive: Double, negative: Double)

    /// The area without a positive and without a negative of each score.
    private func receiverOperatingWithout(_ ties: [Tie], _ area: Double) -> [Without] {
        let (ones, zeros) = (positives, scores.count - positives)
        let pairs = area * Double(ones) * Double(zeros)
        var (onesBelow, zerosBelow) = (0, 0)
        return ties.map { tie in
            // The pairs that an example is part of, and how many of them are in order.
            let positiveWins = Double(zerosBelow) + Double(tie.negatives) / 2
            let negativeWins = Double(ones - onesBelow - tie.positives) + Double(tie.positives) / 2
            onesBelow += tie.positives
            zerosBelow += tie.negatives
            return ((pairs - positiveWins) / Double((ones - 1) * zeros), (pairs - negativeWins) / Double(ones * (zeros - 1)))
        }
    }

    /// The same. With hₜ hits among the nₜ of at least the score t, p of them at t: the area is Σ pₜ hₜ / nₜ over the ones. An example counts in h and n of its own
    /// score and of all below, so sums from both ends give all areas at once.
    private func precisionRecallWithout(_ ties: [Tie]) -> [Without] {
        var (hits, taken) = (positives, scores.count)
        // What the scores below come to without a positive and without a negative above them.
        var below: Without = (0, 0)
        var found: [(own: Without, below: Without)] = []
        func term(_ count: Int, _ hits: Int, _ taken: Int) -> Double { taken > 0 ? Double(count) * Double(hits) / Double(taken) : 0 }
        for tie in ties {
            let own = (
                positive: term(tie.positives - 1, hits - 1, taken - 1), negative: term(tie.positives, hits, taken - 1)
            )
            found.append((own, below))
            below.positive += term(tie.positives, hits - 1, taken - 1)
            below.negative += term(tie.positives, hits, taken - 1)
            hits -= tie.positives
            taken -= tie.positives + tie.negatives
        }
        (hits, taken) = (0, 0)
        var above = 0.0
        var without: [Without] = []
        for (tie, parts) in zip(ties, found).reversed() {
            without.append(
                (
                    (above + parts.own.positive + parts.below.positive) / Double(positives - 1),
                    (above + parts.own.negative + parts.below.negative) / Double(positives)
                ))
            hits += tie.positives
            taken += tie.positives + tie.negatives
            above += term(tie.positives, hits, taken)
        }
        return without.reversed()
    }
}

extension MetricBatch {
    /// How many classes or labels there are.
    fileprivate var columns: Int { if case .severalLabels = targets { width } else { classes } }

    /// A score for each class or label of an example.
    fileprivate func scoresByColumn(_ place: Int) -> [Double] {
        if case .severalLabels = targets { return (0..<width).map { value(place, $0) } }
        return meaning.scoresByClass(scores(place))
    }

    /// Whether an example is of a class, or has a label.
    fileprivate func isOf(_ column: Int, _ place: Int) -> Bool {
        if case .severalLabels = targets { return target(place, column) == 1 }
        return label(place) == column
    }
}

extension Array {
    /// The place of the first element for which the condition holds, in a list that is sorted by it; the count when there is none.
    fileprivate func placeOfFirst(_ holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
