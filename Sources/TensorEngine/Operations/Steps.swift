/// The first two axes exchanged: `[batch, steps, …]` → `[steps, batch, …]`, of numbers or of whole numbers. Gradient: exchanged back.
package struct SwapSteps: KernelOperation {
    package let elementType: ElementType
    package var name: String { "swap of steps" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank >= 2 else { throw mismatch(inputs, expected: "two axes or more") }
        let sizes = inputs[0].dimensions
        return Shape([sizes[1], sizes[0]] + sizes.dropFirst(2))
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        elementType == .int32 ? [nil] : [try graph.swapSteps(upstream)]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        let sizes = inputs[0].shape.dimensions
        emitter.add(
            SwapStepsKernel(
                source: inputs[0].floats, outer: sizes[0], inner: sizes[1], count: sizes.dropFirst(2).reduce(1, *), result: output.floats))
    }
}

/// Whole numbers are copied as the bits that they are.
struct SwapStepsKernel: Kernel {
    let source: UnsafePointer<Float>
    let outer: Int
    let inner: Int
    let count: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        for i in 0..<inner {
            for o in 0..<outer { (result + (i * outer + o) * count).update(from: source + (o * inner + i) * count, count: count) }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// The first axis from its end: `[steps, …]`. Gradient: turned back.
package struct ReverseSteps: KernelOperation {
    package init() {}
    package var name: String { "reversal of steps" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank >= 1 else { throw mismatch(inputs, expected: "at least one axis") }
        return inputs[0]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.add(ReverseSteps(), [upstream])]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        let sizes = inputs[0].shape.dimensions
        emitter.add(
            ReverseStepsKernel(
                source: inputs[0].floats, steps: sizes[0], count: sizes.dropFirst().reduce(1, *), result: output.floats))
    }
}

struct ReverseStepsKernel: Kernel {
    let source: UnsafePointer<Float>
    let steps: Int
    let count: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        for step in 0..<steps { (result + step * count).update(from: source + (steps - 1 - step) * count, count: count) }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// 0 where a whole number is 0, else 1: `[…]` → `[…]`. No gradient flows into whole numbers.
package struct TokenMask: KernelOperation {
    package init() {}
    package var name: String { "mask of words" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1 else { throw mismatch(inputs, expected: "whole numbers") }
        return inputs[0]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) -> [Value?] { [nil] }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(TokenMaskKernel(tokens: inputs[0].integers, count: output.shape.count, result: output.floats))
    }
}

struct TokenMaskKernel: Kernel {
    let tokens: UnsafePointer<Int32>
    let count: Int
    let result: UnsafeMutablePointer<Float>

    func run() { for place in 0..<count { result[place] = tokens[place] == 0 ? 0 : 1 } }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// The first two axes exchanged: `[batch, steps, …]` → `[steps, batch, …]`. What was exchanged before is given back, and of an embedding or of one-hot
    /// rows the words are exchanged, which are fewer.
    public mutating func swapSteps(_ x: Value) throws(ShapeError) -> Value {
        let node = node(of: x)
        if node.operation is SwapSteps { return node.inputs[0] }
        if node.operation is Embedding { return try embed(swapSteps(node.inputs[0]), node.inputs[1]) }
        if let hot = node.operation as? OneHot, x.shape.rank == 3 { return try oneHot(swapSteps(node.inputs[0]), classes: hot.classes) }
        return try add(SwapSteps(elementType: x.type), [x])
    }

    /// The first axis from its end.
    public mutating func reverseSteps(_ x: Value) throws(ShapeError) -> Value { try add(ReverseSteps(), [x]) }

    /// 0 where a whole number is 0, else 1.
    public mutating func maskOfWords(_ tokens: Value) throws(ShapeError) -> Value { try add(TokenMask(), [tokens]) }
}
