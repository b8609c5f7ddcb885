import TensorEngine

/// γ (x - mean) / √(variance + ε) + β for each column: in training with the mean and population variance of the batch, in use with
/// running means of both, m ← μ m + (1 - μ) x.
///
/// γ begins at 1, β at 0, the running mean at 0, the running variance at 1; γ and β `[width]` are trained.
/// Source: Ioffe and Szegedy, *Batch normalization* (2015); defaults and running figures as in Keras.
public struct BatchNormalization: Layer {
    /// The name, unique in its network.
    public let name: String
    /// μ.
    public let momentum: Double
    /// ε.
    public let epsilon: Double

    /// The defaults are Keras's.
    public init(name: String, momentum: Double = 0.99, epsilon: Double = 0.001) {
        self.name = name
        self.momentum = momentum
        self.epsilon = epsilon
    }

    /// `batch_normalization`.
    public var kind: String { "batch_normalization" }

    /// As many as come in.
    public func outputWidth(for inputs: Int) -> Int { inputs }

    /// γ and β, and the running mean and variance, which are not trained.
    public func parameters(for inputs: Int) -> [ParameterSpecification] {
        [
            ParameterSpecification(path: name + "/gamma", shape: [inputs], initializer: .constant(1)),
            ParameterSpecification(path: name + "/beta", shape: [inputs], initializer: .zeros),
            ParameterSpecification(path: name + "/moving_mean", shape: [inputs], initializer: .zeros, isTrained: false),
            ParameterSpecification(path: name + "/moving_variance", shape: [inputs], initializer: .constant(1), isTrained: false),
        ]
    }

    /// Adds the normalization, and in training the change of the running figures.
    ///
    /// - Throws: `ShapeError` on multi-hot rows, which only a layer with weights can take.
    public func apply(to signal: Signal, in graph: inout Graph, phase: Phase) throws(ShapeError) -> LayerOutput {
        let x = try signal.numbers(for: kind)
        let shape: Shape = [x.shape.columns]
        let gamma = try graph.parameter(name + "/gamma", shape)
        let beta = try graph.parameter(name + "/beta", shape)
        let movingMean = try graph.parameter(name + "/moving_mean", shape)
        let movingVariance = try graph.parameter(name + "/moving_variance", shape)
        var (mean, variance) = (movingMean, movingVariance)
        if case .training = phase {
            mean = try graph.meanOfRows(x)
            variance = try graph.varianceOfRows(x, mean: mean)
            try graph.update(movingMean, with: mean, by: MovingAverage(momentum: Float(momentum)))
            try graph.update(movingVariance, with: variance, by: MovingAverage(momentum: Float(momentum)))
        }
        let output = try graph.batchNormalize(x, mean: mean, variance: variance, gamma: gamma, beta: beta, epsilon: Float(epsilon))
        return LayerOutput(output: output, logits: nil)
    }
}
