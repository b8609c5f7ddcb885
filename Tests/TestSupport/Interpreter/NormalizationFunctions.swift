import RandomNumbers
import TensorEngine

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Interpreter {
    func columnVariance(_ x: Tensor, mean: Tensor) -> [Double] {
        mean.elements.indices.map { column in
            x.rows.reduce(0) { $0 + ($1[column] - mean.elements[column]) * ($1[column] - mean.elements[column]) } / Double(x.shape.rows)
        }
    }

    /// x, mean, variance, γ, β.
    func batchNormalized(_ inputs: [Tensor], epsilon: Double) -> [Double] {
        let (gamma, beta) = (inputs[3].elements, inputs[4].elements)
        return normalized(inputs[0], mean: inputs[1], variance: inputs[2], epsilon).flatMap { row in
            row.indices.map { gamma[$0] * row[$0] + beta[$0] }
        }
    }

    /// x, mean, variance, g.
    func normalizedColumnSums(_ inputs: [Tensor], epsilon: Double) -> [Double] {
        let rows = normalized(inputs[0], mean: inputs[1], variance: inputs[2], epsilon)
        return inputs[1].elements.indices.map { column in
            zip(rows, inputs[3].rows).reduce(0) { $0 + $1.0[column] * $1.1[column] }
        }
    }

    /// x, mean, variance, γ, g, Σ g, Σ g x̂.
    func batchNormalizedGradient(_ inputs: [Tensor], epsilon: Double) -> [Double] {
        let (variance, gamma) = (inputs[2].elements, inputs[3].elements)
        let (sum, normalizedSum) = (inputs[5].elements, inputs[6].elements)
        let count = Double(inputs[0].shape.rows)
        let rows = normalized(inputs[0], mean: inputs[1], variance: inputs[2], epsilon)
        return zip(rows, inputs[4].rows).flatMap { x, g in
            x.indices.map { column in
                gamma[column] / (variance[column] + epsilon).squareRoot()
                    * (g[column] - sum[column] / count - x[column] * normalizedSum[column] / count)
            }
        }
    }

    private func normalized(_ x: Tensor, mean: Tensor, variance: Tensor, _ epsilon: Double) -> [[Double]] {
        x.rows.map { row in row.indices.map { (row[$0] - mean.elements[$0]) / (variance.elements[$0] + epsilon).squareRoot() } }
    }

    /// Drawn word by word.
    func dropoutMask(_ mask: DropoutMask) -> [Double] {
        var stream = RandomStream(seed: mask.seed, stream: .dropout, path: mask.path, step: step)
        return (0..<mask.target.count).map { _ in Double(stream.nextUInt32()) / 4_294_967_296 < mask.rate ? 0 : mask.kept }
    }

    /// Thirty-two words at a time: sixteen for the radii, sixteen for the angles.
    func normalNumbers(_ normal: NormalNumbers) -> [Double] {
        var stream = RandomStream(seed: normal.seed, stream: .dropout, path: normal.path, step: step)
        var numbers: [Double] = []
        while numbers.count < normal.target.count {
            let u = (0..<32).map { _ in Double(stream.nextUInt32() >> 8) / 16_777_216 }
            let radii = u[..<16].map { (-2 * log(1 - $0)).squareRoot() }
            for function in [cos, sin] as [(Double) -> Double] {
                numbers += zip(radii, u[16...]).map { $0 * function(2 * .pi * $1) }
            }
        }
        return Array(numbers[..<normal.target.count])
    }
}
