import TensorEngine

/// An activation by itself: `[batch, width]` → `[batch, width]`.
public struct ActivationLayer: Layer {
    /// The name, unique in its network.
    public let name: String
    /// Applied to what comes in.
    public let activation: Activation

    /// A layer that only applies `activation`.
    public init(name: String, activation: Activation) {
        self.name = name
        self.activation = activation
    }

    /// `activation`.
    public var kind: String { "activation" }

    /// As many as come in.
    public func outputWidth(for inputs: Int) -> Int { inputs }

    /// None.
    public func parameters(for inputs: Int) -> [ParameterSpecification] { [] }

    /// Adds the activation.
    ///
    /// - Throws: `ShapeError` on multi-hot rows, which only a layer with weights can take.
    public func apply(to signal: Signal, in graph: inout Graph, phase: Phase) throws(ShapeError) -> LayerOutput {
        try activation.apply(to: signal.numbers(for: kind), in: &graph)
    }
}
