import Settings
import TensorEngine

/// γ (x - mean) / √(variance + ε) + β for each column: in training with the mean and population variance of the batch, in use with
/// running means of both, m ← μ m + (1 - μ) x. A frozen layer uses the running means, and leaves them as they are, in training too.
///
/// Columns are the innermost axis; the others count as rows. Rows that are to be left out of a sequence do not count: mean and variance are
/// Σ w x / (Σ w + 1e-7), with w 0 for them and else 1. γ begins at 1, β at 0, the running mean at 0, the running variance at 1; γ and β
/// `[columns]` are trained. Source: Ioffe and Szegedy, *Batch normalization* (2015); defaults and running figures as in Keras.
extension BatchNormalizationSettings: Layer {
    /// Each step by itself.
    public static var keepsSteps: Bool { true }

    /// Adds the normalization, and in training the change of the running figures.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        try builder.asRows(signal.numbers(in: &builder.graph)) { x, builder throws(ShapeError) in
            let shape: Shape = [x.shape.columns]
            let gamma = try builder.parameter("gamma", shape, .constant(1))
            let beta = try builder.parameter("beta", shape, .zeros)
            let movingMean = try builder.parameter("moving_mean", shape, .zeros, isTrained: false)
            let movingVariance = try builder.parameter("moving_variance", shape, .constant(1), isTrained: false)
            if builder.isFrozen && builder.phase != .inference {
                return try normalize(x, mean: movingMean, variance: movingVariance, gamma, beta, in: &builder.graph)
            }
            var (mean, variance) = (movingMean, movingVariance)
            if builder.isTraining, let weights = try builder.maskColumn() {
                let count = try builder.graph.add(builder.graph.sum(weights), builder.graph.constant(1e-7))
                mean = try sum(of: x, weights, over: count, in: &builder.graph)
                variance = try sum(
                    of: builder.graph.square(builder.graph.subtract(x, mean)), weights, over: count, in: &builder.graph)
                try move(movingMean, to: mean, movingVariance, to: variance, in: &builder.graph)
                return try normalize(x, mean: mean, variance: variance, gamma, beta, in: &builder.graph)
            }
            if builder.isTraining {
                mean = try builder.graph.meanOfRows(x)
                variance = try builder.graph.varianceOfRows(x, mean: mean)
                try move(movingMean, to: mean, movingVariance, to: variance, in: &builder.graph)
            }
            let output = try builder.graph.batchNormalize(
                x, mean: mean, variance: variance, gamma: gamma, beta: beta, epsilon: Float(epsilon))
            return LayerOutput(output: output, logits: nil)
        }
    }

    private func move(
        _ movingMean: Value, to mean: Value, _ movingVariance: Value, to variance: Value, in graph: inout Graph
    ) throws(ShapeError) {
        try graph.update(movingMean, with: mean, by: MovingAverage(momentum: Float(momentum)))
        try graph.update(movingVariance, with: variance, by: MovingAverage(momentum: Float(momentum)))
    }

    /// Σ w x / count for each column.
    private func sum(of x: Value, _ weights: Value, over count: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        try graph.divide(graph.sumOfRows(graph.multiply(x, weights)), count)
    }

    /// By figures that are taken as they stand: what they depend on x by is theirs to say.
    private func normalize(
        _ x: Value, mean: Value, variance: Value, _ gamma: Value, _ beta: Value, in graph: inout Graph
    ) throws(ShapeError) -> LayerOutput {
        let deviation = try graph.squareRoot(graph.add(variance, graph.constant(Float(epsilon))))
        let normalized = try graph.divide(graph.subtract(x, mean), deviation)
        return LayerOutput(output: try graph.add(graph.multiply(normalized, gamma), beta), logits: nil)
    }
}
