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
            case .rocAUC: RankedScores()
            case .logLoss: LogLoss()
            case .meanAbsoluteError: ErrorMean(.absolute)
            case .meanSquaredError: ErrorMean(.squared)
            case .rootMeanSquaredError: ErrorMean(.rootOfSquared)
            case .r2: ExplainedShare()
            }
    }

    /// The figure over everything that was added; not a number where it is not defined.
    public var value: Double { accumulator.value }

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
