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

/// Sequences `[steps, channels]` → `[channels]`: the mean of each, over the steps that count; 0 where none does.
extension GlobalAveragePooling1DSettings: Layer {
    /// Adds the pooling.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        guard let mask = builder.mask, let column = try builder.maskColumn() else { return try pooled(signal, in: &builder) }
        let x = try signal.numbers(in: &builder.graph)
        let rows = try builder.graph.multiply(builder.graph.reshape(x, to: [x.shape.rows, x.shape.columns]), column)
        let mean = try pooled(.dense(builder.graph.reshape(rows, to: x.shape)), in: &builder).output
        // The mean over all steps, of which those that do not count are 0 now.
        let count = try builder.graph.maximum(builder.graph.sumOfColumns(mask), builder.graph.constant(1))
        let scaled = try builder.graph.scale(mean, by: Float(mask.shape.columns))
        return LayerOutput(output: try builder.graph.divide(scaled, count), logits: nil)
    }

    private func pooled(_ signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let line = try signal.line(for: key, in: &builder.graph)
        return try pooledWhole(line, in: &builder) { images, window, graph throws(ShapeError) in
            try graph.averagePooling2D(images, window: window)
        }
    }
}
