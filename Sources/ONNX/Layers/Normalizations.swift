import Settings

/// `BatchNormalization` by the running figures.
extension BatchNormalizationSettings: ONNXLayer {
    func add(
        to graph: inout ONNXGraph, input: String, width: Int, weights: LayerWeights
    ) throws(ONNXRefusal) -> (output: String, width: Int) {
        var figures: [String] = []
        for role in ["gamma", "beta", "moving_mean", "moving_variance"] {
            figures.append(graph.tensor(try weights.values(role, shape: [width]), shape: [width]))
        }
        return (graph.node("BatchNormalization", [input] + figures, ["epsilon": .float(Float(epsilon))]), width)
    }
}

/// `LayerNormalization` over the innermost axis.
extension LayerNormalizationSettings: ONNXLayer {
    func add(
        to graph: inout ONNXGraph, input: String, width: Int, weights: LayerWeights
    ) throws(ONNXRefusal) -> (output: String, width: Int) {
        let gamma = graph.tensor(try weights.values("gamma", shape: [width]), shape: [width])
        let beta = graph.tensor(try weights.values("beta", shape: [width]), shape: [width])
        return (graph.node("LayerNormalization", [input, gamma, beta], ["axis": .integer(-1), "epsilon": .float(Float(epsilon))]), width)
    }
}
