import RandomNumbers

/// Fresh numbers of the standard normal distribution for each step, of any shape. No gradient flows into them.
///
/// They come from the stream `dropout` of the seed and the path, at the step that is being made, as ``forEachNormal(count:key:epoch:step:_:)`` draws them.
package struct NormalNumbers: KernelOperation {
    package let seed: Int
    package let path: String
    package let target: Shape
    package var name: String { "normal numbers" }

    package func shape(of inputs: [Shape]) -> Shape { target }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) -> [Value?] { [] }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            NormalNumbersKernel(
                key: RandomStream(seed: seed, stream: .dropout, path: path).key, count: target.count, step: UnsafePointer(emitter.step),
                result: output.floats))
    }
}

struct NormalNumbersKernel: Kernel {
    let key: SIMD2<UInt32>
    let count: Int
    let step: UnsafePointer<StepState>
    let result: UnsafeMutablePointer<Float>

    func run() { writeNormal(result, count: count, key: key, step: step.pointee.iteration) }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// Fresh numbers of the standard normal distribution for each step.
    public mutating func normalNumbers(_ shape: Shape, seed: Int, path: String) throws(ShapeError) -> Value {
        try add(NormalNumbers(seed: seed, path: path, target: shape))
    }
}
