import Settings
import TensorEngine

/// In training, each number is set to 0 with probability `rate`, and the others are divided by 1 - rate; in use, nothing. Masks are drawn from a
/// stream of the layer's name.
///
/// Source: Srivastava et al., *Dropout* (2014).
extension DropoutSettings: Layer {
    /// Each step by itself.
    public static var keepsSteps: Bool { true }

    /// Multiplies by a fresh mask in training.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let x = try signal.numbers(in: &builder.graph)
        guard case .training(let seed) = builder.phase, rate > 0 else { return LayerOutput(output: x, logits: nil) }
        let mask = try builder.graph.dropoutMask(x.shape, rate: rate, seed: seed, path: builder.path)
        return LayerOutput(output: try builder.graph.multiply(x, mask), logits: nil)
    }
}
