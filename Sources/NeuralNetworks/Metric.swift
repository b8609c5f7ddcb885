/// A figure of how well outputs meet targets, added up over batches.
public enum Metric: String, Sendable, CaseIterable {
    /// The share of examples whose class is found: the largest output, or for one output whether it is above 0.5.
    case accuracy
    /// The mean of |y - t|, in the target's own unit.
    case meanAbsoluteError = "mae"
    /// The mean of (y - t)², in the square of the target's own unit.
    case meanSquaredError = "mse"
}

/// The targets of a data set as metrics read them.
public enum MetricTargets {
    /// A class number a row.
    case labels(UnsafePointer<Int32>)
    /// Numbers, `width` a row; a unit of them is `unit` of the target's own.
    case values(UnsafePointer<Float>, width: Int, unit: Double)
}

/// Adds up a metric over the batches of an epoch.
public struct MetricSum {
    /// What is added up.
    public let metric: Metric
    private var sum = 0.0
    private var count = 0

    /// Nothing yet.
    public init(_ metric: Metric) { self.metric = metric }

    /// The mean over everything that was added.
    public var value: Double { count == 0 ? .nan : sum / Double(count) }

    /// Adds a batch: outputs `[rows.count, width]` and the rows that they stand for.
    public mutating func add(scores: UnsafeBufferPointer<Float>, rows: UnsafeBufferPointer<Int32>, targets: MetricTargets) {
        guard !rows.isEmpty else { return }
        let width = scores.count / rows.count
        switch (metric, targets) {
        case (.accuracy, .labels(let labels)):
            for (place, row) in rows.enumerated() {
                let label = labels[Int(row)]
                if width == 1 {
                    sum += (scores[place] > 0.5) == (label == 1) ? 1 : 0
                } else {
                    sum += largest(scores, from: place * width, count: width) == Int(label) ? 1 : 0
                }
            }
            count += rows.count
        case (.accuracy, .values(let values, let targetWidth, _)):
            for (place, row) in rows.enumerated() {
                for column in 0..<min(width, targetWidth) {
                    let hit = (scores[place * width + column] > 0.5 ? 1 : 0) == values[Int(row) * targetWidth + column]
                    sum += hit ? 1 : 0
                }
            }
            count += rows.count * width
        case (.meanAbsoluteError, _):
            addErrors(scores, width, rows, targets) { abs($0) }
        case (.meanSquaredError, _):
            addErrors(scores, width, rows, targets) { $0 * $0 }
        }
    }

    private func largest(_ scores: UnsafeBufferPointer<Float>, from start: Int, count: Int) -> Int {
        var best = 0
        for i in 1..<max(count, 1) where scores[start + i] > scores[start + best] { best = i }
        return best
    }

    private mutating func addErrors(
        _ scores: UnsafeBufferPointer<Float>, _ width: Int, _ rows: UnsafeBufferPointer<Int32>, _ targets: MetricTargets,
        _ error: (Double) -> Double
    ) {
        for (place, row) in rows.enumerated() {
            for column in 0..<width {
                let output = Double(scores[place * width + column])
                switch targets {
                case .values(let values, let targetWidth, let unit):
                    sum += error((output - Double(values[Int(row) * targetWidth + column])) * unit)
                case .labels(let labels):
                    let wanted = width == 1 ? Double(labels[Int(row)]) : (Int(labels[Int(row)]) == column ? 1 : 0)
                    sum += error(output - wanted)
                }
            }
        }
        count += rows.count * width
    }
}
