import Settings

/// `BatchNormalization` by the running figures; behind several axes, whose last is that of the channels, its factors and summands.
extension BatchNormalizationSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        let width = input.width
        var figures: [[Float]] = []
        for role in ["gamma", "beta", "moving_mean", "moving_variance"] { figures.append(try weights.values(role, shape: [width])) }
        guard input.shape.count > 1 else {
            let tensors = figures.map { graph.tensor($0, shape: [width]) }
            let output = graph.node("BatchNormalization", [input.name] + tensors, ["epsilon": .float(Float(epsilon))])
            return ONNXValue(name: output, shape: input.shape)
        }
        let factors = (0..<width).map { Double(figures[0][$0]) / (Double(figures[3][$0]) + epsilon).squareRoot() }
        let summands = (0..<width).map { Double(figures[1][$0]) - Double(figures[2][$0]) * factors[$0] }
        let scaled = graph.node("Mul", [input.name, graph.tensor(factors.map(Float.init), shape: [width])])
        return ONNXValue(name: graph.node("Add", [scaled, graph.tensor(summands.map(Float.init), shape: [width])]), shape: input.shape)
    }
}

/// `LayerNormalization` over the innermost axis.
extension LayerNormalizationSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        let width = input.width
        let gamma = graph.tensor(try weights.values("gamma", shape: [width]), shape: [width])
        let beta = graph.tensor(try weights.values("beta", shape: [width]), shape: [width])
        let output = graph.node(
            "LayerNormalization", [input.name, gamma, beta], ["axis": .integer(-1), "epsilon": .float(Float(epsilon))])
        return ONNXValue(name: output, shape: input.shape)
    }
}
