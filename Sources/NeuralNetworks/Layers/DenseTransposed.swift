import Settings
import TensorEngine

/// activation(x Wᵀ + b): `[…, units]` → `[…, inputs]`, with the kernel W `[inputs, units]` of an earlier dense layer, and a bias b `[inputs]` of its own.
///
/// The kernel is one tensor, whose gradient is the sum of both uses; it is frozen with the layer that it belongs to, and its penalty counts once.
extension DenseTransposedSettings: Layer {
    /// Each step by itself.
    public static var keepsSteps: Bool { true }

    /// Adds product, bias and activation.
    ///
    /// - Throws: `ShapeError` when no layer of that name has declared a kernel, or it has not as many columns as numbers come in.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        guard let kernel = builder.parameters.first(where: { $0.path == source + "/kernel" })?.value else {
            throw ShapeError(operation: key, shapes: [signal.shape], expected: "an earlier dense layer \"\(source)\"")
        }
        return try builder.asRows(signal.numbers(in: &builder.graph)) { x, builder throws(ShapeError) in
            guard x.shape.columns == kernel.shape.columns else {
                throw ShapeError(
                    operation: key, shapes: [signal.shape], expected: "\(kernel.shape.columns) numbers, what \"\(source)\" gives")
            }
            let sum = try builder.graph.product(x, kernel, transposeB: true)
            let weights = WeightSettings(
                activation: activation, useBias: useBias, biasInitializer: biasInitializer, biasRegularizer: biasRegularizer)
            return try weights.finish(sum, in: &builder)
        }
    }
}
