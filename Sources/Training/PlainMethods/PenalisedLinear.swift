#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Logistic regression with a penalty: |w|² / 2 + C Σ −ln p is made least, rows weighted by their class, the intercept without a penalty; several classes are
/// multinomial, as in scikit-learn's `LogisticRegression(C=…)`.
struct PenalisedLogistic: FittedMethod {
    private let scores: LinearScores
    let remark: String?

    init(_ table: InputTable, _ classes: TrainClasses, c: Double, train: UnsafeBufferPointer<Int32>) {
        let design = LinearDesign(table, train: train, isCentred: true)
        let loss: LinearLoss =
            classes.count == 2 ? .binary(classes.numbers.map(Double.init)) : .multinomial(classes.numbers, classes: classes.count)
        let solver = NewtonSolver(design, loss, rowWeights: classes.weights.map { $0 * c }, penalty: 1)
        scores = LinearScores(weights: solver.weights, outputs: loss.outputs, means: design.means)
        remark = solver.remark
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] {
        softmax(scores.withTwo(scores.scores(of: rows, in: table)), classes: max(scores.outputs, 2))
    }
}

/// A linear support vector machine: (|w|² + b²) / 2 + C Σ max(0, 1 − y (w·x + b))² is made least, rows weighted by their class, for each of several classes against the
/// rest, as in scikit-learn's `LinearSVC(C=…)`.
///
/// Its probabilities are the softmax (for two classes the sigmoid) of its scores times one factor, so that the most probable class is the one that the machine chooses. The
/// factor makes the train rows likeliest, with targets moved a little from 0 and 1 as Platt does; on rows that trained it comes out rather too sure.
struct LinearSVM: FittedMethod {
    private let scores: LinearScores
    private let factor: Double
    let remark: String?

    init(_ table: InputTable, _ classes: TrainClasses, c: Double, train: UnsafeBufferPointer<Int32>) {
        let design = LinearDesign(table, train: train, isCentred: false)
        let machines = (classes.count == 2 ? [1] : Array(0..<classes.count)).map { one in
            NewtonSolver(
                design, .squaredHinge(classes.numbers.map { $0 == one ? 1 : -1 }), rowWeights: classes.weights.map { $0 * c }, penalty: 1,
                penalisesIntercept: true)
        }
        let weights = (0...design.features).flatMap { feature in machines.map { $0.weights[feature] } }
        let scores = LinearScores(weights: weights, outputs: machines.count, means: [])
        let known = scores.withTwo(design.scores(weights, outputs: machines.count))
        self.scores = scores
        factor = Self.factor(for: known, classes)
        remark = machines.lazy.compactMap(\.remark).first
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] {
        softmax(scores.withTwo(scores.scores(of: rows, in: table)).map { $0 * factor }, classes: max(scores.outputs, 2))
    }

    /// The factor a for which Σ −t ln p is least, by halving where its derivative, which grows with a, crosses 0. Of n rows of a class, t is (n + 1) / (n + K) for the class and
    /// 1 / (n + K) for each other of K.
    private static func factor(for scores: [Double], _ classes: TrainClasses) -> Double {
        let count = classes.count
        var rows = [Double](repeating: 0, count: count)
        for number in classes.numbers { rows[number] += 1 }
        func slope(_ factor: Double) -> Double {
            let p = softmax(scores.map { $0 * factor }, classes: count)
            return classes.numbers.indices.reduce(0) { sum, row in
                let own = classes.numbers[row]
                return (0..<count).reduce(sum) { sum, k in
                    let target = (rows[own] * (k == own ? 1 : 0) + 1) / (rows[own] + Double(count))
                    return sum + (p[row * count + k] - target) * scores[row * count + k]
                }
            }
        }
        var (low, high) = (1e-6, 1e6)
        guard slope(low) < 0 else { return low }
        guard slope(high) > 0 else { return high }
        while high / low > 1 + 1e-12 {
            let middle = (low * high).squareRoot()
            if slope(middle) < 0 { low = middle } else { high = middle }
        }
        return low
    }
}

/// Ridge regression: Σ (y − w·x − b)² + alpha |w|² is made least, the intercept without a penalty, as in scikit-learn's `Ridge(alpha=…)`.
struct Ridge: FittedMethod {
    private let scores: LinearScores
    private let mean: Double
    let remark: String?

    init(_ table: InputTable, _ values: [Double], alpha: Double, train: UnsafeBufferPointer<Int32>) {
        let design = LinearDesign(table, train: train, isCentred: true)
        let mean = exactMean(train.map { values[Int($0)] })
        let solver = NewtonSolver(
            design, .squares(train.map { values[Int($0)] - mean }), rowWeights: [Double](repeating: 1, count: train.count), penalty: alpha)
        scores = LinearScores(weights: solver.weights, outputs: 1, means: design.means)
        self.mean = mean
        remark = solver.remark
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] {
        scores.scores(of: rows, in: table).map { $0 + mean }
    }
}

extension NewtonSolver {
    fileprivate var remark: String? { hasConverged ? nil : "did not converge; its figures are of where it stood" }
}

extension LinearScores {
    /// The scores of two classes where one score tells them apart: 0 for the first.
    fileprivate func withTwo(_ scores: [Double]) -> [Double] { outputs == 1 ? scores.flatMap { [0, $0] } : scores }
}

/// e^s / Σ e^s over each row's scores.
func softmax(_ scores: [Double], classes: Int) -> [Double] {
    var shares = scores
    for first in stride(from: 0, to: scores.count, by: classes) {
        let largest = scores[first..<first + classes].max() ?? 0
        var sum = 0.0
        for k in first..<first + classes {
            shares[k] = exp(scores[k] - largest)
            sum += shares[k]
        }
        for k in first..<first + classes { shares[k] /= sum }
    }
    return shares
}
