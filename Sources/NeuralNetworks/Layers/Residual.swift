import Settings
import TensorEngine

/// x + f(x), f being the layers of the block: `[…]` → the shape that they give. Where that is another shape, x is projected first: a product of its
/// channels with the kernel `[channels, filters]`, and the bias `[filters]`, at every place, or at every second, third, … so that as many are left.
///
/// Source: He et al., *Deep residual learning* (2016).
extension ResidualSettings: Layer {
    /// Adds the layers, and what is led past them.
    ///
    /// - Throws: `ShapeError` when a layer does not fit, or the shapes cannot be added.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let x = try signal.numbers(in: &builder.graph)
        var y = x
        for (layer, name) in zip(layers, layerNames) {
            guard let kind = layer.kind as? any Layer else { continue }
            y = try builder.inside(name, isFrozen: layer.isFrozen) { builder throws(ShapeError) in
                try kind.apply(to: .dense(y), in: &builder)
            }.output
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
        let (given, wanted) = (x.shape.dimensions, shape.dimensions)
        let strides = zip(given.dropFirst().dropLast(), wanted.dropFirst().dropLast()).map(Self.stride)
        guard given.count == wanted.count, (2...4).contains(given.count),
            let steps = strides.reduce([], { all, next in next.map { (all ?? []) + [$0] } })
        else {
            throw ShapeError(
                operation: key, shapes: [x.shape, shape],
                expected: "layers whose places are all, every second, third, … of those that come in")
        }
        return try builder.inside("projection", isFrozen: false) { builder throws(ShapeError) in
            switch steps.count {
            case 2:
                return try Conv2DSettings(filters: shape.columns, kernelSize: Extent(1, 1), strides: Extent(steps[0], steps[1]))
                    .apply(to: .dense(x), in: &builder)
            case 1: return try Conv1DSettings(filters: shape.columns, kernelSize: 1, strides: steps[0]).apply(to: .dense(x), in: &builder)
            default: return try DenseSettings(units: .count(shape.columns)).apply(to: .dense(x), in: &builder)
            }
        }.output
    }

    /// The step that leaves so many of `given` places; nil where there is none.
    private static func stride(from given: Int, to wanted: Int) -> Int? {
        let step = max(given / max(wanted, 1), 1)
        return [step, step + 1].first { (given + $0 - 1) / $0 == wanted }
    }
}
