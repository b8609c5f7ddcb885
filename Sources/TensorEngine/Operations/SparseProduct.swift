/// Rows outside the engine of which few columns are not 0: for each row those columns and, unless all hold a one (multi-hot rows), their numbers.
/// Read-only, and alive as long as `owner`.
public struct SparseTable: @unchecked Sendable {
    /// Where each row's columns begin, and after the last row where they end: `rows + 1` places.
    public let offsets: UnsafePointer<Int32>
    /// The columns that are stored, ascending within a row, without repeats.
    public let columnNumbers: UnsafePointer<Int32>
    /// The number in each of these columns; nil where all are ones.
    public let values: UnsafePointer<Float>?
    /// The number of rows.
    public let rows: Int
    /// The number of columns of the table that the rows stand for.
    public let columns: Int
    /// The most columns that a row names.
    public let longestRow: Int
    /// Whatever keeps the memory.
    public let owner: AnyObject

    /// A table over memory that `owner` keeps.
    public init(
        offsets: UnsafePointer<Int32>, columnNumbers: UnsafePointer<Int32>, values: UnsafePointer<Float>? = nil, rows: Int, columns: Int,
        owner: AnyObject
    ) {
        self.offsets = offsets
        self.columnNumbers = columnNumbers
        self.values = values
        self.rows = rows
        self.columns = columns
        self.owner = owner
        longestRow = (0..<rows).reduce(0) { max($0, Int(offsets[$1 + 1] - offsets[$1])) }
    }
}

/// The product of a batch of sparse rows with weights: `[batch]` row numbers and `[columns, units]` → `[batch, units]`.
///
/// Each result row is the sum of the weight rows that its example names, each times its number; the matrix of the rows is never built.
/// Gradient with respect to the weights: for each column, the sum of the upstream rows of the examples that name it, each times its number there.
package struct SparseProduct: EpilogueOperation {
    package let table: SparseTable
    package var name: String { "sparse product" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].rank == 1, inputs[1].rank == 2, inputs[1].rows == table.columns else {
            throw mismatch(inputs, expected: "row numbers [batch] and weights [\(table.columns), units]")
        }
        return [inputs[0].count, inputs[1].columns]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [nil, try graph.add(SparseProductGradient(table: table), [inputs[0], upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand, epilogue: Epilogue?) {
        emitter.add(
            SparseProductKernel(
                table: BatchOfSparseRows(table, rows: inputs[0], emitter: emitter), weights: inputs[1].floats,
                units: output.shape.columns, result: output.floats, epilogue: epilogue.map { UnsafePointer(emitter.keep([$0])) }))
    }
}

/// The gradient of a ``SparseProduct`` with respect to its weights: `[batch]` and `[batch, units]` → `[columns, units]`.
package struct SparseProductGradient: UpdatingOperation {
    package let table: SparseTable
    package init(table: SparseTable) { self.table = table }
    package var name: String { "sparse product gradient" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[1].rank == 2, inputs[0].dimensions == [inputs[1].rows] else {
            throw mismatch(inputs, expected: "row numbers [batch] and gradients [batch, units]")
        }
        return [table.columns, inputs[1].columns]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [nil, try graph.add(SparseProduct(table: table), [inputs[0], upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            SparseProductGradientKernel(
                table: BatchOfSparseRows(table, rows: inputs[0], emitter: emitter), columns: table.columns,
                upstream: inputs[1].floats, units: output.shape.columns, result: output.floats))
    }

    /// Where an element without gradient moves, every row must be visited.
    func suits(_ rule: any UpdateRule) -> Bool { rule.idle != .moves }

    func emit(_ emitter: Emitter, inputs: [Operand], shape: Shape, update: ParameterChange) throws(ShapeError) {
        emitter.add(
            try SparseUpdateKernel(
                BatchOfSparseRows(table, rows: inputs[0], emitter: emitter), columns: table.columns, longestRow: table.longestRow,
                upstream: inputs[1], update: update, emitter: emitter))
    }
}

/// The rows of a sparse table that a batch names, as plain memory.
struct BatchOfSparseRows: BitwiseCopyable {
    let offsets: UnsafePointer<Int32>
    let columnNumbers: UnsafePointer<Int32>
    /// The numbers in the columns; nil where all are ones.
    let values: UnsafePointer<Float>?
    let rows: UnsafePointer<Int32>
    let count: Int

    init(_ table: SparseTable, rows: Operand, emitter: Emitter) {
        emitter.hold(table.owner)
        offsets = table.offsets
        columnNumbers = table.columnNumbers
        values = table.values
        self.rows = UnsafePointer(rows.integers)
        count = rows.shape.count
    }

    /// A row for each of the whole numbers, which names that column alone.
    init(tokens: Operand, emitter: Emitter) {
        count = tokens.shape.count
        let places = emitter.keep((0...Int32(truncatingIfNeeded: count)).map { $0 })
        (offsets, rows) = (UnsafePointer(places), UnsafePointer(places))
        columnNumbers = UnsafePointer(tokens.integers)
        values = nil
    }

    /// The columns of the example at `place` of the batch.
    @inline(__always)
    subscript(place: Int) -> UnsafeBufferPointer<Int32> {
        let row = Int(rows[place])
        let start = Int(offsets[row])
        return UnsafeBufferPointer(start: columnNumbers + start, count: Int(offsets[row + 1]) - start)
    }

    /// Where the numbers of the example at `place` begin among all.
    @inline(__always)
    func start(of place: Int) -> Int { Int(offsets[Int(rows[place])]) }
}

struct SparseProductKernel: Kernel {
    let table: BatchOfSparseRows
    let weights: UnsafePointer<Float>
    let units: Int
    let result: UnsafeMutablePointer<Float>
    let epilogue: UnsafePointer<Epilogue>?

    func run() {
        if let values = table.values {
            for example in 0..<table.count {
                sumOfRows(
                    table[example], times: NumberPerRow(values + table.start(of: example)), of: weights, units: units, fetching: 2,
                    into: result + example * units)
            }
        } else {
            for example in 0..<table.count {
                sumOfRows(table[example], times: OneEach(), of: weights, units: units, fetching: 2, into: result + example * units)
            }
        }
        epilogue?.pointee.run()
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

struct SparseProductGradientKernel: Kernel {
    let table: BatchOfSparseRows
    let columns: Int
    let upstream: UnsafePointer<Float>
    let units: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        result.update(repeating: 0, count: columns * units)
        for example in 0..<table.count {
            let source = upstream + example * units
            let columns = table[example]
            if let values = table.values {
                let start = table.start(of: example)
                for place in columns.indices {
                    let target = result + Int(columns[place]) * units
                    let value = values[start + place]
                    for unit in 0..<units { target[unit] += source[unit] * value }
                }
            } else {
                for column in columns {
                    let target = result + Int(column) * units
                    for unit in 0..<units { target[unit] += source[unit] }
                }
            }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// The product of the rows of `table` that `rows` names with `weights` `[columns, units]`: `[batch, units]`.
    public mutating func sparseProduct(_ table: SparseTable, _ rows: Value, _ weights: Value) throws(ShapeError) -> Value {
        try add(SparseProduct(table: table), [rows, weights])
    }
}
