/// What a threshold between two classes is chosen by.
public enum ThresholdCriterion: String, Hashable, Sendable {
    /// The largest F1 of the positive class.
    case f1
    /// The largest recall of the positive class + recall of the other - 1 (Youden's index).
    case youden
}

extension ClassThreshold {
    /// The threshold for the class `positive` that is best on some examples: half-way between two scores that follow one another, below them all half of the lowest. Of
    /// equally good ones it is the one nearest to one half. Nil where all examples are of one class, or a score is no number.
    public init?(
        of positive: Int, by criterion: ThresholdCriterion, scores: UnsafeBufferPointer<Float>, meaning: OutputMeaning,
        rows: UnsafeBufferPointer<Int32>, targets: MetricTargets
    ) {
        guard !rows.isEmpty else { return nil }
        let batch = MetricBatch(scores: scores, meaning: meaning, rows: rows, targets: targets, width: scores.count / rows.count)
        let examples = rows.indices.map { place in
            (probability: meaning.probability(of: positive, batch.scores(place)), isPositive: batch.label(place) == positive)
        }.sorted { $0.probability > $1.probability }
        let positives = examples.count { $0.isPositive }
        guard positives > 0, positives < examples.count, examples.allSatisfy({ $0.probability.isFinite }) else { return nil }
        var (hits, best, found) = (0, -Double.infinity, 0.5)
        for (place, example) in examples.enumerated() {
            if example.isPositive { hits += 1 }
            let next = place + 1 < examples.count ? examples[place + 1].probability : 0
            if place + 1 < examples.count, next == example.probability { continue }
            let falls = place + 1 - hits
            let worth =
                switch criterion {
                case .f1: 2 * Double(hits) / Double(hits + falls + positives)
                case .youden: Double(hits * (examples.count - positives) - falls * positives)
                }
            let between = next + (example.probability - next) / 2
            let threshold = between < example.probability ? between : next
            guard worth > best || worth == best && abs(threshold - 0.5) < abs(found - 0.5) else { continue }
            (best, found) = (worth, threshold)
        }
        self.init(of: positive, above: found)
    }
}
