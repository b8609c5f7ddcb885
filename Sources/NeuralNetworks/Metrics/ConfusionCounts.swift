/// How many examples of each class were taken for which.
package struct ConfusionCounts: Hashable, Sendable {
    /// How many classes there are.
    package let classes: Int
    private var counts: [Int]

    /// No example yet.
    package init(classes: Int) {
        self.classes = classes
        counts = [Int](repeating: 0, count: classes * classes)
    }

    /// Counts an example; one whose classes there are not is left out.
    package mutating func add(true label: Int, predicted: Int) {
        guard label >= 0, label < classes, predicted >= 0, predicted < classes else { return }
        counts[label * classes + predicted] += 1
    }

    /// How many examples of a class were taken for another, or the same.
    package subscript(true label: Int, predicted predicted: Int) -> Int { counts[label * classes + predicted] }

    /// How many examples are of a class.
    package func support(_ label: Int) -> Int { (0..<classes).reduce(0) { $0 + self[true: label, predicted: $1] } }

    /// How many examples are taken for a class.
    package func predicted(_ label: Int) -> Int { (0..<classes).reduce(0) { $0 + self[true: $1, predicted: label] } }

    /// Of those taken for a class, the share that is of it; 0 when there are none.
    package func precision(_ label: Int) -> Double { Self.share(self[true: label, predicted: label], of: predicted(label)) }

    /// Of those of a class, the share that is taken for it; 0 when there are none.
    package func recall(_ label: Int) -> Double { Self.share(self[true: label, predicted: label], of: support(label)) }

    /// 2 · precision · recall / (precision + recall) of a class; 0 when it has no hit.
    package func f1(_ label: Int) -> Double {
        Self.share(2 * self[true: label, predicted: label], of: predicted(label) + support(label))
    }

    /// The share of hits; not a number without examples.
    package var accuracy: Double {
        let count = counts.reduce(0, +)
        return count == 0 ? .nan : Double((0..<classes).reduce(0) { $0 + self[true: $1, predicted: $1] }) / Double(count)
    }

    private static func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}

/// A figure that follows from counts of confusion.
struct ConfusionFigure: MetricAccumulator {
    enum Kind {
        case precision, recall, f1
    }

    private let kind: Kind
    private let average: ClassAverage
    private var counts = ConfusionCounts(classes: 0)

    init(_ kind: Kind, _ average: ClassAverage) {
        self.kind = kind
        self.average = average
    }

    mutating func add(_ batch: MetricBatch) {
        if counts.classes == 0 { counts = ConfusionCounts(classes: batch.classes) }
        for place in batch.rows.indices {
            if let label = batch.label(place) { counts.add(true: label, predicted: batch.predictedClass(place)) }
        }
    }

    var value: Double {
        guard counts.classes > 1 else { return .nan }
        return switch average {
        case .one(let label): figure(of: label)
        case .macro:
            mean(of: (0..<counts.classes).filter { counts.support($0) + counts.predicted($0) > 0 })
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
