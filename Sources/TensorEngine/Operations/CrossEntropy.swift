import CVector

/// Softmax and cross-entropy in one, from logits z `[rows, classes]` and as many labels, of any shape: ln Σ e^z - z_label for each row, `[rows]`.
///
/// Gradient with respect to z: (softmax(z) - onehot(label)) g.
package struct SoftmaxCrossEntropy: KernelOperation {
    package var name: String { "softmax cross-entropy" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].rank == 2, inputs[1].count == inputs[0].rows else {
            throw mismatch(inputs, expected: "logits [rows, classes] and a label for each row")
        }
        return [inputs[0].rows]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(SoftmaxCrossEntropyGradient(), [inputs[0], inputs[1], upstream]), nil]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        let shape = inputs[0].shape
        emitter.add(
            SoftmaxCrossEntropyKernel(
                logits: inputs[0].floats, labels: inputs[1].integers, rows: shape.rows, columns: shape.columns,
                room: emitter.room(for: Float.self, count: shape.columns), result: output.floats))
    }
}

struct SoftmaxCrossEntropyKernel: Kernel {
    let logits: UnsafePointer<Float>
    let labels: UnsafePointer<Int32>
    let rows: Int
    let columns: Int
    let room: UnsafeMutablePointer<Float>
    let result: UnsafeMutablePointer<Float>

    func run() {
        for row in 0..<rows {
            let z = logits + row * columns
            let (maximum, sum) = exponentials(of: z, count: columns, into: room)
            let label = Int(labels[row])
            let distance = maximum - z[label]
            if room[label] == 1 {
                // The label has the largest logit: beside its 1 the powers of the others may be lost.
                room[label] = 0
                result[row] = distance + logarithmOfOne(plus: sumOfPowers())
            } else {
                result[row] = distance + logarithm(Vector(repeating: sum))[0]
            }
        }
    }

    private func sumOfPowers() -> Float {
        var sums = Vector(repeating: 0)
        var i = 0
        while i + lanes <= columns {
            sums += load(room + i)
            i += lanes
        }
        if i < columns { sums += load(room + i).replacing(with: Vector(repeating: 0), where: .!firstLanes(columns - i)) }
        return cvector_sum(sums)
    }

    /// ln(1 + u) for u of at least 0.
    private func logarithmOfOne(plus u: Float) -> Float {
        u <= 1 ? logarithmOfOnePlus(Vector(repeating: u))[0] : logarithm(Vector(repeating: 1 + u))[0]
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// (softmax(z) - onehot(label)) g for each example: the gradient of ``SoftmaxCrossEntropy``, `[batch, classes]`.
package struct SoftmaxCrossEntropyGradient: KernelOperation {
    package init() {}
    package var name: String { "softmax cross-entropy gradient" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 3, inputs[0].rank == 2, inputs[1].count == inputs[0].rows, inputs[2].dimensions == [inputs[0].rows]
        else {
            throw mismatch(inputs, expected: "logits [rows, classes], a label for each row and gradients [rows]")
        }
        return inputs[0]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let probabilities = try graph.softmax(inputs[0])
        let rows = inputs[0].shape.rows
        let weight = try graph.add(Reshape(target: [rows, 1]), [inputs[2]])
        let throughSoftmax = try probabilitiesGradient(probabilities, graph.multiply(upstream, weight), in: &graph)
        let difference = try graph.subtract(probabilities, graph.oneHot(inputs[1], classes: inputs[0].shape.columns))
        let toWeight = try graph.sumOfColumns(graph.multiply(upstream, difference))
        return [throughSoftmax, nil, try graph.add(Reshape(target: [rows]), [toWeight])]
    }

    private func probabilitiesGradient(_ y: Value, _ g: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        try graph.multiply(graph.subtract(g, graph.sumOfColumns(graph.multiply(g, y))), y)
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            SoftmaxCrossEntropyGradientKernel(
                logits: inputs[0].floats, labels: inputs[1].integers, upstream: inputs[2].floats, rows: output.shape.rows,
                columns: output.shape.columns, result: output.floats))
    }
}

struct SoftmaxCrossEntropyGradientKernel: Kernel {
    let logits: UnsafePointer<Float>
    let labels: UnsafePointer<Int32>
    let upstream: UnsafePointer<Float>
    let rows: Int
    let columns: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        for row in 0..<rows {
            let y = result + row * columns
            let factor = upstream[row] / exponentials(of: logits + row * columns, count: columns, into: y).sum
            for column in 0..<columns { y[column] *= factor }
            y[Int(labels[row])] -= upstream[row]
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// ln(1 + e^z) - z y for logits z and targets y in [0, 1]: binary cross-entropy of sigmoid(z). Gradient: (sigmoid(z) - y) g.
package struct SigmoidCrossEntropy: ElementwiseOperation {
    package var name: String { "sigmoid cross-entropy" }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [
            try graph.reduce(graph.multiply(upstream, graph.subtract(graph.sigmoid(inputs[0]), inputs[1])), to: inputs[0].shape),
            try graph.reduce(graph.scale(graph.multiply(upstream, inputs[0]), by: -1), to: inputs[1].shape),
        ]
    }

    /// (max(z, 0) - z y) + ln(1 + e^-|z|): what cancels is taken first, so that a sure and right answer keeps its small loss.
    @inline(__always)
    private static func value(_ z: Vector, _ y: Vector) -> Vector {
        (larger(z, than: Vector(repeating: 0)) - z * y) + logarithmOfOnePlus(exponential(-cvector_abs(z)))
    }

    var function: ElementwiseFunction { { result, z, y, count, _ in forEachVector(result, z, y, count) { Self.value($0, $1) } } }
}

extension Graph {
    /// The cross-entropy of softmax(logits) `[batch, classes]` with labels `[batch]`, for each example.
    public mutating func softmaxCrossEntropy(logits: Value, labels: Value) throws(ShapeError) -> Value {
        try add(SoftmaxCrossEntropy(), [logits, labels])
    }

    /// The binary cross-entropy of sigmoid(logits) with targets in [0, 1], element by element.
    public mutating func sigmoidCrossEntropy(logits: Value, targets: Value) throws(ShapeError) -> Value {
        try add(SigmoidCrossEntropy(), [logits, targets])
    }
}
