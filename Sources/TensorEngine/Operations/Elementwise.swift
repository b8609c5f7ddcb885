/// An operation that computes each element of its result from the elements at the same place of one or two operands.
///
/// A smaller second or first operand is repeated: a scalar everywhere, a row `[columns]` for each row, a column `[rows, 1]` along
/// each row. Such operations are fused: a chain of them, and a product before it, is one pass over memory.
protocol ElementwiseOperation: Operation {
    /// What is done to a run of elements.
    var function: ElementwiseFunction { get }
    /// The last argument of ``function``.
    var constant: Float { get }
}

extension ElementwiseOperation {
    var constant: Float { 0 }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard let first = inputs.first else { throw mismatch(inputs, expected: "an operand") }
        guard inputs.count == 2 else { return first }
        if layout(of: inputs[1], under: first) != nil { return first }
        if layout(of: first, under: inputs[1]) != nil { return inputs[1] }
        throw mismatch(inputs, expected: "equal shapes, or a scalar, a row or a column of the other")
    }
}

/// How an operand of `shape` lies under a result, `nil` when it does not fit.
func layout(of shape: Shape, under result: Shape) -> ElementwiseLoop.Layout? {
    if shape == result { return .full }
    if shape.count == 1 { return .scalar }
    if shape.dimensions == [result.columns] { return result.rows == 1 ? .full : .row }
    if shape == result.column { return .column }
    return nil
}

/// x repeated to a larger shape. Gradient: the sum over what was repeated.
package struct BroadcastTo: ElementwiseOperation {
    package let target: Shape
    package init(target: Shape) { self.target = target }
    package var name: String { "broadcast" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard layout(of: inputs[0], under: target) != nil else {
            throw mismatch(inputs, expected: "a scalar, a row or a column of \(target)")
        }
        return target
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.reduce(upstream, to: inputs[0].shape)]
    }

    var function: ElementwiseFunction { { result, a, _, count, _ in forEachVector(result, a, count) { $0 } } }
}

extension Graph {
    /// `x` repeated to `shape`; `x` is a scalar, a row or a column of it.
    public mutating func broadcast(_ x: Value, to shape: Shape) throws(ShapeError) -> Value {
        x.shape == shape ? x : try add(BroadcastTo(target: shape), [x])
    }
}
