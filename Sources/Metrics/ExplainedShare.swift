import Statistics

/// R²: 1 - Σ (y - t)² / Σ (t - mean t)² of each value, and the mean over the values.
/// Logarithms are undone before; any other scale leaves the figure as it is.
/// Where the targets are all equal, 1 when they are met and else 0.
package struct ExplainedShare: MetricAccumulator {
    /// Sums of one value of the target. The spread is kept as Welford does, without differences of large numbers.
    private struct Column {
        var mean = 0.0
        var spread = 0.0
        var error = 0.0
    }

    private var columns: [Column] = []
    private var count = 0

    /// Nothing yet.
    package init() {}

    package mutating func add(_ batch: MetricBatch) {
        if columns.isEmpty { columns = [Column](repeating: Column(), count: batch.width) }
        for place in batch.rows.indices {
            count += 1
            for column in 0..<min(batch.width, columns.count) {
                let (value, target) = Self.unlogged(batch, place, column)
                let error = value - target
                let step = target - columns[column].mean
                columns[column].mean += step / Double(count)
                columns[column].spread += step * (target - columns[column].mean)
                columns[column].error += error * error
            }
        }
    }

    private static func unlogged(_ batch: MetricBatch, _ place: Int, _ column: Int) -> (value: Double, target: Double) {
        let (value, target, unit) = (batch.value(place, column), batch.target(place, column), batch.unit)
        return unit.logarithm == nil ? (value, target) : (unit.original(value), unit.original(target))
    }

    package func contributions(_ batch: MetricBatch) -> [Double] {
        var whole = self
        whole.add(batch)
        // A mean without one of n numbers, and the sum of squares around it.
        let n = Double(whole.count)
        let without = batch.rows.indices.map { place in
            var rest = whole
            rest.count -= 1
            for column in rest.columns.indices {
                let (value, target) = Self.unlogged(batch, place, column)
                let error = value - target
                let distance = target - rest.columns[column].mean
                rest.columns[column].spread = max(rest.columns[column].spread - distance * distance * n / (n - 1), 0)
                rest.columns[column].error = max(rest.columns[column].error - error * error, 0)
            }
            return rest.value
        }
        return Jackknife.pseudoValues(figure: whole.value, leavingOut: without)
    }

    package var value: Double {
        guard count > 1 else { return .nan }
        let shares = columns.map { $0.spread > 0 ? 1 - $0.error / $0.spread : $0.error == 0 ? 1 : $0.error.isNaN ? .nan : 0 }
        return shares.reduce(0, +) / Double(shares.count)
    }
}
