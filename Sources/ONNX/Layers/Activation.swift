import Settings

extension Activation {
    /// Adds the activation's operators, and gives what they leave.
    func add(to graph: inout ONNXGraph, input: String) -> String {
        switch self {
        case .linear: return input
        case .relu: return graph.node("Relu", [input])
        case .sigmoid: return graph.node("Sigmoid", [input])
        case .tanh: return graph.node("Tanh", [input])
        case .softmax: return graph.node("Softmax", [input], ["axis": .integer(-1)])
        case .leakyRelu(let slope): return graph.node("LeakyRelu", [input], ["alpha": .float(Float(slope))])
        case .elu: return graph.node("Elu", [input], ["alpha": .float(1)])
        case .selu: return graph.node("Selu", [input], ["alpha": .float(1.673_263_2), "gamma": .float(1.050_701)])
        case .gelu:
            // x/2 · (1 + erf(x / √2)); the operator Gelu came with opset 20.
            let half = graph.tensor([Float(0.5)], shape: [1])
            let one = graph.tensor([Float(1)], shape: [1])
            let share = graph.node("Erf", [graph.node("Mul", [input, graph.tensor([Float(0.5).squareRoot()], shape: [1])])])
            return graph.node("Mul", [graph.node("Mul", [input, half]), graph.node("Add", [share, one])])
        case .silu: return graph.node("Mul", [input, graph.node("Sigmoid", [input])])
        case .softplus: return graph.node("Softplus", [input])
        case .step:
            let isPositive = graph.node("Greater", [input, graph.tensor([Float(0)], shape: [1])])
            return graph.node("Cast", [isPositive], ["to": .integer(1)])
        }
    }
}
