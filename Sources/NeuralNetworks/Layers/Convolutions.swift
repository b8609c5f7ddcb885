import Settings
import TensorEngine

extension WeightSettings {
    /// activation(sum + bias), with a bias of the sum's innermost axis.
    func finish(_ sum: Value, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        try activated(biased(sum, in: &builder), in: &builder)
    }

    /// sum + bias.
    func biased(_ sum: Value, in builder: inout NetworkBuilder) throws(ShapeError) -> Value {
        guard useBias else { return sum }
        let bias = try builder.parameter("bias", [sum.shape.columns], biasInitializer, penalty: biasRegularizer)
        return try builder.graph.add(sum, bias)
    }

    /// The activation, and what its numbers add to the loss.
    func activated(_ sum: Value, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let output = try activation.apply(to: sum, in: &builder.graph)
        try activityRegularizer?.add(of: output.output, in: &builder)
        return output
    }

    /// A kernel of this shape.
    func kernel(_ shape: Shape, in builder: inout NetworkBuilder, named name: String = "kernel") throws(ShapeError) -> Value {
        try builder.parameter(name, shape, kernelInitializer, penalty: kernelRegularizer)
    }
}

extension Padding {
    /// As the engine has it.
    var ofWindow: Window.Padding { self == .same ? .around : .none }
}

extension Signal {
    /// The numbers of sequences `[batch, steps, channels]` as images of one row.
    func line(for layer: String, in graph: inout Graph) throws(ShapeError) -> Value {
        let x = try numbers(in: &graph)
        guard x.shape.rank == 3 else { throw ShapeError(operation: layer, shapes: [x.shape], expected: "sequences [steps, channels]") }
        return try graph.reshape(x, to: [x.shape.dimensions[0], 1, x.shape.dimensions[1], x.shape.dimensions[2]])
    }
}

extension Graph {
    /// Images of one row as sequences.
    mutating func sequences(_ line: Value) throws(ShapeError) -> Value {
        try reshape(line, to: [line.shape.dimensions[0], line.shape.dimensions[2], line.shape.columns])
    }
}

/// Channels that do not fall into so many equal groups.
private func check(groups: Int, channels: Int, filters: Int, of layer: String, on shape: Shape) throws(ShapeError) {
    guard channels % groups == 0, filters % groups == 0 else {
        throw ShapeError(
            operation: layer, shapes: [shape], expected: "channels and filters (\(filters)) that fall into \(groups) equal groups")
    }
}

/// activation(x ∗ K + b): images `[rows, columns, channels]` → `[places down, places across, filters]`, with the kernel K
/// `[window rows, window columns, channels / groups, filters]` and the bias b `[filters]`. Sizes, padding and first weights as in Keras.
extension Conv2DSettings: Layer {
    /// Adds convolution, bias and activation.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let images = try signal.numbers(in: &builder.graph)
        try check(groups: groups, channels: images.shape.columns, filters: filters, of: key, on: signal.shape)
        let kernel = try weights.kernel(Shape(kernelSize.sizes + [images.shape.columns / groups, filters]), in: &builder)
        let window = Window(size: kernelSize.sizes, strides: strides.sizes, dilation: dilationRate.sizes, padding: padding.ofWindow)
        return try weights.finish(builder.graph.convolution2D(images, kernel, window: window, groups: groups), in: &builder)
    }
}

/// activation(x ∗ K + b): sequences `[steps, channels]` → `[places, filters]`, with the kernel K `[window, channels / groups, filters]` and the bias b
/// `[filters]`. Sizes, padding and first weights as in Keras.
extension Conv1DSettings: Layer {
    /// Unless its window ends with the step itself.
    public var seesLaterSteps: Bool { padding != .causal }

    /// Adds convolution, bias and activation.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let line = try signal.line(for: key, in: &builder.graph)
        let channels = line.shape.columns
        try check(groups: groups, channels: channels, filters: filters, of: key, on: signal.shape)
        let kernel = try weights.kernel([kernelSize, channels / groups, filters], in: &builder)
        let ofWindow: Window.Padding =
            switch padding {
            case .valid: .none
            case .same: .around
            case .causal: .before
            }
        let window = Window(size: [1, kernelSize], strides: [1, strides], dilation: [1, dilationRate], padding: ofWindow)
        let row = try builder.graph.reshape(kernel, to: [1, kernelSize, channels / groups, filters])
        let sums = try builder.graph.convolution2D(line, row, window: window, groups: groups)
        let finished = try weights.finish(sums, in: &builder)
        let logits = try finished.logits.map { logits throws(ShapeError) in
            LayerOutput.Logits(value: try builder.graph.sequences(logits.value), activation: logits.activation)
        }
        return LayerOutput(output: try builder.graph.sequences(finished.output), logits: logits)
    }
}

/// activation(x ∗ K + b), channel by channel: images `[rows, columns, channels]` → `[places down, places across, channels · multiplier]`, with the kernel K
/// `[window rows, window columns, channels, multiplier]`. Sizes, padding and first weights as in Keras.
extension DepthwiseConv2DSettings: Layer {
    /// Adds convolution, bias and activation.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let images = try signal.numbers(in: &builder.graph)
        let channels = images.shape.columns
        let kernel = try weights.kernel(Shape(kernelSize.sizes + [channels, depthMultiplier]), in: &builder)
        let window = Window(size: kernelSize.sizes, strides: strides.sizes, dilation: dilationRate.sizes, padding: padding.ofWindow)
        let grouped = try builder.graph.reshape(kernel, to: Shape(kernelSize.sizes + [1, channels * depthMultiplier]))
        return try weights.finish(builder.graph.convolution2D(images, grouped, window: window, groups: channels), in: &builder)
    }
}

/// activation(the gradient of a convolution to its images, of x and K, + b): images `[rows, columns, channels]` → `[rows · step, columns · step, filters]`,
/// and where nothing is cut off by as much larger as the window is larger than the step; with the kernel K
/// `[window rows, window columns, filters, channels]`. Sizes, padding and first weights as in Keras.
extension Conv2DTransposeSettings: Layer {
    /// Adds convolution, bias and activation.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let images = try signal.numbers(in: &builder.graph)
        guard images.shape.rank == 4 else {
            throw ShapeError(
                operation: key, shapes: [images.shape], expected: "images [rows, columns, channels]; reshape gives columns that shape")
        }
        let kernel = try weights.kernel(Shape(kernelSize.sizes + [filters, images.shape.columns]), in: &builder)
        let window = Window(size: kernelSize.sizes, strides: strides.sizes, dilation: dilationRate.sizes, padding: padding.ofWindow)
        let reach = zip(kernelSize.sizes, dilationRate.sizes).map { ($0 - 1) * $1 + 1 }
        let sizes = zip(images.shape.dimensions[1...2], zip(reach, strides.sizes)).map { size, axis in
            size * axis.1 + (padding == .valid ? max(axis.0 - axis.1, 0) : 0)
        }
        let target = Shape([images.shape.dimensions[0]] + sizes + [filters])
        return try weights.finish(builder.graph.transposedConvolution2D(images, kernel, window: window, images: target), in: &builder)
    }
}
