/// How many examples of each class were taken for which.
public struct ConfusionCounts: Hashable, Sendable {
    private struct Pair: Hashable {
        let label: Int
        let predicted: Int
    }

    /// How many classes there are.
    public let classes: Int
    /// How many examples were counted.
    public private(set) var examples = 0
    private var supports: [Int]
    private var predictions: [Int]
    private var hits: [Int]
    /// Examples that were taken for another class; few pairs of many classes occur.
    private var errors: [Pair: Int] = [:]

    /// No example yet.
    public init(classes: Int) {
        self.classes = classes
        supports = [Int](repeating: 0, count: classes)
        (predictions, hits) = (supports, supports)
    }

    /// Counts an example; one whose classes there are not is left out.
    public mutating func add(true label: Int, predicted: Int) {
        guard supports.indices.contains(label), supports.indices.contains(predicted) else { return }
        examples += 1
        supports[label] += 1
        predictions[predicted] += 1
        if label == predicted { hits[label] += 1 } else { errors[Pair(label: label, predicted: predicted), default: 0] += 1 }
    }

    /// Takes back an example that was counted.
    mutating func remove(true label: Int, predicted: Int) {
        guard supports.indices.contains(label), supports.indices.contains(predicted) else { return }
        examples -= 1
        supports[label] -= 1
        predictions[predicted] -= 1
        if label == predicted { hits[label] -= 1 } else { errors[Pair(label: label, predicted: predicted), default: 0] -= 1 }
    }

    /// How many examples of a class were taken for another, or the same; none for classes that there are not.
    public subscript(true label: Int, predicted predicted: Int) -> Int {
        if label == predicted { return hits.indices.contains(label) ? hits[label] : 0 }
        return errors[Pair(label: label, predicted: predicted)] ?? 0
    }

    /// How many examples are of a class.
    public func support(_ label: Int) -> Int { supports[label] }

    /// How many examples are taken for a class.
    public func predicted(_ label: Int) -> Int { predictions[label] }

    /// Whether a class occurs or is predicted; macro averages leave out the others.
    public func isPresent(_ label: Int) -> Bool { supports[label] + predictions[label] > 0 }

    /// Of those taken for a class, the share that is of it; 0 when there are none, as in scikit-learn.
    public func precision(_ label: Int) -> Double { Self.share(hits[label], of: predictions[label]) }

    /// Of those of a class, the share that is taken for it; 0 when there are none, as in scikit-learn.
    public func recall(_ label: Int) -> Double { Self.share(hits[label], of: supports[label]) }

    /// 2 · precision · recall / (precision + recall) of a class; 0 when it has no hit.
    public func f1(_ label: Int) -> Double { Self.share(2 * hits[label], of: predictions[label] + supports[label]) }

    /// The share of hits; not a number without examples.
    public var accuracy: Double { examples == 0 ? .nan : Double(hits.reduce(0, +)) / Double(examples) }

    /// Pairs of different classes, the most frequent first.
    public func mostConfused(_ limit: Int) -> [(label: Int, predicted: Int, count: Int)] {
        let sorted = errors.sorted { ($1.value, $0.key.label, $0.key.predicted) < ($0.value, $1.key.label, $1.key.predicted) }
        return sorted.prefix(limit).map { ($0.key.label, $0.key.predicted, $0.value) }
    }

    private static func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}
