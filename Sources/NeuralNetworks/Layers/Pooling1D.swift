import Settings
import TensorEngine

extension SequencePoolingSettings {
    /// The window as the engine has it, on images of one row.
    fileprivate var window: Window { Window(size: [1, poolSize], strides: [1, strides ?? poolSize], padding: padding.ofWindow) }
}

/// Sequences `[steps, channels]` → `[places, channels]`: the largest number under the window.
extension MaxPooling1DSettings: Layer {
    /// Adds the pooling.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let line = try signal.line(for: key, in: &builder.graph)
        let pooled = try builder.graph.maxPooling2D(line, window: pooling.window)
        return LayerOutput(output: try builder.graph.sequences(pooled), logits: nil)
    }
}

/// Sequences `[steps, channels]` → `[places, channels]`: the mean under the window.
extension AveragePooling1DSettings: Layer {
    /// Adds the pooling.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let line = try signal.line(for: key, in: &builder.graph)
        let pooled = try builder.graph.averagePooling2D(line, window: pooling.window)
        return LayerOutput(output: try builder.graph.sequences(pooled), logits: nil)
    }
}

/// Sequences `[steps, channels]` → `[channels]`: the largest number of each.
extension GlobalMaxPooling1DSettings: Layer {
    /// Adds the pooling.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let line = try signal.line(for: key, in: &builder.graph)
        return try pooledWhole(line, in: &builder) { images, window, graph throws(ShapeError) in
            try graph.maxPooling2D(images, window: window)
        }
    }
}

/// Sequences `[steps, channels]` → `[channels]`: the mean of each.
extension GlobalAveragePooling1DSettings: Layer {
    /// Adds the pooling.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let line = try signal.line(for: key, in: &builder.graph)
        return try pooledWhole(line, in: &builder) { images, window, graph throws(ShapeError) in
            try graph.averagePooling2D(images, window: window)
        }
    }
}
