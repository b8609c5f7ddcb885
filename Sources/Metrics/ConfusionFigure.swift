import Statistics

/// Of which classes a precision, recall or F1 is.
public enum ClassAverage: String, Codable, Hashable, Sendable, CaseIterable {
    /// Of the positive one of two classes: the one that the target names, else the second.
    case positive
    /// The plain mean over the classes that occur or are predicted, as in scikit-learn.
    case macro
    /// All classes' counts together; where each example is of one class, precision, recall and F1 are the share of hits then.
    case micro
}

/// A figure that follows from counts of confusion.
package struct ConfusionFigure: MetricAccumulator {
    /// Which figure of a class.
    package enum Kind: Sendable {
        case precision, recall, f1
    }

    private let kind: Kind
    private let average: ClassAverage
    private let positive: Int
    private let threshold: ClassThreshold?
    private var counts = ConfusionCounts(classes: 0)
    /// The counts of a target of several labels.
    private var labels: LabelCounts?

    /// Nothing yet; `positive` is the number of the positive class.
    package init(_ kind: Kind, _ average: ClassAverage, positive: Int, at threshold: ClassThreshold?) {
        self.kind = kind
        self.average = average
        self.positive = positive
        self.threshold = threshold
    }

    package mutating func add(_ batch: MetricBatch) {
        if case .severalLabels = batch.targets { addLabels(of: batch) } else { counts.add(batch, at: threshold) }
    }

    /// A label is said where its output is above the threshold of its meaning.
    private mutating func addLabels(of batch: MetricBatch) {
        var found = labels ?? LabelCounts(labels: batch.width)
        for place in batch.rows.indices {
            for label in 0..<min(batch.width, found.labels) {
                let isSaid = batch.value(place, label) > batch.meaning.threshold
                found.add(label, isRight: batch.target(place, label) == 1, isSaid: isSaid)
            }
        }
        labels = found
    }

    package func contributions(_ batch: MetricBatch) -> [Double] {
        var whole = self
        whole.add(batch)
        return Jackknife.pseudoValues(
            figure: whole.value,
            leavingOut: whole.labels.map { leavingOut(batch, of: $0) } ?? whole.counts.leavingOut(batch, at: threshold, value))
    }

    /// The figure without each example of a target of several labels. Examples with the same answers leave the same figure behind.
    private func leavingOut(_ batch: MetricBatch, of labels: LabelCounts) -> [Double] {
        var known: [[Bool]: Double] = [:]
        return batch.rows.indices.map { place in
            let answers = (0..<min(batch.width, labels.labels)).flatMap { label in
                [batch.target(place, label) == 1, batch.value(place, label) > batch.meaning.threshold]
            }
            if let figure = known[answers] { return figure }
            var rest = labels
            for label in 0..<answers.count / 2 { rest.remove(label, isRight: answers[2 * label], isSaid: answers[2 * label + 1]) }
            let found = value(of: rest)
            known[answers] = found
            return found
        }
    }

    private func value(of labels: LabelCounts) -> Double {
        switch average {
        case .positive: return .nan
        case .macro:
            let present = labels.present
            return present.isEmpty ? .nan : present.reduce(0) { $0 + figure(labels.counts(of: $1)) } / Double(present.count)
        case .micro: return figure(labels.sums)
        }
    }

    private func figure(_ counts: LabelCounts.Counts) -> Double {
        func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
        return switch kind {
        case .precision: share(counts.hits, of: counts.predictions)
        case .recall: share(counts.hits, of: counts.supports)
        case .f1: share(2 * counts.hits, of: counts.supports + counts.predictions)
        }
    }

    package var value: Double { labels.map(value) ?? value(of: counts) }

    private func value(of counts: ConfusionCounts) -> Double {
        func figure(of label: Int) -> Double {
            switch kind {
            case .precision: counts.precision(label)
            case .recall: counts.recall(label)
            case .f1: counts.f1(label)
            }
        }
        guard counts.classes > 1 else { return .nan }
        switch average {
        case .positive: return figure(of: positive)
        case .macro:
            let present = (0..<counts.classes).filter(counts.isPresent)
            return present.isEmpty ? .nan : present.reduce(0) { $0 + figure(of: $1) } / Double(present.count)
        case .micro: return counts.accuracy
        }
    }
}
