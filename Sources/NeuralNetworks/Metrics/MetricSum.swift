/// Adds up a metric over batches.
public struct MetricSum {
    private var accumulator: any MetricAccumulator

    /// Nothing yet.
    public init(_ metric: Metric) {
        accumulator =
            switch metric {
            case .accuracy: HitShare(.largest)
            case .binaryAccuracy(let threshold): HitShare(.threshold(threshold))
            case .topKAccuracy(let k): HitShare(.top(k))
            case .precision(let average): ConfusionFigure(.precision, average)
            case .recall(let average): ConfusionFigure(.recall, average)
            case .f1(let average): ConfusionFigure(.f1, average)
            case .rocAUC(let positive): RankedScores(of: positive)
            case .logLoss: LogLoss()
            case .meanAbsoluteError: ErrorMean(.absolute)
            case .meanSquaredError: ErrorMean(.squared)
            case .rootMeanSquaredError: ErrorMean(.rootOfSquared)
            case .r2: ExplainedShare()
            }
    }

    /// The figure over everything that was added; not a number where it is not defined.
    public var value: Double { accumulator.value }

    /// Adds values of a numeric target in 64 bits, one an example, and what they should have been; a unit of them is `unit` of the target's own.
    public mutating func add(values: [Double], targets: [Double], unit: Double) {
        guard !values.isEmpty, values.count == targets.count else { return }
        var nothing: Float = 0
        let rows = [Int32](repeating: 0, count: values.count)
        withUnsafePointer(to: &nothing) { nothing in
            rows.withUnsafeBufferPointer { rows in
                values.withUnsafeBufferPointer { values in
                    targets.withUnsafeBufferPointer { targets in
                        accumulator.add(
                            MetricBatch(
                                scores: UnsafeBufferPointer(start: nil, count: 0), scale: .outputs, rows: rows,
                                targets: .values(nothing, width: 1, unit: unit), width: 1, exact: (values, targets)))
                    }
                }
            }
        }
    }

    /// Adds a batch: scores `[rows.count, width]` and the rows that they stand for.
    public mutating func add(
        scores: UnsafeBufferPointer<Float>, scale: ScoreScale = .outputs, rows: UnsafeBufferPointer<Int32>, targets: MetricTargets
    ) {
        guard !rows.isEmpty else { return }
        accumulator.add(MetricBatch(scores: scores, scale: scale, rows: rows, targets: targets, width: scores.count / rows.count))
    }
}

/// A way to add up.
protocol MetricAccumulator {
    mutating func add(_ batch: MetricBatch)
    var value: Double { get }
}
