/// The share of examples, or of outputs, that are right.
package struct HitShare: MetricAccumulator {
    /// What counts as right.
    package enum Rule: Sendable {
        /// The class is found: the largest output, or for one output whether it is above the threshold of its meaning.
        case largest
        /// One of two classes is found by a threshold.
        case classThreshold(ClassThreshold)
        /// An output lies on its target's side of a threshold: above it for 1, else 0.
        case threshold(Double)
        /// The class is among so many of the largest outputs.
        case top(Int)
    }

    private let rule: Rule
    private var hits = 0
    private var count = 0

    /// Nothing yet.
    package init(_ rule: Rule) { self.rule = rule }

    package var value: Double { count == 0 ? .nan : Double(hits) / Double(count) }

    package mutating func add(_ batch: MetricBatch) {
        switch (rule, batch.targets) {
        case (.largest, .labels): addClasses(at: nil, batch)
        case (.classThreshold(let threshold), .labels): addClasses(at: threshold, batch)
        case (.top(let k), .labels(let labels)):
            for (place, row) in batch.rows.enumerated() where isAmongLargest(Int(labels[Int(row)]), k, batch, place) { hits += 1 }
            count += batch.rows.count
        case (.threshold(let threshold), _): addSides(of: threshold, batch)
        case (_, .values), (_, .severalLabels): addSides(of: batch.meaning.threshold, batch)
        }
    }

    private mutating func addClasses(at threshold: ClassThreshold?, _ batch: MetricBatch) {
        for place in batch.rows.indices where batch.predictedClass(place, at: threshold) == batch.label(place) { hits += 1 }
        count += batch.rows.count
    }

    private mutating func addSides(of threshold: Double, _ batch: MetricBatch) {
        for place in batch.rows.indices {
            for column in 0..<batch.width where (batch.value(place, column) > threshold ? 1 : 0) == batch.target(place, column) {
                hits += 1
            }
        }
        count += batch.rows.count * batch.width
    }

    /// Whether fewer than `k` other scores are larger, as in Keras.
    private func isAmongLargest(_ label: Int, _ k: Int, _ batch: MetricBatch, _ place: Int) -> Bool {
        guard batch.width > 1 else { return k > 1 || batch.predictedClass(place, at: nil) == label }
        guard label < batch.width else { return false }
        let scores = batch.scores(place)
        let own = scores[label]
        guard !own.isNaN else { return false }
        let larger = scores.count { $0 > own }
        return larger < k
    }
}
