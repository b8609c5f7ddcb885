import TensorEngine

/// A function of each unit's sum (softmax: of all units' sums together).
public enum Activation: Sendable, Hashable {
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
    /// x for x > 0, else slope x; Keras's slope is 0.2.
    case leakyRelu(slope: Double)
    /// x for x > 0, else e^x - 1.
    case elu
    /// 1.0507 x for x > 0, else 1.7581 (e^x - 1).
    case selu
    /// x Φ(x), Φ the standard normal distribution.
    case gelu
    /// x / (1 + e^-x).
    case silu
    /// ln(1 + e^x).
    case softplus

    /// Adds the activation of `x` to a graph.
    public func apply(to x: Value, in graph: inout Graph) throws(ShapeError) -> LayerOutput {
        switch self {
        case .linear: LayerOutput(output: x, logits: nil)
        case .relu: LayerOutput(output: try graph.relu(x), logits: nil)
        case .tanh: LayerOutput(output: try graph.tanh(x), logits: nil)
        case .leakyRelu(let slope): LayerOutput(output: try graph.leakyRelu(x, slope: Float(slope)), logits: nil)
        case .elu: LayerOutput(output: try graph.elu(x), logits: nil)
        case .selu: LayerOutput(output: try graph.selu(x), logits: nil)
        case .gelu: LayerOutput(output: try graph.gelu(x), logits: nil)
        case .silu: LayerOutput(output: try graph.silu(x), logits: nil)
        case .softplus: LayerOutput(output: try graph.softplus(x), logits: nil)
        case .sigmoid: LayerOutput(output: try graph.sigmoid(x), logits: .init(value: x, activation: self))
        case .softmax: LayerOutput(output: try graph.softmax(x), logits: .init(value: x, activation: self))
        }
    }
}
