/// How often examples of one class were taken for another.
struct Confusion {
    private struct Pair: Hashable {
        let label: Int
        let predicted: Int
    }

    private var counts: [Pair: Int] = [:]
    private var labels: [Int: Int] = [:]
    private var predictions: [Int: Int] = [:]

    var isEmpty: Bool { counts.isEmpty }

    mutating func add(true label: Int, predicted: Int) {
        counts[Pair(label: label, predicted: predicted), default: 0] += 1
        labels[label, default: 0] += 1
        predictions[predicted, default: 0] += 1
    }

    func count(true label: Int, predicted: Int) -> Int { counts[Pair(label: label, predicted: predicted)] ?? 0 }

    /// How many examples are of the class.
    func support(_ label: Int) -> Int { labels[label] ?? 0 }

    /// How many examples were taken for the class.
    func predicted(_ label: Int) -> Int { predictions[label] ?? 0 }

    /// Of those taken for the class, the share that is of it; 0 when there are none, as the metrics count it. Nil for a class that neither occurs nor is
    /// predicted, which macro averages leave out.
    func precision(_ label: Int) -> Double? { share(count(true: label, predicted: label), predicted(label), of: label) }

    /// Of those of the class, the share that is taken for it; 0 and nil as for ``precision(_:)``.
    func recall(_ label: Int) -> Double? { share(count(true: label, predicted: label), support(label), of: label) }

    /// 2 · precision · recall / (precision + recall); nil as for ``precision(_:)``.
    func f1(_ label: Int) -> Double? {
        share(2 * count(true: label, predicted: label), predicted(label) + support(label), of: label)
    }

    private func share(_ part: Int, _ whole: Int, of label: Int) -> Double? {
        guard support(label) + predicted(label) > 0 else { return nil }
        return whole == 0 ? 0 : Double(part) / Double(whole)
    }

    /// Pairs of different classes, the most frequent first.
    func mostConfused(_ limit: Int) -> [(label: Int, predicted: Int, count: Int)] {
        let wrong = counts.filter { $0.key.label != $0.key.predicted }
        let sorted = wrong.sorted { ($1.value, $0.key.label, $0.key.predicted) < ($0.value, $1.key.label, $1.key.predicted) }
        return sorted.prefix(limit).map { ($0.key.label, $0.key.predicted, $0.value) }
    }
}
