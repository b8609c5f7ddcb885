#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a linear method makes small over scores `[n, outputs]`: a convex, once (nearly twice) differentiable loss.
enum LinearLoss {
    /// (s − y)² / 2.
    case squares([Double])
    /// ln(1 + e^−s) for targets of 1, ln(1 + e^s) for those of 0.
    case binary([Double])
    /// −ln of the softmax at the target's class, of so many.
    case multinomial([Int], classes: Int)
    /// max(0, 1 − y s)², for y of 1 and −1.
    case squaredHinge([Double])

    /// Whether one step of Newton's leads to the minimum, but for rounding.
    var isQuadratic: Bool { if case .squares = self { true } else { false } }

    /// Scores a row.
    var outputs: Int { if case .multinomial(_, let classes) = self { classes } else { 1 } }

    /// The loss of all rows, weighted.
    func value(_ scores: [Double], _ weights: [Double]) -> Double {
        switch self {
        case .squares(let targets):
            weights.indices.reduce(0) { $0 + weights[$1] * (scores[$1] - targets[$1]) * (scores[$1] - targets[$1]) / 2 }
        case .binary(let targets):
            weights.indices.reduce(0) { sum, row in
                let score = scores[row]
                return sum + weights[row] * (max(score, 0) - score * targets[row] + log1p(exp(-abs(score))))
            }
        case .multinomial(let targets, let classes):
            weights.indices.reduce(0) { sum, row in
                let own = scores[row * classes..<(row + 1) * classes]
                let largest = own.max() ?? 0
                let powers = own.reduce(0) { $0 + exp($1 - largest) }
                return sum + weights[row] * (largest + log(powers) - scores[row * classes + targets[row]])
            }
        case .squaredHinge(let targets):
            weights.indices.reduce(0) { sum, row in
                let lack = max(0, 1 - targets[row] * scores[row])
                return sum + weights[row] * lack * lack
            }
        }
    }

    /// The derivative by each score, weighted, and what ``curved(_:_:)`` needs: a curvature, or for several outputs the probabilities.
    func derivatives(_ scores: [Double], _ weights: [Double]) -> (gradient: [Double], shape: [Double]) {
        var gradient = [Double](repeating: 0, count: scores.count)
        var shape = gradient
        for row in weights.indices {
            switch self {
            case .squares(let targets): (gradient[row], shape[row]) = (weights[row] * (scores[row] - targets[row]), weights[row])
            case .binary(let targets):
                let p = 1 / (1 + exp(-scores[row]))
                (gradient[row], shape[row]) = (weights[row] * (p - targets[row]), weights[row] * p * (1 - p))
            case .multinomial(let targets, let classes):
                let first = row * classes
                let largest = scores[first..<first + classes].max() ?? 0
                var sum = 0.0
                for k in first..<first + classes {
                    shape[k] = exp(scores[k] - largest)
                    sum += shape[k]
                }
                for k in first..<first + classes {
                    shape[k] /= sum
                    gradient[k] = weights[row] * (shape[k] - (k - first == targets[row] ? 1 : 0))
                }
            case .squaredHinge(let targets):
                let lack = 1 - targets[row] * scores[row]
                if lack > 0 { (gradient[row], shape[row]) = (-2 * weights[row] * targets[row] * lack, 2 * weights[row]) }
            }
        }
        return (gradient, shape)
    }

    /// The second derivative times a direction, both by scores.
    func curved(_ direction: [Double], _ shape: [Double], _ weights: [Double]) -> [Double] {
        guard case .multinomial(_, let classes) = self else { return zip(direction, shape).map { $0 * $1 } }
        var product = direction
        for row in weights.indices {
            let first = row * classes
            let mean = (first..<first + classes).reduce(0) { $0 + shape[$1] * direction[$1] }
            for k in first..<first + classes { product[k] = weights[row] * shape[k] * (direction[k] - mean) }
        }
        return product
    }

    /// The second derivative by each score alone.
    func curvatures(_ shape: [Double], _ weights: [Double]) -> [Double] {
        guard case .multinomial(_, let classes) = self else { return shape }
        return shape.indices.map { weights[$0 / classes] * shape[$0] * (1 - shape[$0]) }
    }
}
