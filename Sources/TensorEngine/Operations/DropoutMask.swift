import RandomNumbers

/// A fresh mask for each step, of any shape: 0 with probability `rate`, else `kept`. No gradient flows into it.
///
/// The numbers come from the stream `dropout` of the seed and the path, at the step that is being made: element i of a batch gets the
/// i-th word of that stream. Source: Srivastava et al., *Dropout* (2014), in the inverted form, where `kept` is 1 / (1 - rate).
package struct DropoutMask: KernelOperation {
    package let rate: Double
    package let kept: Double
    package let seed: Int
    package let path: String
    package let target: Shape
    package var name: String { "dropout mask" }

    package func shape(of inputs: [Shape]) -> Shape { target }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) -> [Value?] { [] }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            DropoutMaskKernel(
                key: RandomStream(seed: seed, stream: .dropout, path: path).key, threshold: UInt32(clamping: UInt64(rate * 4_294_967_296)),
                kept: Float(kept), count: target.count, step: UnsafePointer(emitter.step), result: output.floats))
    }
}

struct DropoutMaskKernel: Kernel {
    let key: SIMD2<UInt32>
    let threshold: UInt32
    let kept: Float
    let count: Int
    let step: UnsafePointer<StepState>
    let result: UnsafeMutablePointer<Float>

    func run() {
        let threshold = SIMD8<UInt32>(repeating: threshold)
        writeDrawn(result, count: count, key: key, step: step.pointee.iteration) { words in
            SIMD8<Float>(repeating: 0).replacing(with: kept, where: words .>= threshold)
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// A fresh mask for each step: 0 with probability `rate`, else `kept`, which is 1 / (1 - rate) unless it is given.
    public mutating func dropoutMask(
        _ shape: Shape, rate: Double, kept: Double? = nil, seed: Int, path: String
    ) throws(ShapeError) -> Value {
        try add(DropoutMask(rate: rate, kept: kept ?? 1 / (1 - rate), seed: seed, path: path, target: shape))
    }
}
