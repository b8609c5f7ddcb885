/// The share of examples, or of outputs, that are right.
struct HitShare: MetricAccumulator {
    /// What counts as right.
    enum Rule {
        case largest
        case threshold(Double)
        case top(Int)
    }

    private let rule: Rule
    private var hits = 0
    private var count = 0

    init(_ rule: Rule) { self.rule = rule }

    var value: Double { count == 0 ? .nan : Double(hits) / Double(count) }

    mutating func add(_ batch: MetricBatch) {
        switch (rule, batch.targets) {
        case (.largest, .labels(let labels)):
            for (place, row) in batch.rows.enumerated() where batch.predictedClass(place) == Int(labels[Int(row)]) { hits += 1 }
            count += batch.rows.count
        case (.top(let k), .labels(let labels)):
            for (place, row) in batch.rows.enumerated() where isAmongLargest(Int(labels[Int(row)]), k, batch, place) { hits += 1 }
            count += batch.rows.count
        case (.threshold(let threshold), _): addSides(of: threshold, batch)
        case (.largest, .values), (.top, .values): addSides(of: batch.scale.threshold, batch)
        }
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
        guard batch.width > 1 else { return k > 1 || batch.predictedClass(place) == label }
        guard label < batch.width else { return false }
        let own = batch.score(place, label)
        guard !own.isNaN else { return false }
        var larger = 0
        for column in 0..<batch.width where batch.score(place, column) > own { larger += 1 }
        return larger < k
    }
}
