/// The rows of a sparse table that a batch names, with their zeros: `[batch]` → `[batch, columns]`. The table is data: no gradient flows into it.
package struct GatherSparseRows: KernelOperation {
    package let table: SparseTable
    package var name: String { "gather" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 1 else { throw mismatch(inputs, expected: "row numbers of shape [batch]") }
        return [inputs[0].count, table.columns]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) -> [Value?] { [nil] }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            GatherSparseRowsKernel(
                table: BatchOfSparseRows(table, rows: inputs[0], emitter: emitter), columns: table.columns, result: output.floats))
    }
}

struct GatherSparseRowsKernel: Kernel {
    let table: BatchOfSparseRows
    let columns: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        result.update(repeating: 0, count: table.count * columns)
        for example in 0..<table.count {
            let (row, named, start) = (result + example * columns, table[example], table.start(of: example))
            for place in named.indices { row[Int(named[place])] = table.values?[start + place] ?? 1 }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// The rows of `table` that `rows` names, with their zeros: `[batch, columns]`.
    public mutating func gather(_ table: SparseTable, _ rows: Value) throws(ShapeError) -> Value {
        try add(GatherSparseRows(table: table), [rows])
    }
}
