import Settings
import TensorEngine

/// `[…]` → `[count]`.
extension FlattenSettings: Layer {
    /// Adds the change of shape.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let x = try signal.numbers(in: &builder.graph)
        return LayerOutput(output: try builder.graph.reshape(x, to: [x.shape.dimensions[0], signal.shape.count]), logits: nil)
    }
}

/// `[…]` → `shape`.
extension ReshapeSettings: Layer {
    /// Adds the change of shape.
    ///
    /// - Throws: `ShapeError` when the shape has another number of elements.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let target = Shape(shape)
        guard target.size == signal.shape.size else {
            throw ShapeError(operation: key, shapes: [signal.shape, target], expected: "\(signal.shape.count) numbers")
        }
        let x = try signal.numbers(in: &builder.graph)
        return LayerOutput(output: try builder.graph.reshape(x, to: Shape([x.shape.dimensions[0]] + shape)), logits: nil)
    }
}
