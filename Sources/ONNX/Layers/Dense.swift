import Settings

/// `Gemm`, or behind several axes `MatMul` and `Add`, and the activation: x W + b.
extension DenseSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        guard case .count(let units) = units else { throw ONNXRefusal("a dense layer's width is not known") }
        let kernel = graph.tensor(try weights.values("kernel", shape: [input.width, units]), shape: [input.width, units])
        let bias = useBias ? [graph.tensor(try weights.values("bias", shape: [units]), shape: [units])] : []
        var sum: String
        if input.shape.count == 1 {
            sum = graph.node("Gemm", [input.name, kernel] + bias)
        } else {
            sum = graph.node("MatMul", [input.name, kernel])
            if let bias = bias.first { sum = graph.node("Add", [sum, bias]) }
        }
        return ONNXValue(name: activation.add(to: &graph, input: sum), shape: input.shape.dropLast() + [units])
    }
}
