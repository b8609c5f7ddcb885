import Settings
import TensorEngine

extension Activation {
    /// Adds the activation of `x` to a graph: of each number, softmax over the innermost axis.
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
        case .step: LayerOutput(output: try graph.step(x), logits: nil)
        case .sigmoid: LayerOutput(output: try graph.sigmoid(x), logits: .init(value: x, activation: self))
        case .softmax: LayerOutput(output: try graph.softmax(x), logits: .init(value: x, activation: self))
        }
    }
}
