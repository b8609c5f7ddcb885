/// x - ln Σ e^x along each row: `[rows, classes]`. Gradient: g - softmax(x) Σ g.
package struct LogSoftmax: KernelOperation {
    package var name: String { "log softmax" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank >= 1 else { throw mismatch(inputs, expected: "at least one axis") }
        return inputs[0]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let share = try graph.multiply(graph.softmax(inputs[0]), graph.sumOfColumns(upstream))
        return [try graph.subtract(upstream, share)]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        let shape = output.shape
        emitter.add(LogSoftmaxKernel(logits: inputs[0].floats, rows: shape.rows, columns: shape.columns, result: output.floats))
    }
}

struct LogSoftmaxKernel: Kernel {
    let logits: UnsafePointer<Float>
    let rows: Int
    let columns: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        for row in 0..<rows {
            let (x, y) = (logits + row * columns, result + row * columns)
            let (maximum, sum) = exponentials(of: x, count: columns, into: y)
            let logarithmOfSum = logarithm(Vector(repeating: sum))[0]
            for column in 0..<columns { y[column] = x[column] - maximum - logarithmOfSum }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// x - ln Σ e^x along each row.
    public mutating func logSoftmax(_ x: Value) throws(ShapeError) -> Value { try add(LogSoftmax(), [x]) }
}
