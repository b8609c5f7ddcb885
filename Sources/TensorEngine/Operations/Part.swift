/// Some rows and columns of a matrix. Gradient: ``Placed`` among zeros.
package struct Part: KernelOperation {
    package let rows: Range<Int>
    package let columns: Range<Int>
    package init(rows: Range<Int>, columns: Range<Int>) { (self.rows, self.columns) = (rows, columns) }
    package var name: String { "part" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 2, rows.upperBound <= inputs[0].rows, columns.upperBound <= inputs[0].columns else {
            throw mismatch(inputs, expected: "a matrix of \(rows.upperBound) rows and \(columns.upperBound) columns or more")
        }
        return [rows.count, columns.count]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(Placed(row: rows.lowerBound, column: columns.lowerBound, target: inputs[0].shape), [upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        let width = inputs[0].shape.columns
        emitter.add(
            PartKernel(
                source: inputs[0].floats + (rows.lowerBound * width + columns.lowerBound), sourceWidth: width, rows: rows.count,
                columns: columns.count, cleared: 0, result: output.floats, resultStart: 0, resultWidth: columns.count))
    }
}

/// A matrix as a part of a larger one of zeros. Gradient: that ``Part``.
package struct Placed: KernelOperation {
    package let row: Int
    package let column: Int
    package let target: Shape
    package init(row: Int, column: Int, target: Shape) { (self.row, self.column, self.target) = (row, column, target) }
    package var name: String { "placed part" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 2, target.rank == 2, row + inputs[0].rows <= target.rows,
            column + inputs[0].columns <= target.columns
        else { throw mismatch(inputs, expected: "a matrix that fits into \(target) from [\(row), \(column)] on") }
        return target
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let shape = inputs[0].shape
        return [try graph.add(Part(rows: row..<row + shape.rows, columns: column..<column + shape.columns), [upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        let shape = inputs[0].shape
        emitter.add(
            PartKernel(
                source: inputs[0].floats, sourceWidth: shape.columns, rows: shape.rows, columns: shape.columns, cleared: target.count,
                result: output.floats, resultStart: row * target.columns + column, resultWidth: target.columns))
    }
}

/// Copies a matrix row by row, after so many elements of the result were set to 0.
struct PartKernel: Kernel {
    let source: UnsafePointer<Float>
    let sourceWidth: Int
    let rows: Int
    let columns: Int
    let cleared: Int
    let result: UnsafeMutablePointer<Float>
    let resultStart: Int
    let resultWidth: Int

    func run() {
        result.update(repeating: 0, count: cleared)
        for row in 0..<rows {
            (result + (resultStart + row * resultWidth)).update(from: source + row * sourceWidth, count: columns)
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// Some rows of a matrix.
    public mutating func part(_ x: Value, rows: Range<Int>) throws(ShapeError) -> Value {
        try add(Part(rows: rows, columns: 0..<x.shape.columns), [x])
    }

    /// Some columns of a matrix.
    public mutating func part(_ x: Value, columns: Range<Int>) throws(ShapeError) -> Value {
        try add(Part(rows: 0..<x.shape.rows, columns: columns), [x])
    }

    /// Two matrices of as many rows side by side.
    public mutating func joinColumns(_ a: Value, _ b: Value) throws(ShapeError) -> Value {
        let shape: Shape = [a.shape.rows, a.shape.columns + b.shape.columns]
        return try add(
            add(Placed(row: 0, column: 0, target: shape), [a]), add(Placed(row: 0, column: a.shape.columns, target: shape), [b]))
    }
}
