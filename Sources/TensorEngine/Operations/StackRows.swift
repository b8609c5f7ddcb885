/// The rows of a, then those of b: `[m, columns]` and `[n, columns]` → `[m + n, columns]`. Gradient: the parts of g.
package struct StackRows: KernelOperation {
    package var name: String { "stacked rows" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs.allSatisfy({ $0.rank == 2 }), inputs[0].columns == inputs[1].columns else {
            throw mismatch(inputs, expected: "two matrices of as many columns")
        }
        return [inputs[0].rows + inputs[1].rows, inputs[0].columns]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let rows = inputs[0].shape.rows
        return [try graph.part(upstream, rows: 0..<rows), try graph.part(upstream, rows: rows..<upstream.shape.rows)]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            StackRowsKernel(
                first: inputs[0].floats, firstCount: inputs[0].shape.count, second: inputs[1].floats, secondCount: inputs[1].shape.count,
                result: output.floats))
    }
}

struct StackRowsKernel: Kernel {
    let first: UnsafePointer<Float>
    let firstCount: Int
    let second: UnsafePointer<Float>
    let secondCount: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        result.update(from: first, count: firstCount)
        (result + firstCount).update(from: second, count: secondCount)
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// The rows of a, then those of b.
    public mutating func stackRows(_ a: Value, _ b: Value) throws(ShapeError) -> Value { try add(StackRows(), [a, b]) }
}
