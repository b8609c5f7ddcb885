import Settings
import TensorEngine

/// x + f(x), f being the layers of the block: `[…]` → the shape that they give. Where that is another shape, x is projected first: a product of its
/// channels with the kernel `[channels, filters]`, and the bias `[filters]`, at every place, or at every second, third, … so that as many are left.
///
/// Source: He et al., *Deep residual learning* (2016).
extension ResidualSettings: Layer {
    /// Whether one of its layers does.
    public var seesLaterSteps: Bool { layers.contains { ($0.kind as? any Layer)?.seesLaterSteps ?? true } }

    /// Adds the layers, and what is led past them.
    ///
    /// - Throws: `ShapeError` when a layer does not fit, or the shapes cannot be added.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let x = try signal.numbers(in: &builder.graph)
        var y = x
        for (layer, name) in zip(layers, layerNames) {
            guard let kind = layer.kind as? any Layer else { continue }
            y = try builder.add(kind, called: name, isFrozen: layer.isFrozen, to: .dense(y)).output
        }
        let past = projection == .always || projection == .auto && x.shape != y.shape ? try projected(x, to: y.shape, in: &builder) : x
        guard past.shape == y.shape else {
            throw ShapeError(
                operation: key, shapes: [x.shape, y.shape],
                expected: "layers that keep the shape; projection: true adds a product that changes it")
        }
        return LayerOutput(output: try builder.graph.add(past, y), logits: nil)
    }

    private func projected(_ x: Value, to shape: Shape, in builder: inout NetworkBuilder) throws(ShapeError) -> Value {
        let (given, wanted) = (x.shape.dimensions.dropFirst(), shape.dimensions.dropFirst())
        guard let layer = projectionLayer(from: Array(given), to: Array(wanted)) as? any Layer else {
            throw ShapeError(
                operation: key, shapes: [x.shape, shape],
                expected: "layers whose places are all, every second, third, … of those that come in")
        }
        return try builder.add(layer, called: "projection", isFrozen: false, to: .dense(x)).output
    }
}
