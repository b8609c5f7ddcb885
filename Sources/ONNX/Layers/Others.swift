import Settings

/// The activation's operators.
extension ActivationSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        ONNXValue(name: activation.add(to: &graph, input: input.name), shape: input.shape)
    }
}

/// Nothing: in use nothing is dropped.
extension DropoutSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue { input }
}

/// Nothing: in use nothing is added.
extension GaussianNoiseSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue { input }
}

/// Nothing.
extension MaskingNoiseSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue { input }
}

/// Nothing.
extension SpatialDropout1DSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue { input }
}

/// Nothing.
extension SpatialDropout2DSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue { input }
}

/// `Flatten`: the axes stand in the order that they have here.
extension FlattenSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        ONNXValue(name: graph.node("Flatten", [input.name], ["axis": .integer(1)]), shape: [input.shape.reduce(1, *)])
    }
}

/// `Reshape`.
extension ReshapeSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        graph.reshape(input, to: shape)
    }
}

/// `Add`: what comes in, or its product, and what the layers of the block leave.
extension ResidualSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        let inner = Array(zip(layerNames, layers.map(\.kind))).map { (name: $0, kind: $1) }
        let output = try input.through(inner, weights: weights.inside, in: &graph)
        var past = input
        if weights.has("projection/kernel") {
            guard let layer = projectionLayer(from: input.shape, to: output.shape) as? any ONNXLayer else {
                throw ONNXRefusal("a block's product does not fit its layers")
            }
            past = try layer.add(to: &graph, input: input, weights: weights.inside("projection"))
        }
        return ONNXValue(name: graph.node("Add", [past.name, output.name]), shape: output.shape)
    }
}
