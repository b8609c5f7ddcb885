import Settings

/// `Gemm`, or behind several axes `MatMul` and `Add`, and the activation: x W + b.
extension DenseSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        guard case .count(let units) = units else { throw ONNXRefusal("a dense layer's width is not known") }
        let kernel = try weights.values("kernel", shape: [input.width, units])
        let bias = useBias ? try weights.values("bias", shape: [units]) : nil
        return graph.dense(input, kernel, bias, units: units, activation)
    }
}

/// The same with the numbers of another layer's kernel, their axes exchanged.
extension DenseTransposedSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        let (numbers, columns) = (try weights.outside(source).values("kernel", columns: input.width), input.width)
        let units = numbers.count / columns
        let kernel = ONNXGraph.turned(numbers, columns: columns)
        let bias = useBias ? try weights.values("bias", shape: [units]) : nil
        return graph.dense(input, kernel, bias, units: units, activation)
    }
}

/// The head that gives the mean: in use nothing is drawn.
extension VariationalSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        let kernel = try weights.values("mean_kernel", shape: [input.width, units])
        return graph.dense(input, kernel, try weights.values("mean_bias", shape: [units]), units: units, .linear)
    }
}

/// The probabilities of the hidden units: sigmoid(x W + b).
extension RBMSettings: ONNXLayer {
    func add(to graph: inout ONNXGraph, input: ONNXValue, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        let kernel = try weights.values("kernel", shape: [input.width, units])
        return graph.dense(input, kernel, try weights.values("bias", shape: [units]), units: units, .sigmoid)
    }

    /// Adds the way back, the mean of the visible units: sigmoid(h Wᵀ + a), or h Wᵀ + a.
    func addBack(to graph: inout ONNXGraph, hidden: ONNXValue, visible count: Int, weights: LayerWeights) throws(ONNXRefusal) -> ONNXValue {
        let kernel = try weights.values("kernel", shape: [count, units])
        let turned = ONNXGraph.turned(kernel, columns: units)
        let bias = try weights.values("visible_bias", shape: [count])
        return graph.dense(hidden, turned, bias, units: count, visible == .bernoulli ? .sigmoid : .linear)
    }
}

extension ONNXGraph {
    /// The same matrix, row-major, with its axes exchanged.
    fileprivate static func turned(_ numbers: [Float], columns: Int) -> [Float] {
        let rows = numbers.count / columns
        return (0..<columns).flatMap { column in (0..<rows).map { numbers[$0 * columns + column] } }
    }

    /// activation(x W + b), with the kernel W `[inputs, units]`, row-major.
    fileprivate mutating func dense(
        _ input: ONNXValue, _ kernel: [Float], _ bias: [Float]?, units: Int, _ activation: Activation
    ) -> ONNXValue {
        let kernel = tensor(kernel, shape: [input.width, units])
        let bias = bias.map { [tensor($0, shape: [units])] } ?? []
        var sum: String
        if input.shape.count == 1 {
            sum = node("Gemm", [input.name, kernel] + bias)
        } else {
            sum = node("MatMul", [input.name, kernel])
            if let bias = bias.first { sum = node("Add", [sum, bias]) }
        }
        return ONNXValue(name: activation.add(to: &self, input: sum), shape: input.shape.dropLast() + [units])
    }
}
