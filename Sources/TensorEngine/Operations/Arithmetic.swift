/// a + b. Gradient: handed on to both.
package struct Add: ElementwiseOperation {
    package init() {}
    package var name: String { "add" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.reduce(upstream, to: inputs[0].shape), try graph.reduce(upstream, to: inputs[1].shape)]
    }

    var function: ElementwiseFunction { { result, a, b, count, _ in forEachVector(result, a, b, count) { $0 + $1 } } }
}

/// a - b. Gradient: handed on to a, negated to b.
package struct Subtract: ElementwiseOperation {
    package var name: String { "subtract" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.reduce(upstream, to: inputs[0].shape), try graph.reduce(graph.scale(upstream, by: -1), to: inputs[1].shape)]
    }

    var function: ElementwiseFunction { { result, a, b, count, _ in forEachVector(result, a, b, count) { $0 - $1 } } }
}

/// a b, element by element. Gradient: the other factor times what is handed down ("product swaps").
package struct Multiply: ElementwiseOperation {
    package var name: String { "multiply" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [
            try graph.reduce(graph.multiply(upstream, inputs[1]), to: inputs[0].shape),
            try graph.reduce(graph.multiply(upstream, inputs[0]), to: inputs[1].shape),
        ]
    }

    var function: ElementwiseFunction { { result, a, b, count, _ in forEachVector(result, a, b, count) { $0 * $1 } } }
}

/// a / b, element by element. Gradient: g / b, and -g (a / b) / b.
package struct Divide: ElementwiseOperation {
    package var name: String { "divide" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let part = try graph.divide(upstream, inputs[1])
        return [
            try graph.reduce(part, to: inputs[0].shape),
            try graph.reduce(graph.scale(graph.multiply(part, output), by: -1), to: inputs[1].shape),
        ]
    }

    var function: ElementwiseFunction { { result, a, b, count, _ in forEachVector(result, a, b, count) { $0 / $1 } } }
}

/// The larger of a and b. Gradient: to the larger alone; where they are equal, to a.
package struct Maximum: ElementwiseOperation {
    package var name: String { "maximum" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let less = try graph.add(Less(), [inputs[0], inputs[1]])
        let toSecond = try graph.multiply(upstream, less)
        return [
            try graph.reduce(graph.subtract(upstream, toSecond), to: inputs[0].shape), try graph.reduce(toSecond, to: inputs[1].shape),
        ]
    }

    /// Not a number wins, whichever it is.
    @inline(__always)
    private static func value(_ a: Vector, _ b: Vector) -> Vector { a.replacing(with: b, where: (a .< b) .| .!(b .== b)) }

    var function: ElementwiseFunction { { result, a, b, count, _ in forEachVector(result, a, b, count) { Self.value($0, $1) } } }
}

/// 1 where a < b, else 0. No gradient flows through it.
package struct Less: ElementwiseOperation {
    package init() {}
    package var name: String { "less" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) -> [Value?] { [nil, nil] }

    @inline(__always)
    private static func value(_ a: Vector, _ b: Vector) -> Vector {
        Vector(repeating: 0).replacing(with: Vector(repeating: 1), where: a .< b)
    }

    var function: ElementwiseFunction { { result, a, b, count, _ in forEachVector(result, a, b, count) { Self.value($0, $1) } } }
}

/// c x for a constant c. Gradient: c g.
package struct Scale: ElementwiseOperation {
    package let factor: Float
    package var name: String { "scale" }
    var constant: Float { factor }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.scale(upstream, by: factor)]
    }

    var function: ElementwiseFunction {
        { result, a, _, count, constant in
            let factor = Vector(repeating: constant)
            forEachVector(result, a, count) { $0 * factor }
        }
    }
}

extension Graph {
    /// a + b; either may be a scalar, a row or a column of the other.
    public mutating func add(_ a: Value, _ b: Value) throws(ShapeError) -> Value { try add(Add(), [a, b]) }

    /// a - b; either may be a scalar, a row or a column of the other.
    public mutating func subtract(_ a: Value, _ b: Value) throws(ShapeError) -> Value { try add(Subtract(), [a, b]) }

    /// a b, element by element; either may be a scalar, a row or a column of the other.
    public mutating func multiply(_ a: Value, _ b: Value) throws(ShapeError) -> Value { try add(Multiply(), [a, b]) }

    /// a / b, element by element; either may be a scalar, a row or a column of the other.
    public mutating func divide(_ a: Value, _ b: Value) throws(ShapeError) -> Value { try add(Divide(), [a, b]) }

    /// The larger of a and b, element by element.
    public mutating func maximum(_ a: Value, _ b: Value) throws(ShapeError) -> Value { try add(Maximum(), [a, b]) }

    /// x times a constant.
    public mutating func scale(_ x: Value, by factor: Float) throws(ShapeError) -> Value {
        factor == 1 ? x : try add(Scale(factor: factor), [x])
    }
}
