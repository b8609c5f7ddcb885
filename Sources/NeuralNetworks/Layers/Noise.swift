import Settings
import TensorEngine

/// In training, x + σ e, with e of the standard normal distribution, held between two bounds where these are given; in use, x. The numbers are drawn from a
/// stream of the layer's name. Without bounds as Keras's `GaussianNoise`.
///
/// Source: Vincent et al., *Stacked denoising autoencoders* (2010).
extension GaussianNoiseSettings: Layer {
    /// Each step by itself.
    public static var keepsSteps: Bool { true }

    /// What is added.
    public func numbersBeside(output: Shape, input: Shape) -> Double { output.size }

    /// Adds fresh numbers in training.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let x = try signal.numbers(in: &builder.graph)
        guard case .training(let seed) = builder.phase, deviation > 0 else { return LayerOutput(output: x, logits: nil) }
        let noise = try builder.graph.normalNumbers(x.shape, seed: seed, path: builder.path)
        var sum = try builder.graph.add(x, builder.graph.scale(noise, by: Float(deviation)))
        if let clip {
            sum = try builder.graph.maximum(sum, builder.graph.constant(Float(clip.lowerBound)))
            let negative = try builder.graph.maximum(builder.graph.scale(sum, by: -1), builder.graph.constant(Float(-clip.upperBound)))
            sum = try builder.graph.scale(negative, by: -1)
        }
        return LayerOutput(output: sum, logits: nil)
    }
}

/// In training, each number is set to 0 with probability `rate`, and the others stay as they are; in use, nothing. Masks are drawn from a stream of the
/// layer's name.
///
/// Source: Vincent et al., *Stacked denoising autoencoders* (2010).
extension MaskingNoiseSettings: Layer {
    /// Each step by itself.
    public static var keepsSteps: Bool { true }

    /// The mask.
    public func numbersBeside(output: Shape, input: Shape) -> Double { output.size }

    /// Multiplies by a fresh mask in training.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let x = try signal.numbers(in: &builder.graph)
        guard case .training(let seed) = builder.phase, rate > 0 else { return LayerOutput(output: x, logits: nil) }
        let mask = try builder.graph.dropoutMask(x.shape, rate: rate, kept: 1, seed: seed, path: builder.path)
        return LayerOutput(output: try builder.graph.multiply(x, mask), logits: nil)
    }
}
