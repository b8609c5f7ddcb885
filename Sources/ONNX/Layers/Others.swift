import Settings

/// The activation's operators.
extension ActivationSettings: ONNXLayer {
    func add(
        to graph: inout ONNXGraph, input: String, width: Int, weights: LayerWeights
    ) throws(ONNXRefusal) -> (output: String, width: Int) {
        (activation.add(to: &graph, input: input), width)
    }
}

/// Nothing: in use nothing is dropped.
extension DropoutSettings: ONNXLayer {
    func add(
        to graph: inout ONNXGraph, input: String, width: Int, weights: LayerWeights
    ) throws(ONNXRefusal) -> (output: String, width: Int) {
        (input, width)
    }
}
