/// max(x, 0). Gradient: g where the result is positive, else 0.
package struct Relu: ElementwiseOperation {
    package var name: String { "relu" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(ReluGradient(), [upstream, output])]
    }

    var function: ElementwiseFunction {
        { result, a, _, count, _ in forEachVector(result, a, count) { larger($0, than: Vector(repeating: 0)) } }
    }
}

/// g where y > 0, else 0: the gradient of ``Relu``, from its result y.
package struct ReluGradient: ElementwiseOperation {
    package init() {}
    package var name: String { "relu gradient" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(ReluGradient(), [upstream, inputs[1]]), nil]
    }

    var function: ElementwiseFunction {
        { result, g, y, count, _ in
            forEachVector(result, g, y, count) { g, y in wherePositive(y, g) }
        }
    }
}

/// 1 where x > 0, else 0. No gradient flows through it.
package struct Step: ElementwiseOperation {
    package var name: String { "step" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] { [nil] }

    var function: ElementwiseFunction {
        { result, a, _, count, _ in forEachVector(result, a, count) { wherePositive($0, Vector(repeating: 1)) } }
    }
}

/// 1 / (1 + e^-x). Gradient: g y (1 - y) for the result y.
package struct Sigmoid: ElementwiseOperation {
    package var name: String { "sigmoid" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(SigmoidGradient(), [upstream, output])]
    }

    var function: ElementwiseFunction { { result, a, _, count, _ in forEachVector(result, a, count) { logistic($0) } } }
}

/// g y (1 - y): the gradient of ``Sigmoid``, from its result y.
package struct SigmoidGradient: ElementwiseOperation {
    package init() {}
    package var name: String { "sigmoid gradient" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let slope = try graph.add(SigmoidGradient(), [upstream, inputs[1]])
        let bend = try graph.multiply(graph.multiply(upstream, inputs[0]), graph.subtract(graph.constant(1), graph.scale(inputs[1], by: 2)))
        return [slope, bend]
    }

    @inline(__always)
    private static func value(_ g: Vector, _ y: Vector) -> Vector { g * (y - y * y) }

    var function: ElementwiseFunction { { result, g, y, count, _ in forEachVector(result, g, y, count) { Self.value($0, $1) } } }
}

/// (e^x - e^-x) / (e^x + e^-x). Gradient: g (1 - y²) for the result y.
package struct Tanh: ElementwiseOperation {
    package var name: String { "tanh" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(TanhGradient(), [upstream, output])]
    }

    var function: ElementwiseFunction { { result, a, _, count, _ in forEachVector(result, a, count) { hyperbolicTangent($0) } } }
}

/// g (1 - y²): the gradient of ``Tanh``, from its result y.
package struct TanhGradient: ElementwiseOperation {
    package init() {}
    package var name: String { "tanh gradient" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let slope = try graph.add(TanhGradient(), [upstream, inputs[1]])
        return [slope, try graph.scale(graph.multiply(graph.multiply(upstream, inputs[0]), inputs[1]), by: -2)]
    }

    @inline(__always)
    private static func value(_ g: Vector, _ y: Vector) -> Vector { g - g * y * y }

    var function: ElementwiseFunction { { result, g, y, count, _ in forEachVector(result, g, y, count) { Self.value($0, $1) } } }
}

extension Graph {
    /// max(x, 0), element by element.
    public mutating func relu(_ x: Value) throws(ShapeError) -> Value { try add(Relu(), [x]) }

    /// 1 where x > 0, else 0, element by element.
    public mutating func step(_ x: Value) throws(ShapeError) -> Value { try add(Step(), [x]) }

    /// 1 / (1 + e^-x), element by element.
    public mutating func sigmoid(_ x: Value) throws(ShapeError) -> Value { try add(Sigmoid(), [x]) }

    /// The hyperbolic tangent, element by element.
    public mutating func tanh(_ x: Value) throws(ShapeError) -> Value { try add(Tanh(), [x]) }
}
