import TensorEngine

/// A function of each unit's sum (softmax: of all units' sums together).
public enum Activation: String, Sendable, CaseIterable {
    /// x.
    case linear
    /// max(x, 0).
    case relu
    /// 1 / (1 + e^-x).
    case sigmoid
    /// (e^x - e^-x) / (e^x + e^-x).
    case tanh
    /// e^xᵢ / Σ e^xⱼ over the units.
    case softmax

    /// Adds the activation of `x` to a graph.
    public func apply(to x: Value, in graph: inout Graph) throws(ShapeError) -> LayerOutput {
        switch self {
        case .linear: LayerOutput(output: x, logits: nil)
        case .relu: LayerOutput(output: try graph.relu(x), logits: nil)
        case .tanh: LayerOutput(output: try graph.tanh(x), logits: nil)
        case .sigmoid: LayerOutput(output: try graph.sigmoid(x), logits: .init(value: x, activation: self))
        case .softmax: LayerOutput(output: try graph.softmax(x), logits: .init(value: x, activation: self))
        }
    }
}
