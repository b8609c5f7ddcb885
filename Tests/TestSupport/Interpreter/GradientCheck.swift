import TensorEngine

/// How far the gradients of a loss by its graph's rules are from central differences, for each parameter.
public struct GradientCheck {
    /// ``relativeError(_:_:)`` by the parameter's path.
    public let errors: [String: Double]

    /// The largest of ``errors``.
    public var worst: Double { errors.values.max() ?? 0 }

    /// Adds the gradients of the scalar `loss` to `graph` and compares them with (f(x + h) - f(x - h)) / 2h, parameter by parameter,
    /// all in Double at the interpreter's point.
    public init(of loss: Value, for parameters: [Value], in graph: Graph, at point: Interpreter, step: Double = 1e-5) throws {
        var extended = graph
        let gradients = try extended.gradients(of: loss, for: parameters)
        let values = try point.values(of: extended)
        var errors: [String: Double] = [:]
        for (parameter, gradient) in try paired(parameters, gradients) {
            guard let path = (graph.node(of: parameter).operation as? Parameter)?.path, let elements = point.parameters[path] else {
                continue
            }
            var differences: [Double] = []
            for place in elements.indices {
                let h = step * max(1, abs(elements[place]))
                var (above, below) = (point, point)
                above.parameters[path]?[place] += h
                below.parameters[path]?[place] -= h
                let rise = try above.values(of: graph)[loss.index].elements[0] - below.values(of: graph)[loss.index].elements[0]
                differences.append(rise / (2 * h))
            }
            errors[path] = relativeError(values[gradient.index].elements, differences)
        }
        self.errors = errors
    }
}
