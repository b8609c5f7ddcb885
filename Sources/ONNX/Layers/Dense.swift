import Settings

/// `Gemm` and the activation: x W + b.
extension DenseSettings: ONNXLayer {
    func add(
        to graph: inout ONNXGraph, input: String, width: Int, weights: LayerWeights
    ) throws(ONNXRefusal) -> (output: String, width: Int) {
        guard case .count(let units) = units else { throw ONNXRefusal("a dense layer's width is not known") }
        let kernel = graph.tensor(try weights.values("kernel", shape: [width, units]), shape: [width, units])
        let bias = useBias ? [graph.tensor(try weights.values("bias", shape: [units]), shape: [units])] : []
        let sum = graph.node("Gemm", [input, kernel] + bias)
        return (activation.add(to: &graph, input: sum), units)
    }
}
