import RandomNumbers

/// Fresh numbers for each step, of any shape, uniform in [0, 1): multiples of 2^-23. No gradient flows into them.
///
/// They come from the stream `gibbs` of the seed and the path, at the step that is being made: element i of a batch gets the i-th word of that stream.
package struct UniformDraw: KernelOperation {
    package let seed: Int
    package let path: String
    package let target: Shape
    package init(seed: Int, path: String, target: Shape) { (self.seed, self.path, self.target) = (seed, path, target) }
    package var name: String { "uniform draw" }

    package func shape(of inputs: [Shape]) -> Shape { target }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) -> [Value?] { [] }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            UniformDrawKernel(
                key: RandomStream(seed: seed, stream: .gibbs, path: path).key, count: target.count, step: UnsafePointer(emitter.step),
                result: output.floats))
    }
}

struct UniformDrawKernel: Kernel {
    let key: SIMD2<UInt32>
    let count: Int
    let step: UnsafePointer<StepState>
    let result: UnsafeMutablePointer<Float>

    func run() {
        writeDrawn(result, count: count, key: key, step: step.pointee.iteration) { words in
            // The bits of a number in [1, 2).
            unsafeBitCast((words &>> 9) | SIMD8(repeating: 0x3f80_0000), to: SIMD8<Float>.self) - SIMD8(repeating: 1)
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// States of units that are 1 with the probabilities p, else 0, drawn anew at each step from the numbers of ``UniformDraw``. No gradient flows through.
    public mutating func bernoulli(_ p: Value, seed: Int, path: String) throws(ShapeError) -> Value {
        try less(add(UniformDraw(seed: seed, path: path, target: p.shape)), p)
    }
}
