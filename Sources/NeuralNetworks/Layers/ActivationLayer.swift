import Settings
import TensorEngine

/// The activation of what comes in, of the same shape.
extension ActivationSettings: Layer {
    /// Adds the activation.
    ///
    /// - Throws: `ShapeError` on multi-hot rows, which only a layer with weights can take.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        try activation.apply(to: signal.numbers(for: key), in: &builder.graph)
    }
}
