import TensorEngine

/// γ (x - mean) / √(variance + ε) + β with the mean and population variance of each example's own numbers.
///
/// γ begins at 1, β at 0; both `[width]` are trained. Source: Ba et al., *Layer normalization* (2016); the default ε is Keras's.
public struct LayerNormalization: Layer {
    /// The name, unique in its network.
    public let name: String
    /// ε.
    public let epsilon: Double

    /// The default is Keras's.
    public init(name: String, epsilon: Double = 0.001) {
        self.name = name
        self.epsilon = epsilon
    }

    /// `layer_normalization`.
    public var kind: String { "layer_normalization" }

    /// As many as come in.
    public func outputWidth(for inputs: Int) -> Int { inputs }

    /// γ, then β.
    public func parameters(for inputs: Int) -> [ParameterSpecification] {
        [
            ParameterSpecification(path: name + "/gamma", shape: [inputs], initializer: .constant(1)),
            ParameterSpecification(path: name + "/beta", shape: [inputs], initializer: .zeros),
        ]
    }

    /// Adds the normalization.
    ///
    /// - Throws: `ShapeError` on multi-hot rows, which only a layer with weights can take.
    public func apply(to signal: Signal, in graph: inout Graph, phase: Phase) throws(ShapeError) -> LayerOutput {
        let x = try signal.numbers(for: kind)
        let columns = x.shape.columns
        let mean = try graph.scale(graph.sumOfColumns(x), by: 1 / Float(columns))
        let centred = try graph.subtract(x, mean)
        let variance = try graph.scale(graph.sumOfColumns(graph.square(centred)), by: 1 / Float(columns))
        let deviation = try graph.squareRoot(graph.add(variance, graph.constant(Float(epsilon))))
        let normalized = try graph.divide(centred, deviation)
        let scaled = try graph.multiply(normalized, graph.parameter(name + "/gamma", [columns]))
        return LayerOutput(output: try graph.add(scaled, graph.parameter(name + "/beta", [columns])), logits: nil)
    }
}
