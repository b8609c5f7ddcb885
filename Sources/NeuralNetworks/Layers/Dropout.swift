import TensorEngine

/// In training, each number is set to 0 with probability `rate`, and the others are divided by 1 - rate; in use, nothing.
///
/// Source: Srivastava et al., *Dropout* (2014).
public struct Dropout: Layer {
    /// The name, unique in its network; masks are drawn from a stream of this name.
    public let name: String
    /// The probability of 0, at least 0 and below 1.
    public let rate: Double

    /// A layer that drops numbers with probability `rate`.
    public init(name: String, rate: Double) {
        self.name = name
        self.rate = rate
    }

    /// `dropout`.
    public var kind: String { "dropout" }

    /// As many as come in.
    public func outputWidth(for inputs: Int) -> Int { inputs }

    /// None.
    public func parameters(for inputs: Int) -> [ParameterSpecification] { [] }

    /// Multiplies by a fresh mask in training.
    ///
    /// - Throws: `ShapeError` on multi-hot rows, which only a layer with weights can take.
    public func apply(to signal: Signal, in graph: inout Graph, phase: Phase) throws(ShapeError) -> LayerOutput {
        let x = try signal.numbers(for: kind)
        guard case .training(let seed) = phase, rate > 0 else { return LayerOutput(output: x, logits: nil) }
        let mask = try graph.dropoutMask(x.shape, rate: rate, seed: seed, path: name)
        return LayerOutput(output: try graph.multiply(x, mask), logits: nil)
    }
}
