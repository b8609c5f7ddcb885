import CVector

/// Multi-hot rows outside the engine: for each row the columns that hold a one. Read-only, and alive as long as `owner`.
public struct SparseTable: @unchecked Sendable {
    /// Where each row's columns begin, and after the last row where they end: `rows + 1` places.
    public let offsets: UnsafePointer<Int32>
    /// The columns that hold a one, ascending within a row, without repeats.
    public let columnNumbers: UnsafePointer<Int32>
    /// The number of rows.
    public let rows: Int
    /// The number of columns of the table that the rows stand for.
    public let columns: Int
    /// The most ones that a row has.
    public let longestRow: Int
    /// Whatever keeps the memory.
    public let owner: AnyObject

    /// A table over memory that `owner` keeps.
    public init(offsets: UnsafePointer<Int32>, columnNumbers: UnsafePointer<Int32>, rows: Int, columns: Int, owner: AnyObject) {
        self.offsets = offsets
        self.columnNumbers = columnNumbers
        self.rows = rows
        self.columns = columns
        self.owner = owner
        longestRow = (0..<rows).reduce(0) { max($0, Int(offsets[$1 + 1] - offsets[$1])) }
    }

    /// The columns of a row.
    @inline(__always)
    func row(_ row: Int32) -> UnsafeBufferPointer<Int32> {
        let start = Int(offsets[Int(row)])
        return UnsafeBufferPointer(start: columnNumbers + start, count: Int(offsets[Int(row) + 1]) - start)
    }
}

/// The product of a batch of multi-hot rows with weights: `[batch]` row numbers and `[columns, units]` → `[batch, units]`.
///
/// Each result row is the sum of the weight rows that its example names; the multi-hot matrix is never built.
/// Gradient with respect to the weights: for each column, the sum of the upstream rows of the examples that name it.
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
        emitter.add(try SparseUpdateKernel(table, rows: inputs[0], upstream: inputs[1], update: update, emitter: emitter))
    }
}

/// The rows of a sparse table that a batch names, as plain memory.
struct BatchOfSparseRows: BitwiseCopyable {
    let offsets: UnsafePointer<Int32>
    let columnNumbers: UnsafePointer<Int32>
    let rows: UnsafePointer<Int32>
    let count: Int

    init(_ table: SparseTable, rows: Operand, emitter: Emitter) {
        emitter.hold(table.owner)
        offsets = table.offsets
        columnNumbers = table.columnNumbers
        self.rows = UnsafePointer(rows.integers)
        count = rows.shape.count
    }

    /// The columns of the example at `place` of the batch.
    @inline(__always)
    subscript(place: Int) -> UnsafeBufferPointer<Int32> {
        let row = Int(rows[place])
        let start = Int(offsets[row])
        return UnsafeBufferPointer(start: columnNumbers + start, count: Int(offsets[row + 1]) - start)
    }
}

struct SparseProductKernel: Kernel {
    let table: BatchOfSparseRows
    let weights: UnsafePointer<Float>
    let units: Int
    let result: UnsafeMutablePointer<Float>
    let epilogue: UnsafePointer<Epilogue>?

    func run() {
        for example in 0..<table.count {
            sumOfRows(table[example], of: weights, units: units, fetching: 2, into: result + example * units)
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
            for column in table[example] {
                let target = result + Int(column) * units
                for unit in 0..<units { target[unit] += source[unit] }
            }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// Writes the sum of the numbered rows of a `[…, units]` matrix to `result`, `units` floats.
///
/// Columns are taken in strips whose sums stay in registers: 256, then 64, then 16 wide, and a last strip whose surplus lanes are dropped.
/// In wide strips the row that is `fetching` rows ahead is asked for, unless that is 0: for a matrix that is larger than the cache.
@inline(__always)
func sumOfRows(
    _ rows: UnsafeBufferPointer<Int32>, of matrix: UnsafePointer<Float>, units: Int, fetching: Int = 0,
    into result: UnsafeMutablePointer<Float>
) {
    var unit = 0
    while unit + 256 <= units {
        sumOfWideStrips(rows, of: matrix + unit, units: units, fetching: fetching, into: result + unit)
        unit += 256
    }
    while unit + 64 <= units {
        var sum = Strip()
        for row in rows { sum.add(matrix + (Int(row) * units + unit)) }
        sum.store(to: result + unit)
        unit += 64
    }
    while unit < units {
        var sum = Vector(repeating: 0)
        for row in rows { sum += load(matrix + (Int(row) * units + unit)) }
        if unit + lanes <= units {
            store(sum, to: result + unit)
        } else {
            for lane in 0..<units - unit { result[unit + lane] = sum[lane] }
        }
        unit += lanes
    }
}

/// The first 256 columns of ``sumOfRows(_:of:units:into:)``, in sixteen registers.
@inline(__always)
private func sumOfWideStrips(
    _ rows: UnsafeBufferPointer<Int32>, of matrix: UnsafePointer<Float>, units: Int, fetching: Int, into result: UnsafeMutablePointer<Float>
) {
    var (a, b, c, d) = (Strip(), Strip(), Strip(), Strip())
    for place in rows.indices {
        if fetching > 0, place + fetching < rows.count {
            let ahead = matrix + Int(rows[place + fetching]) * units
            for line in stride(from: 0, to: 256, by: 16) { cvector_prefetch_to_read(ahead + line) }
        }
        let source = matrix + Int(rows[place]) * units
        a.add(source)
        b.add(source + 64)
        c.add(source + 128)
        d.add(source + 192)
    }
    a.store(to: result)
    b.store(to: result + 64)
    c.store(to: result + 128)
    d.store(to: result + 192)
}

/// Sixty-four running sums in four registers.
private struct Strip {
    var (a, b, c, d) = (Vector(repeating: 0), Vector(repeating: 0), Vector(repeating: 0), Vector(repeating: 0))

    @inline(__always)
    mutating func add(_ source: UnsafePointer<Float>) {
        a += load(source)
        b += load(source + lanes)
        c += load(source + 2 * lanes)
        d += load(source + 3 * lanes)
    }

    @inline(__always)
    func store(to target: UnsafeMutablePointer<Float>) {
        TensorEngine.store(a, to: target)
        TensorEngine.store(b, to: target + lanes)
        TensorEngine.store(c, to: target + 2 * lanes)
        TensorEngine.store(d, to: target + 3 * lanes)
    }
}

extension Graph {
    /// The product of the multi-hot rows of `table` that `rows` names with `weights` `[columns, units]`: `[batch, units]`.
    public mutating func sparseProduct(_ table: SparseTable, _ rows: Value, _ weights: Value) throws(ShapeError) -> Value {
        try add(SparseProduct(table: table), [rows, weights])
    }
}
