#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Multinomial logistic regression by Newton's method, the first class being the reference; with two classes, ordinary logistic regression.
///
/// It makes Σ -ln p + ridge/2 · |w|² small over the train rows, where features count in standard deviations; the ridge is tiny and keeps the
/// answer finite where the classes can be separated. Rows count by the weight of their class.
struct LogisticRegression: FittedMethod {
    private static let ridge = 1e-4
    private static let mostOperations = 4e9
    private static let mostSteps = 100

    private let rows: DenseRows
    private let classes: Int
    private let means: [Double]
    private let deviations: [Double]
    /// For each class but the first: the intercept, then a weight a feature.
    private var weights: [Double]
    /// What each train row counts.
    private let counts: [Double]
    private(set) var remark: String? = "did not converge; its figures are of where it stood"

    init(
        _ rows: DenseRows, _ labels: UnsafeBufferPointer<Int32>, classes: Int, train: UnsafeBufferPointer<Int32>,
        weights counts: [Double]
    ) throws(MethodRefusal) {
        let size = max(classes - 1, 1) * (rows.features + 1)
        guard Double(train.count) * Double(size) * Double(size) <= Self.mostOperations, size <= 4000 else {
            throw .tooLarge(train.count, rows.features)
        }
        self.rows = rows
        self.classes = classes
        self.counts = counts
        let count = Double(max(train.count, 1))
        let means = (0..<rows.features).map { feature in train.reduce(0) { $0 + rows[$1, feature] } / count }
        self.means = means
        deviations = (0..<rows.features).map { feature in
            if rows.isConstant(feature, of: train) { return 1 }
            let variance = train.reduce(0) { $0 + (rows[$1, feature] - means[feature]) * (rows[$1, feature] - means[feature]) } / count
            return variance > 0 && variance.isFinite ? variance.squareRoot() : 1
        }
        weights = [Double](repeating: 0, count: size)
        fit(labels, train)
    }

    // MARK: - Newton's method

    private mutating func fit(_ labels: UnsafeBufferPointer<Int32>, _ train: UnsafeBufferPointer<Int32>) {
        let examples = train.map { standardised($0, in: rows) }
        let targets = train.map { Int(labels[Int($0)]) }
        var value = objective(weights, examples, targets)
        for _ in 0..<Self.mostSteps {
            let (gradient, hessian) = derivatives(examples, targets)
            guard let step = solve(hessian, gradient) else { return }
            let promised = zip(gradient, step).reduce(0) { $0 + $1.0 * $1.1 }
            guard promised > 1e-10 * Double(max(targets.count, 1)) else {
                remark = nil
                return
            }
            var share = 1.0
            var next = zip(weights, step).map { $0 - share * $1 }
            var nextValue = objective(next, examples, targets)
            while !(nextValue <= value) && share > 1e-6 {
                share /= 2
                next = zip(weights, step).map { $0 - share * $1 }
                nextValue = objective(next, examples, targets)
            }
            guard nextValue < value else {
                // Rounding alone keeps it from falling.
                if promised < 1e-6 * Double(max(targets.count, 1)) { remark = nil }
                return
            }
            weights = next
            value = nextValue
        }
    }

    private func objective(_ weights: [Double], _ examples: [[Double]], _ targets: [Int]) -> Double {
        let penalty = Self.ridge / 2 * weights.reduce(0) { $0 + $1 * $1 }
        return zip(zip(examples, targets), counts).reduce(penalty) { sum, row in
            let (example, count) = row
            let scores = scores(example.0, weights)
            let largest = scores.max() ?? 0
            if count == 1 { return sum + largest + log(scores.reduce(0) { $0 + exp($1 - largest) }) - scores[example.1] }
            return sum + count * (largest + log(scores.reduce(0) { $0 + exp($1 - largest) }) - scores[example.1])
        }
    }

    private func derivatives(_ examples: [[Double]], _ targets: [Int]) -> (gradient: [Double], hessian: [[Double]]) {
        let width = rows.features + 1
        var gradient = weights.map { $0 * Self.ridge }
        var hessian = weights.indices.map { row in weights.indices.map { $0 == row ? Self.ridge : 0 } }
        for ((example, target), count) in zip(zip(examples, targets), counts) {
            let shares = probabilities(example)
            for k in 1..<classes {
                let error = count * (shares[k] - (target == k ? 1 : 0))
                let first = (k - 1) * width
                for i in 0..<width { gradient[first + i] += error * example[i] }
                for l in 1...k {
                    let curvature = count * (shares[k] * ((k == l ? 1 : 0) - shares[l]))
                    let other = (l - 1) * width
                    for i in 0..<width {
                        let scaled = curvature * example[i]
                        hessian[first + i].withUnsafeMutableBufferPointer { row in
                            for j in 0..<width { row[other + j] += scaled * example[j] }
                        }
                    }
                }
            }
        }
        return (gradient, hessian)
    }

    /// A x = b by Cholesky's decomposition of the lower triangle; nil when A is not positive definite.
    private func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
        var lower = matrix
        for i in lower.indices {
            for j in 0...i {
                var sum = lower[i][j]
                for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
                if i == j {
                    guard sum > 0, sum.isFinite else { return nil }
                    lower[i][i] = sum.squareRoot()
                } else {
                    lower[i][j] = sum / lower[j][j]
                }
            }
        }
        var x = right
        for i in x.indices {
            for k in 0..<i { x[i] -= lower[i][k] * x[k] }
            x[i] /= lower[i][i]
        }
        for i in x.indices.reversed() {
            for k in i + 1..<x.count { x[i] -= lower[k][i] * x[k] }
            x[i] /= lower[i][i]
        }
        return x
    }

    // MARK: - Predicting

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] {
        rows.flatMap { probabilities(standardised($0, in: table.dense)) }
    }

    private func standardised(_ row: Int32, in table: DenseRows) -> [Double] {
        [1] + means.indices.map { (table[row, $0] - means[$0]) / deviations[$0] }
    }

    private func scores(_ example: [Double], _ weights: [Double]) -> [Double] {
        let width = example.count
        return (0..<classes).map { k in
            k == 0 ? 0 : (0..<width).reduce(0) { $0 + weights[(k - 1) * width + $1] * example[$1] }
        }
    }

    private func probabilities(_ example: [Double]) -> [Double] {
        let scores = scores(example, weights)
        let largest = scores.max() ?? 0
        let powers = scores.map { exp($0 - largest) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }
}
