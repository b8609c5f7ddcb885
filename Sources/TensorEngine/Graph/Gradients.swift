extension Graph {
    /// Adds the gradients of the scalar `loss` with respect to `targets`, by reverse-mode differentiation from graph to graph.
    ///
    /// Nodes are visited from the last to the first; each hands its output's gradient on to its inputs by its own rule, and
    /// gradients that reach a value on several paths are added. A target on which the loss does not depend gets zeros.
    /// Source: Griewank and Walther, *Evaluating Derivatives*, chapter 3.
    ///
    /// - Throws: ``ShapeError`` when the loss is not a scalar.
    public mutating func gradients(of loss: Value, for targets: [Value]) throws(ShapeError) -> [Value] {
        guard loss.shape == [] else {
            throw ShapeError(operation: "gradient", shapes: [loss.shape], expected: "a scalar loss, of shape []")
        }
        var needed = Set(targets.map(\.index))
        for node in nodes[...loss.index] where node.inputs.contains(where: { needed.contains($0.index) }) {
            needed.insert(node.output.index)
        }
        var gradient: [Int: Value] = [loss.index: try constant(1)]
        for index in stride(from: loss.index, through: 0, by: -1) {
            guard needed.contains(index), let upstream = gradient[index] else { continue }
            let node = nodes[index]
            guard !node.inputs.isEmpty else { continue }
            let handedOn = try node.operation.gradients(inputs: node.inputs, output: node.output, upstream: upstream, in: &self)
            for (input, part) in zip(node.inputs, handedOn) {
                guard let part, needed.contains(input.index) else { continue }
                if let sum = gradient[input.index] {
                    gradient[input.index] = try add(Add(), [sum, part])
                } else {
                    gradient[input.index] = part
                }
            }
        }
        var results: [Value] = []
        for target in targets {
            if let found = gradient[target.index] {
                results.append(found)
            } else {
                results.append(try broadcast(constant(0), to: target.shape))
            }
        }
        return results
    }

    /// Sums `gradient` over the axes along which a value of `shape` was repeated.
    mutating func reduce(_ gradient: Value, to shape: Shape) throws(ShapeError) -> Value {
        if gradient.shape == shape { return gradient }
        if shape.count == 1 {
            let sum = try add(SumAll(), [gradient])
            return shape == [] ? sum : try broadcast(sum, to: shape)
        }
        if shape.dimensions == [gradient.shape.columns] { return try add(SumRows(), [gradient]) }
        if shape == gradient.shape.column { return try add(SumColumns(), [gradient]) }
        throw ShapeError(operation: "sum", shapes: [gradient.shape], expected: "a shape that \(shape) broadcasts to")
    }
}
