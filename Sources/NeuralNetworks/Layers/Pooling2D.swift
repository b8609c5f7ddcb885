import Settings
import TensorEngine

extension PoolingSettings {
    /// The window as the engine has it.
    fileprivate var window: Window {
        Window(size: poolSize.sizes, strides: (strides ?? poolSize).sizes, padding: padding.ofWindow)
    }
}

/// Images `[rows, columns, channels]` → `[places down, places across, channels]`: the largest number under the window.
extension MaxPooling2DSettings: Layer {
    /// Adds the pooling.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let images = try signal.numbers(in: &builder.graph)
        return LayerOutput(output: try builder.graph.maxPooling2D(images, window: pooling.window), logits: nil)
    }
}

/// Images `[rows, columns, channels]` → `[places down, places across, channels]`: the mean under the window.
extension AveragePooling2DSettings: Layer {
    /// Adds the pooling.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let images = try signal.numbers(in: &builder.graph)
        return LayerOutput(output: try builder.graph.averagePooling2D(images, window: pooling.window), logits: nil)
    }
}

/// Images `[rows, columns, channels]` → `[channels]`: the largest number of each.
extension GlobalMaxPooling2DSettings: Layer {
    /// Adds the pooling.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        try pooledWhole(images(of: signal, in: &builder), in: &builder) { images, window, graph throws(ShapeError) in
            try graph.maxPooling2D(images, window: window)
        }
    }
}

/// Images `[rows, columns, channels]` → `[channels]`: the mean of each.
extension GlobalAveragePooling2DSettings: Layer {
    /// Adds the pooling.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        try pooledWhole(images(of: signal, in: &builder), in: &builder) { images, window, graph throws(ShapeError) in
            try graph.averagePooling2D(images, window: window)
        }
    }
}

extension LayerKind {
    /// The numbers of images.
    fileprivate func images(of signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> Value {
        let images = try signal.numbers(in: &builder.graph)
        guard images.shape.rank == 4 else {
            throw ShapeError(operation: key, shapes: [images.shape], expected: "images [rows, columns, channels]")
        }
        return images
    }
}

/// Images under a window of their own size.
func pooledWhole(
    _ images: Value, in builder: inout NetworkBuilder, _ pool: (Value, Window, inout Graph) throws(ShapeError) -> Value
) throws(ShapeError) -> LayerOutput {
    let window = Window(size: Array(images.shape.dimensions[1...2]))
    let pooled = try pool(images, window, &builder.graph)
    return LayerOutput(output: try builder.graph.reshape(pooled, to: [images.shape.dimensions[0], images.shape.columns]), logits: nil)
}
