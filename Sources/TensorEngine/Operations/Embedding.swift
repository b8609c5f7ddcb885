/// The row of a matrix that each whole number names: `[batch, length]` and `[vocabulary, units]` → `[batch, length, units]`.
///
/// Gradient with respect to the matrix: for each row the sum of the upstream rows of the places that name it, in their order.
package struct Embedding: KernelOperation {
    package init() {}
    package var name: String { "embedding" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].rank >= 1, inputs[1].rank == 2 else {
            throw mismatch(inputs, expected: "whole numbers and a matrix [vocabulary, units]")
        }
        return Shape(inputs[0].dimensions + [inputs[1].columns])
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [nil, try graph.add(EmbeddingGradient(vocabulary: inputs[1].shape.rows), [inputs[0], upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            EmbeddingKernel(
                tokens: inputs[0].integers, count: inputs[0].shape.count, matrix: inputs[1].floats, units: output.shape.columns,
                result: output.floats))
    }
}

struct EmbeddingKernel: Kernel {
    let tokens: UnsafePointer<Int32>
    let count: Int
    let matrix: UnsafePointer<Float>
    let units: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        for place in 0..<count { (result + place * units).update(from: matrix + Int(tokens[place]) * units, count: units) }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// The gradient of an ``Embedding`` with respect to its matrix: `[batch, length]` and `[batch, length, units]` → `[vocabulary, units]`.
package struct EmbeddingGradient: UpdatingOperation {
    package let vocabulary: Int
    package init(vocabulary: Int) { self.vocabulary = vocabulary }
    package var name: String { "embedding gradient" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[1].rank >= 1, inputs[0].dimensions == Array(inputs[1].dimensions.dropLast()) else {
            throw mismatch(inputs, expected: "whole numbers, and a row of gradients for each")
        }
        return [vocabulary, inputs[1].columns]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [nil, try graph.add(Embedding(), [inputs[0], upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            EmbeddingGradientKernel(
                tokens: inputs[0].integers, count: inputs[0].shape.count, upstream: inputs[1].floats, vocabulary: vocabulary,
                units: output.shape.columns, result: output.floats))
    }

    /// Where an element without gradient moves, every row must be visited.
    func suits(_ rule: any UpdateRule) -> Bool { rule.idle != .moves }

    func emit(_ emitter: Emitter, inputs: [Operand], shape: Shape, update: ParameterChange) throws(ShapeError) {
        let rows = BatchOfSparseRows(tokens: inputs[0], emitter: emitter)
        emitter.add(
            try SparseUpdateKernel(rows, columns: vocabulary, longestRow: 1, upstream: inputs[1], update: update, emitter: emitter))
    }
}

struct EmbeddingGradientKernel: Kernel {
    let tokens: UnsafePointer<Int32>
    let count: Int
    let upstream: UnsafePointer<Float>
    let vocabulary: Int
    let units: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        result.update(repeating: 0, count: vocabulary * units)
        for place in 0..<count {
            let (source, target) = (upstream + place * units, result + Int(tokens[place]) * units)
            for unit in 0..<units { target[unit] += source[unit] }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// The rows of `matrix` that `tokens` name.
    public mutating func embed(_ tokens: Value, _ matrix: Value) throws(ShapeError) -> Value { try add(Embedding(), [tokens, matrix]) }
}
