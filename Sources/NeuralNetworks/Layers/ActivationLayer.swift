import Settings
import TensorEngine

/// The activation of what comes in, of the same shape.
extension ActivationSettings: Layer {
    /// Each step by itself.
    public static var keepsSteps: Bool { true }

    /// Adds the activation.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let x = try signal.numbers(in: &builder.graph)
        return try activation.apply(to: x, in: &builder.graph)
    }
}
