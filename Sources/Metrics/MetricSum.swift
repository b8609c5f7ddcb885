/// Adds up a metric over batches: of the rows of a data set in training, or of stored predictions.
public struct MetricSum {
    private var accumulator: any MetricAccumulator

    /// Nothing yet.
    package init(_ accumulator: any MetricAccumulator) { self.accumulator = accumulator }

    /// The figure over everything that was added; not a number where it is not defined.
    public var value: Double { accumulator.value }

    func contributions(_ batch: MetricBatch) -> [Double] { accumulator.contributions(batch) }

    /// Adds values of a numeric target in 64 bits, one an example, and what they should have been, both scaled as `unit` says.
    public mutating func add(values: [Double], targets: [Double], unit: TargetUnit) {
        guard !values.isEmpty, values.count == targets.count else { return }
        var nothing: Float = 0
        let rows = [Int32](repeating: 0, count: values.count)
        withUnsafePointer(to: &nothing) { nothing in
            rows.withUnsafeBufferPointer { rows in
                values.withUnsafeBufferPointer { values in
                    targets.withUnsafeBufferPointer { targets in
                        accumulator.add(
                            MetricBatch(
                                scores: UnsafeBufferPointer(start: nil, count: 0), meaning: .plain, rows: rows,
                                targets: .values(nothing, width: 1, unit: unit), width: 1, exact: (values, targets)))
                    }
                }
            }
        }
    }

    /// Adds a batch: scores `[rows.count, width]` and the rows that they stand for.
    public mutating func add(
        scores: UnsafeBufferPointer<Float>, meaning: OutputMeaning = .plain, rows: UnsafeBufferPointer<Int32>, targets: MetricTargets
    ) {
        guard !rows.isEmpty else { return }
        accumulator.add(MetricBatch(scores: scores, meaning: meaning, rows: rows, targets: targets, width: scores.count / rows.count))
    }
}

/// A way to add up a figure. One that is not defined, such as the ROC AUC of examples of one class, is not a number.
package protocol MetricAccumulator {
    /// Adds the examples of a batch.
    mutating func add(_ batch: MetricBatch)
    /// The figure over everything that was added.
    var value: Double { get }
    /// What each example of the batch contributes to the figure over it, nothing else added: numbers whose mean is the figure.
    func contributions(_ batch: MetricBatch) -> [Double]
}
