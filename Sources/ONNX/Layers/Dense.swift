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
        let kernel = (0..<columns).flatMap { column in (0..<units).map { numbers[$0 * columns + column] } }
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

extension ONNXGraph {
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
