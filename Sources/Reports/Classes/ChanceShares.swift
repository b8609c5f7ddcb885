import Experiments
import RunStore

/// The shares of hits that need no network: each class guessed as often as it occurs, and always the most frequent one.
package struct ChanceShares {
    /// Σ (n_c / n)² over the classes: what guesses hit on average that are the labels themselves in a random order.
    package let guessed: Double
    /// The largest n_c / n.
    package let mostFrequent: Double

    /// Of labels that are counted; nil where there are none.
    package init?(counts: [Int]) {
        let total = Double(counts.reduce(0, +))
        guard total > 0 else { return nil }
        guessed = counts.reduce(0) { $0 + (Double($1) / total) * (Double($1) / total) }
        mostFrequent = Double(counts.max() ?? 0) / total
    }

    /// Of the test examples, else of the validation examples, that the runs of one seed keep; nil where targets are no classes.
    init?(_ result: VariantResult) {
        guard let target = result.runs.compactMap(\.record.target).first, case .classes(let names) = target, let first = result.runs.first
        else { return nil }
        var counts = [Int](repeating: 0, count: names.count)
        var seen: Set<Int32> = []
        for run in result.runs where run.specification.seed == first.specification.seed {
            guard let predictions = try? run.stored.predictions(), let part = predictions.test ?? predictions.validation else { continue }
            for (row, target) in zip(part.rows, part.targets) {
                guard let label = Int(exactly: target), counts.indices.contains(label), seen.insert(row).inserted else { continue }
                counts[label] += 1
            }
        }
        self.init(counts: counts)
    }
}
