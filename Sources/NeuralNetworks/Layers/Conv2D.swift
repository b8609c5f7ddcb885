import Settings
import TensorEngine

/// activation(x ∗ K + b): images `[rows, columns, channels]` → `[places down, places across, filters]`, with the kernel K
/// `[window rows, window columns, channels, filters]` and the bias b `[filters]`. Sizes, padding and first weights as in Keras.
extension Conv2DSettings: Layer {
    /// Adds convolution, bias and activation.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let images = try signal.numbers(in: &builder.graph)
        let shape = Shape(kernelSize.sizes + [images.shape.columns, filters])
        let kernel = try builder.parameter("kernel", shape, kernelInitializer, penalty: kernelRegularizer)
        let window = Window(size: kernelSize.sizes, strides: strides.sizes, dilation: dilationRate.sizes, isPadded: padding == .same)
        var sum = try builder.graph.convolution2D(images, kernel, window: window)
        if useBias {
            let bias = try builder.parameter("bias", [filters], biasInitializer, penalty: biasRegularizer)
            sum = try builder.graph.add(sum, bias)
        }
        return try activation.apply(to: sum, in: &builder.graph)
    }
}
