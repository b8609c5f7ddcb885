/// A trained tensor, or other numbers that stay from step to step. Its memory belongs to a ``ParameterStore``, which finds it by name.
package struct Parameter: SourceOperation {
    package let path: String
    package let size: Shape
    package var name: String { "parameter \(path)" }
    package func shape(of inputs: [Shape]) -> Shape { size }
}

/// One number, known when the graph is built.
package struct Constant: SourceOperation {
    package let value: Float
    package var name: String { "constant" }
    package func shape(of inputs: [Shape]) -> Shape { [] }
}

/// The numbers of the examples of a batch, `[batch]`, written by whoever runs the program before each step.
package struct BatchRows: SourceOperation {
    package let batch: Int
    package var name: String { "batch rows" }
    package var elementType: ElementType { .int32 }
    package func shape(of inputs: [Shape]) -> Shape { [batch] }
}

extension Graph {
    /// The trained tensor named `path`, of the given shape.
    public mutating func parameter(_ path: String, _ shape: Shape) throws(ShapeError) -> Value {
        try add(Parameter(path: path, size: shape))
    }

    /// A scalar constant.
    public mutating func constant(_ value: Float) throws(ShapeError) -> Value { try add(Constant(value: value)) }

    /// The numbers of the examples of a batch, of shape `[batch]`; a graph has at most one.
    public mutating func batchRows(_ batch: Int) throws(ShapeError) -> Value { try add(BatchRows(batch: batch)) }
}
