import CVector

/// The sum of all elements, a scalar. Gradient: g, repeated.
package struct SumAll: KernelOperation {
    package var name: String { "sum" }

    package func shape(of inputs: [Shape]) -> Shape { [] }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.broadcast(upstream, to: inputs[0].shape)]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(SumColumnsKernel(source: inputs[0].floats, rows: 1, columns: inputs[0].shape.count, result: output.floats))
    }
}

/// The sum of each row: `[rows, columns]` → `[rows, 1]`. Gradient: g, repeated along the row.
package struct SumColumns: KernelOperation {
    package var name: String { "sum of columns" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank >= 1 else { throw mismatch(inputs, expected: "at least one axis") }
        return inputs[0].column
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.broadcast(upstream, to: inputs[0].shape)]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        let shape = inputs[0].shape
        emitter.add(SumColumnsKernel(source: inputs[0].floats, rows: shape.rows, columns: shape.columns, result: output.floats))
    }
}

/// The sum of each column: `[rows, columns]` → `[columns]`. Gradient: g, repeated for each row.
package struct SumRows: ColumnSumOperation {
    package init() {}
    package var name: String { "sum of rows" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank >= 1 else { throw mismatch(inputs, expected: "at least one axis") }
        return Shape([inputs[0].columns])
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.broadcast(upstream, to: inputs[0].shape)]
    }

    func kernel(input: Operand, output: Operand) -> SumRowsKernel {
        SumRowsKernel(source: input.floats, rows: input.shape.rows, columns: input.shape.columns, result: output.floats)
    }
}

/// Sums along rows: sixteen running sums, added as a tree, then the rest one by one.
struct SumColumnsKernel: Kernel {
    let source: UnsafePointer<Float>
    let rows: Int
    let columns: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        for row in 0..<rows {
            let start = source + row * columns
            let whole = columns & ~(lanes - 1)
            var sums = Vector(repeating: 0)
            for column in stride(from: 0, to: whole, by: lanes) { sums += load(start + column) }
            var sum = cvector_sum(sums)
            for column in whole..<columns { sum += start[column] }
            result[row] = sum
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// Sums along columns, sixty-four columns at a time, row by row.
struct SumRowsKernel: Kernel {
    let source: UnsafePointer<Float>
    let rows: Int
    let columns: Int
    let result: UnsafeMutablePointer<Float>

    func run() { run(columns: 0..<columns) }

    /// Only the columns of the range, which begins at a whole vector and ends at one or with the matrix.
    func run(columns range: Range<Int>) { run(columns: range, rows: 0..<rows, adds: false) }

    /// Only some rows of them, whose sum is written or added to what stands there.
    func run(columns range: Range<Int>, rows: Range<Int>, adds: Bool) {
        let source = source + rows.lowerBound * columns
        func finish(_ sum: Vector, _ column: Int) -> Vector { adds ? load(result + column) + sum : sum }
        var column = range.lowerBound
        while column + 4 * lanes <= range.upperBound {
            var (a, b, c, d) = (Vector(repeating: 0), Vector(repeating: 0), Vector(repeating: 0), Vector(repeating: 0))
            var at = source + column
            for _ in rows {
                a += load(at)
                b += load(at + lanes)
                c += load(at + 2 * lanes)
                d += load(at + 3 * lanes)
                at += columns
            }
            store(finish(a, column), to: result + column)
            store(finish(b, column + lanes), to: result + column + lanes)
            store(finish(c, column + 2 * lanes), to: result + column + 2 * lanes)
            store(finish(d, column + 3 * lanes), to: result + column + 3 * lanes)
            column += 4 * lanes
        }
        // The rest as whole vectors: what lies beyond the row is summed into the result's padding.
        while column < range.upperBound {
            var sums = Vector(repeating: 0)
            var at = source + column
            for _ in rows {
                sums += load(at)
                at += columns
            }
            sums = finish(sums, column)
            if column + lanes <= columns {
                store(sums, to: result + column)
            } else {
                for lane in 0..<columns - column { result[column + lane] = sums[lane] }
            }
            column += lanes
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// The sum of all elements, a scalar.
    public mutating func sum(_ x: Value) throws(ShapeError) -> Value { try add(SumAll(), [x]) }

    /// The mean of all elements, a scalar.
    public mutating func mean(_ x: Value) throws(ShapeError) -> Value {
        try scale(sum(x), by: 1 / Float(x.shape.count))
    }

    /// The sum of each column of `[rows, columns]`.
    public mutating func sumOfRows(_ x: Value) throws(ShapeError) -> Value { try add(SumRows(), [x]) }

    /// The sum along the innermost axis, kept as an axis of size 1.
    public mutating func sumOfColumns(_ x: Value) throws(ShapeError) -> Value { try add(SumColumns(), [x]) }
}
