import Settings
import TensorEngine

/// γ (x - mean) / √(variance + ε) + β with the mean and population variance of the innermost axis.
///
/// γ begins at 1, β at 0; both `[columns]` are trained. Source: Ba et al., *Layer normalization* (2016); the default ε is Keras's.
extension LayerNormalizationSettings: Layer {
    /// Each step by itself.
    public static var keepsSteps: Bool { true }

    /// Adds the normalization.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        try builder.asRows(signal.numbers(in: &builder.graph)) { x, builder throws(ShapeError) in
            let columns = x.shape.columns
            let mean = try builder.graph.scale(builder.graph.sumOfColumns(x), by: 1 / Float(columns))
            let centred = try builder.graph.subtract(x, mean)
            let variance = try builder.graph.scale(
                builder.graph.sumOfColumns(builder.graph.square(centred)), by: 1 / Float(columns))
            let deviation = try builder.graph.squareRoot(builder.graph.add(variance, builder.graph.constant(Float(epsilon))))
            let normalized = try builder.graph.divide(centred, deviation)
            let gamma = try builder.parameter("gamma", [columns], .constant(1))
            let scaled = try builder.graph.multiply(normalized, gamma)
            let beta = try builder.parameter("beta", [columns], .zeros)
            return LayerOutput(output: try builder.graph.add(scaled, beta), logits: nil)
        }
    }
}
