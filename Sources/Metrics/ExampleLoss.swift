#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A loss of stored outputs in 64 bits, in training units and without penalties: the mean over examples, and over the outputs of each or their sum.
///
/// Training computes cross-entropies from logits; here only their softmax or sigmoid may be left, in 32 bits. Then probabilities are held away from 0 as far as those
/// bits tell: at the smallest ordinary number for a class of its own, at 2⁻²⁵ for what lies between an output and 1.
package struct ExampleLoss: MetricAccumulator {
    /// What is averaged.
    package enum Formula: Sendable {
        /// (output − target)².
        case squared
        /// |output − target|.
        case absolute
        /// d² / 2 up to `delta`, then a line.
        case huber(delta: Double)
        /// max(0, 1 − t y) with targets −1 and 1.
        case hinge
        /// Σ max(0, yⱼ − y + 1) over the wrong classes.
        case multiclassHinge
        /// −Σ t log p over the classes, p divided by their sum.
        case categorical
        /// −(t log p + (1 − t) log(1 − p)) of each output.
        case binary
    }

    private let formula: Formula
    private let sumsOutputs: Bool
    private var sum = 0.0
    private var count = 0

    /// Nothing yet.
    package init(_ formula: Formula, sumsOutputs: Bool = false) { (self.formula, self.sumsOutputs) = (formula, sumsOutputs) }

    package var value: Double { count == 0 ? .nan : sum / Double(count) }

    package mutating func add(_ batch: MetricBatch) {
        let factor = sumsOutputs ? Double(batch.width) : 1
        for place in batch.rows.indices { sum += factor * loss(batch, place) }
        count += batch.rows.count
    }

    private func loss(_ batch: MetricBatch, _ place: Int) -> Double {
        func mean(_ size: (_ output: Double, _ target: Double) -> Double) -> Double {
            (0..<batch.width).reduce(0) { $0 + size(batch.value(place, $1), batch.target(place, $1)) } / Double(batch.width)
        }
        switch formula {
        case .squared: return mean { ($0 - $1) * ($0 - $1) }
        case .absolute: return mean { abs($0 - $1) }
        case .huber(let delta):
            return mean { output, target in
                let distance = abs(output - target)
                return distance <= delta ? distance * distance / 2 : delta * distance - delta * delta / 2
            }
        case .hinge: return mean { max(0, 1 - (2 * $1 - 1) * $0) }
        case .multiclassHinge:
            let right = (0..<batch.width).reduce(0) { $0 + batch.target(place, $1) * Double(batch.scores(place)[$1]) }
            return batch.scores(place).reduce(-1) { $0 + max(0, Double($1) - right + 1) }
        case .categorical:
            let scores = batch.scores(place)
            if batch.meaning == .softmaxLogits {
                let largest = scores.max().map(Double.init) ?? 0
                let whole = largest + log(scores.reduce(0) { $0 + exp(Double($1) - largest) })
                return (0..<batch.width).reduce(0) { $0 + batch.target(place, $1) * (whole - Double(scores[$1])) }
            }
            let values = batch.meaning.values(scores)
            let whole = values.reduce(0, +)
            return (0..<batch.width).reduce(0) { sum, column in
                let target = batch.target(place, column)
                return target == 0 ? sum : sum - target * log(max(values[column] / whole, Double(Float.leastNormalMagnitude)))
            }
        case .binary where batch.meaning == .sigmoidLogits:
            return (0..<batch.width).reduce(0) { sum, column in
                let z = Double(batch.scores(place)[column])
                return sum + max(z, 0) - z * batch.target(place, column) + log1p(exp(-abs(z)))
            } / Double(batch.width)
        case .binary:
            return mean { p, target in
                let rest = 0x1p-25
                return -(target * log(max(p, Double(Float.leastNormalMagnitude))) + (1 - target) * log(max(1 - p, rest)))
            }
        }
    }
}
