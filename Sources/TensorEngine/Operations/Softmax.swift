import CVector

/// e^x / Σ e^x along each row, computed from x - max x: `[rows, classes]`. Gradient: y (g - Σ g y).
package struct Softmax: KernelOperation {
    package var name: String { "softmax" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank >= 1 else { throw mismatch(inputs, expected: "at least one axis") }
        return inputs[0]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let weighted = try graph.multiply(upstream, output)
        let centred = try graph.subtract(upstream, graph.sumOfColumns(weighted))
        return [try graph.multiply(centred, output)]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        let shape = output.shape
        emitter.add(SoftmaxKernel(logits: inputs[0].floats, rows: shape.rows, columns: shape.columns, result: output.floats))
    }
}

struct SoftmaxKernel: Kernel {
    let logits: UnsafePointer<Float>
    let rows: Int
    let columns: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        for row in 0..<rows {
            let (x, y) = (logits + row * columns, result + row * columns)
            let factor = 1 / exponentials(of: x, count: columns, into: y).sum
            for column in 0..<columns { y[column] *= factor }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// Writes e^(x - max x) for each of `count` elements; gives the maximum and the sum of what was written.
@inline(__always)
func exponentials(
    of x: UnsafePointer<Float>, count: Int, into result: UnsafeMutablePointer<Float>
) -> (maximum: Float, sum: Float) {
    var maximum = x[0]
    // A logit that is not a number makes its power and so the sum not a number: it reaches the loss whatever the maximum is.
    for i in 1..<max(count, 1) where !(x[i] <= maximum) { maximum = x[i] }
    let top = Vector(repeating: maximum)
    var sums = Vector(repeating: 0)
    var i = 0
    while i + lanes <= count {
        let powers = exponential(load(x + i) - top)
        store(powers, to: result + i)
        sums += powers
        i += lanes
    }
    if i < count {
        let outside = .!firstLanes(count - i)
        let powers = exponential(load(x + i) - top).replacing(with: Vector(repeating: 0), where: outside)
        sums += powers
        for lane in 0..<count - i { result[i + lane] = powers[lane] }
    }
    return (maximum, cvector_sum(sums))
}

extension Graph {
    /// e^x / Σ e^x along each row.
    public mutating func softmax(_ x: Value) throws(ShapeError) -> Value { try add(Softmax(), [x]) }
}
