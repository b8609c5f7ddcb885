/// Makes |penalties · w|² / 2 + loss small by Newton's method: directions from conjugate gradients, preconditioned by the diagonal, and halved steps until
/// the value falls.
///
/// It ends where the gradient, measured by the inverse diagonal of the second derivative, is ``tolerance`` of what it was at 0, or by rounding falls no more. Work is bounded by
/// a count of operations, so that the same data end in the same place on every machine.
struct NewtonSolver {
    static let tolerance = 1e-9
    /// Where no step lowers the value any more, so small a gradient is that of the minimum, rounded.
    private static let rounded = 1e-5
    private static let mostSteps = 200
    private static let mostOperations = 2e11

    /// The coefficients.
    private(set) var weights: [Double]
    /// Whether the tolerance was met.
    private(set) var hasConverged = false

    private let design: LinearDesign
    private let loss: LinearLoss
    private let rowWeights: [Double]
    private let penalty: Double
    private let penalisesIntercept: Bool
    private var operations = 0.0

    /// `penalty / 2 · |w|²` is added to the loss, in which rows weigh `rowWeights`.
    init(_ design: LinearDesign, _ loss: LinearLoss, rowWeights: [Double], penalty: Double, penalisesIntercept: Bool = false) {
        self.design = design
        self.loss = loss
        self.rowWeights = rowWeights
        self.penalty = penalty
        self.penalisesIntercept = penalisesIntercept
        weights = [Double](repeating: 0, count: (design.features + 1) * loss.outputs)
        solve()
    }

    private mutating func solve() {
        var scores = scores(weights)
        var value = value(weights, scores)
        var start = 0.0
        var before = (weights: weights, length: Double.infinity)
        for step in 0..<Self.mostSteps {
            let (byScore, shape) = loss.derivatives(scores, rowWeights)
            let gradient = added(gathered(byScore), penaltyTimes: weights)
            let diagonal = diagonal(shape)
            let length = norm(gradient, diagonal)
            if step == 0 { start = length }
            if loss.isQuadratic {
                // The value says little near the minimum, the gradient all: it falls until rounding stops it.
                guard length < before.length / 2 else {
                    weights = before.weights
                    hasConverged = before.length <= Self.rounded * start
                    return
                }
                before = (weights, length)
                if length == 0 || operations > Self.mostOperations {
                    hasConverged = length <= Self.rounded * start
                    return
                }
                let direction = direction(gradient, shape, diagonal, tolerance: 1e-6 * length)
                weights = zip(weights, direction).map { $0 + $1 }
                scores = self.scores(weights)
                continue
            }
            hasConverged = length <= Self.tolerance * start
            if hasConverged || !length.isFinite || operations > Self.mostOperations { return }
            let direction = direction(gradient, shape, diagonal, tolerance: min(0.1, (length / start).squareRoot()) * length)
            let slope = dot(gradient, direction)
            let change = self.scores(direction)
            var share = 1.0
            while true {
                let next = zip(weights, direction).map { $0 + share * $1 }
                let nextScores = zip(scores, change).map { $0 + share * $1 }
                let nextValue = self.value(next, nextScores)
                if nextValue <= value + 1e-4 * share * slope, nextValue < value {
                    (weights, value) = (next, nextValue)
                    // Sums of steps would drift.
                    scores = self.scores(weights)
                    break
                }
                share /= 2
                guard share > 1e-10 else {
                    hasConverged = length <= Self.rounded * start
                    return
                }
            }
        }
    }

    /// H d = −g, as well as the tolerance asks.
    private mutating func direction(_ gradient: [Double], _ shape: [Double], _ diagonal: [Double], tolerance: Double) -> [Double] {
        var direction = [Double](repeating: 0, count: gradient.count)
        var residual = gradient.map { -$0 }
        var conditioned = zip(residual, diagonal).map { $0 / $1 }
        var search = conditioned
        var square = dot(residual, conditioned)
        var hasMoved = false
        for _ in 0..<max(20, 2 * gradient.count) where square.squareRoot() > tolerance && operations <= Self.mostOperations {
            let curved = added(gathered(loss.curved(scores(search), shape, rowWeights)), penaltyTimes: search)
            let along = dot(search, curved)
            guard along > 0, along.isFinite else { break }
            let share = square / along
            hasMoved = true
            for i in direction.indices {
                direction[i] += share * search[i]
                residual[i] -= share * curved[i]
                conditioned[i] = residual[i] / diagonal[i]
            }
            let next = dot(residual, conditioned)
            for i in search.indices { search[i] = conditioned[i] + next / square * search[i] }
            square = next
        }
        return hasMoved ? direction : search
    }

    // MARK: - Parts

    private mutating func scores(_ weights: [Double]) -> [Double] {
        operations += 2 * Double(design.entries * loss.outputs)
        return design.scores(weights, outputs: loss.outputs)
    }

    private mutating func gathered(_ byScore: [Double]) -> [Double] {
        operations += 2 * Double(design.entries * loss.outputs)
        return design.gathered(byScore, outputs: loss.outputs)
    }

    private func value(_ weights: [Double], _ scores: [Double]) -> Double {
        let penalised = penalisesIntercept ? weights[...] : weights.dropLast(loss.outputs)
        return penalised.reduce(0) { $0 + $1 * $1 } * penalty / 2 + loss.value(scores, rowWeights)
    }

    private func added(_ vector: [Double], penaltyTimes weights: [Double]) -> [Double] {
        var sum = vector
        for i in 0..<(penalisesIntercept ? sum.count : sum.count - loss.outputs) { sum[i] += penalty * weights[i] }
        return sum
    }

    /// The diagonal of the second derivative, which is never 0.
    private func diagonal(_ shape: [Double]) -> [Double] {
        let squares = design.gathered(loss.curvatures(shape, rowWeights), outputs: loss.outputs, isSquared: true)
        let sums = added(squares, penaltyTimes: [Double](repeating: 1, count: squares.count))
        let floor = max((sums.max() ?? 0) * 1e-14, 1e-300)
        return sums.map { max($0, floor) }
    }

    private func norm(_ vector: [Double], _ diagonal: [Double]) -> Double {
        vector.indices.reduce(0) { $0 + vector[$1] * vector[$1] / diagonal[$1] }.squareRoot()
    }
}

/// Σ a b.
func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
}
