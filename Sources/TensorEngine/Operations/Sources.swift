/// A trained tensor, or other numbers that stay from step to step. Its memory belongs to a ``ParameterStore``, which finds it by name.
package struct Parameter: SourceOperation {
    package let path: String
    package let size: Shape
    package var name: String { "parameter \(path)" }
    package func shape(of inputs: [Shape]) -> Shape { size }

    func place(_ emitter: Emitter, shape: Shape) throws(ShapeError) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(try emitter.elements(path, shape))
    }
}

/// One number, known when the graph is built.
package struct Constant: SourceOperation {
    package let value: Float
    package var name: String { "constant" }
    package func shape(of inputs: [Shape]) -> Shape { [] }

    func place(_ emitter: Emitter, shape: Shape) -> UnsafeMutableRawPointer { UnsafeMutableRawPointer(emitter.keep([value])) }
}

/// The numbers of the examples of a batch, `[batch]`, written by whoever runs the program before each step.
package struct BatchRows: SourceOperation {
    package let batch: Int
    package var name: String { "batch rows" }
    package var elementType: ElementType { .int32 }
    package func shape(of inputs: [Shape]) -> Shape { [batch] }

    func place(_ emitter: Emitter, shape: Shape) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(emitter.roomForBatch(shape.count))
    }
}

extension Graph {
    /// The trained tensor named `path`, of the given shape: the same value whenever it is asked for, so that the gradient of a shared one is
    /// the sum over its uses.
    ///
    /// - Throws: ``ShapeError`` when it was asked for with another shape.
    public mutating func parameter(_ path: String, _ shape: Shape) throws(ShapeError) -> Value {
        if let known = parameters[path] {
            guard known.shape == shape else {
                throw ShapeError(operation: "parameter \(path)", shapes: [shape], expected: "\(known.shape), as where it was used before")
            }
            return known
        }
        let value = try add(Parameter(path: path, size: shape))
        parameters[path] = value
        return value
    }

    /// A scalar constant.
    public mutating func constant(_ value: Float) throws(ShapeError) -> Value { try add(Constant(value: value)) }

    /// The numbers of the examples of a batch, of shape `[batch]`: the same value whenever they are asked for.
    ///
    /// - Throws: ``ShapeError`` when they were asked for with another size.
    public mutating func batchRows(_ batch: Int) throws(ShapeError) -> Value {
        if let rows {
            guard rows.shape == [batch] else {
                throw ShapeError(operation: "batch rows", shapes: [[batch]], expected: "\(rows.shape), as where they were used before")
            }
            return rows
        }
        let value = try add(BatchRows(batch: batch))
        rows = value
        return value
    }
}
