import Settings
import TensorEngine

/// sigmoid(x W + b), the probabilities of the hidden units: `[…, visible]` → `[…, units]`, with the kernel W `[visible, units]` and the bias b `[units]`; a
/// bias a `[visible]` for the way back. Visible units of variance 1 give the same, whatever their kind.
///
/// Source: Hinton, *A practical guide to training restricted Boltzmann machines* (2010).
extension RBMSettings: Layer {
    /// Adds product, bias and sigmoid.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        try builder.asRows(signal.numbers(in: &builder.graph)) { x, builder throws(ShapeError) in
            let visible = x.shape.columns
            let kernel = try builder.parameter("kernel", [visible, units], kernelInitializer, penalty: kernelRegularizer)
            let bias = try builder.parameter("bias", [units], .zeros)
            _ = try builder.parameter("visible_bias", [visible], .zeros)
            let sums = try builder.graph.add(builder.graph.product(x, kernel), bias)
            return LayerOutput(output: try builder.graph.sigmoid(sums), logits: .init(value: sums, activation: .sigmoid))
        }
    }
}
