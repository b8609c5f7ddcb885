/// The lasso: Σ (y − w·x − b)² / 2n + alpha Σ |w| is made least, the intercept without a penalty, as in scikit-learn's `Lasso(alpha=…)`.
///
/// Coordinate descent, in sweeps over all features and between them over those that are not 0, until the duality gap is ``tolerance`` of Σ y² / 2n. Sparse features are
/// centred without being filled: the residuals have one number in common that is kept apart.
struct Lasso: FittedMethod {
    private static let tolerance = 1e-14
    private static let mostOperations = 1e11
    private static let mostSweeps = 100_000
    private static let sweepsBetween = 10

    private let scores: LinearScores
    let remark: String?

    init(_ table: InputTable, _ values: [Double], alpha: Double, train: UnsafeBufferPointer<Int32>) {
        let design = LinearDesign(table, train: train, isCentred: true)
        let mean = exactMean(train.map { values[Int($0)] })
        var descent = Descent(design, targets: train.map { values[Int($0)] - mean }, alpha: alpha)
        var (sweeps, operations, converged) = (0, 0.0, false)
        while !converged && sweeps < Self.mostSweeps && operations < Self.mostOperations {
            descent.sweep(all: true)
            for _ in 0..<Self.sweepsBetween where descent.sweep(all: false) { sweeps += 1 }
            sweeps += 1
            operations += Double(2 * design.entries * (Self.sweepsBetween + 2))
            converged = descent.gap <= Self.tolerance * descent.scale
        }
        let moved = descent.weights.indices.reduce(0) { $0 + descent.weights[$1] * descent.means[$1] }
        scores = LinearScores(weights: descent.weights + [mean - moved], outputs: 1, means: design.means)
        remark = converged ? nil : "did not converge; its figures are of where it stood"
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] { scores.scores(of: rows, in: table) }
}

/// The state of the descent. Residuals are ``residual`` + ``common``, and their sum is 0.
private struct Descent {
    private(set) var weights: [Double]
    /// The mean of each column, 0 where it was taken off.
    let means: [Double]
    /// Σ y² / 2n.
    let scale: Double
    private let columns: [LinearDesign.Column]
    private let targets: [Double]
    private let count: Double
    private let alpha: Double
    /// Σ (x − mean)².
    private let squares: [Double]
    private var residual: [Double]
    private var common = 0.0

    init(_ design: LinearDesign, targets: [Double], alpha: Double) {
        let count = Double(max(targets.count, 1))
        columns = design.columns()
        let means = columns.map { $0.rows == nil ? 0 : $0.values.reduce(0, +) / count }
        squares = zip(columns, means).map { column, mean in
            column.values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } + mean * mean * (count - Double(column.values.count))
        }
        self.means = means
        self.targets = targets
        self.count = count
        self.alpha = alpha
        scale = dot(targets, targets) / (2 * count)
        residual = targets
        weights = [Double](repeating: 0, count: columns.count)
    }

    /// One sweep over all features, or those that are not 0; answers whether a coefficient changed.
    @discardableResult mutating func sweep(all: Bool) -> Bool {
        var hasChanged = false
        for feature in weights.indices where all || weights[feature] != 0 {
            // Of a constant column what is left is rounding.
            guard squares[feature] > 1e-300 else { continue }
            let wanted = covariance(feature) + squares[feature] * weights[feature]
            let threshold = alpha * count
            let next = (wanted > threshold ? wanted - threshold : wanted < -threshold ? wanted + threshold : 0) / squares[feature]
            let change = next - weights[feature]
            if change == 0 { continue }
            hasChanged = true
            weights[feature] = next
            let column = columns[feature]
            if let rows = column.rows {
                for (row, value) in zip(rows, column.values) { residual[row] -= change * value }
                common += change * means[feature]
            } else {
                for row in residual.indices { residual[row] -= change * column.values[row] }
            }
        }
        return hasChanged
    }

    /// Σ (x − mean) r.
    private func covariance(_ feature: Int) -> Double {
        let column = columns[feature]
        guard let rows = column.rows else { return dot(column.values, residual) }
        return zip(rows, column.values).reduce(common * means[feature] * count) { $0 + $1.1 * residual[$1.0] }
    }

    /// The value minus that of the dual at the residuals, shrunk to where they are allowed: never less than the distance to the minimum.
    var gap: Double {
        let r = residual.map { $0 + common }
        let largest = weights.indices.reduce(0) { max($0, abs(covariance($1))) }
        let share = largest > alpha * count ? alpha * count / largest : 1
        let square = dot(r, r)
        let value = square / (2 * count) + alpha * weights.reduce(0) { $0 + abs($1) }
        return value - (share * dot(r, targets) - share * share * square / 2) / count
    }
}
