/// Of which classes a precision, recall or F1 is.
public enum ClassAverage: String, Codable, Hashable, Sendable, CaseIterable {
    /// Of the positive one of two classes: the one that the target names, else the second.
    case positive
    /// The plain mean over the classes that occur or are predicted, as in scikit-learn.
    case macro
    /// All classes' counts together; then precision, recall and F1 are the share of hits.
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
    private var counts = ConfusionCounts(classes: 0)

    /// Nothing yet; `positive` is the number of the positive class.
    package init(_ kind: Kind, _ average: ClassAverage, positive: Int) {
        self.kind = kind
        self.average = average
        self.positive = positive
    }

    package mutating func add(_ batch: MetricBatch) {
        if counts.classes == 0 { counts = ConfusionCounts(classes: batch.classes) }
        for place in batch.rows.indices {
            if let label = batch.label(place) { counts.add(true: label, predicted: batch.predictedClass(place)) }
        }
    }

    package var value: Double {
        guard counts.classes > 1 else { return .nan }
        return switch average {
        case .positive: figure(of: positive)
        case .macro: mean(of: (0..<counts.classes).filter(counts.isPresent))
        case .micro: counts.accuracy
        }
    }

    private func mean(of labels: [Int]) -> Double {
        labels.isEmpty ? .nan : labels.reduce(0) { $0 + figure(of: $1) } / Double(labels.count)
    }

    private func figure(of label: Int) -> Double {
        switch kind {
        case .precision: counts.precision(label)
        case .recall: counts.recall(label)
        case .f1: counts.f1(label)
        }
    }
}
