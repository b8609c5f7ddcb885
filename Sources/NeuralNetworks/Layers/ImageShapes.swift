import Settings
import TensorEngine

/// Images `[rows, columns, channels]` → `[rows · down, columns · right, channels]`: each cell repeated, or read between its neighbours.
extension UpSampling2DSettings: Layer {
    /// Adds the enlargement.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let images = try signal.numbers(in: &builder.graph)
        let larger =
            switch interpolation {
            case .nearest: try builder.graph.repeatCells2D(images, down: size.rows, right: size.columns)
            case .bilinear: try builder.graph.stretchCells2D(images, down: size.rows, right: size.columns)
            }
        return LayerOutput(output: larger, logits: nil)
    }
}

/// Images `[rows, columns, channels]` → `[above + rows + below, left + columns + right, channels]`.
extension ZeroPadding2DSettings: Layer {
    /// Adds the zeros.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let images = try signal.numbers(in: &builder.graph)
        let margins = Margins(top: rows[0], bottom: rows[1], left: columns[0], right: columns[1])
        return LayerOutput(output: try builder.graph.padding2D(images, margins: margins), logits: nil)
    }
}

/// In training, each channel of an image is set to 0 with probability `rate`, and the others are divided by 1 - rate; in use, nothing. Masks are drawn
/// from a stream of the layer's name. Source: Tompson et al., *Efficient object localization using convolutional networks* (2015).
extension SpatialDropout2DSettings: Layer {
    /// Multiplies by a fresh mask in training.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let images = try signal.numbers(in: &builder.graph)
        guard images.shape.rank == 4 else {
            throw ShapeError(operation: key, shapes: [images.shape], expected: "images [rows, columns, channels]")
        }
        return LayerOutput(output: try builder.dropChannels(of: images, rate: rate), logits: nil)
    }
}

/// The same for each channel of a sequence `[steps, channels]`.
extension SpatialDropout1DSettings: Layer {
    /// All steps alike.
    public var seesLaterSteps: Bool { false }

    /// Multiplies by a fresh mask in training.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let line = try signal.line(for: key, in: &builder.graph)
        return LayerOutput(output: try builder.graph.sequences(builder.dropChannels(of: line, rate: rate)), logits: nil)
    }
}

extension NetworkBuilder {
    /// Images times a fresh mask of their channels, in training.
    fileprivate mutating func dropChannels(of images: Value, rate: Double) throws(ShapeError) -> Value {
        guard case .training(let seed) = phase, rate > 0 else { return images }
        let sizes = images.shape.dimensions
        let mask = try graph.dropoutMask([sizes[0], 1, 1, sizes[3]], rate: rate, seed: seed, path: path)
        return try graph.multiply(images, graph.repeatCells2D(mask, down: sizes[1], right: sizes[2]))
    }
}
