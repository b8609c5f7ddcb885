import CVector
import RandomNumbers

/// Fresh numbers of the standard normal distribution for each step, of any shape. No gradient flows into them.
///
/// The numbers come from the stream `dropout` of the seed and the path, at the step that is being made, thirty-two words at a time: the upper 24 bits of the first
/// sixteen give u, those of the others v, both in [0, 1), and the elements are √(-2 ln(1 - u)) cos 2πv, sixteen of them, then as many with the sine.
/// Source: Box and Muller, *A note on the generation of random normal deviates* (1958).
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

    func run() { Self.write(result, count: count, key: key, step: UInt32(truncatingIfNeeded: step.pointee.iteration)) }

    /// Writes `count` numbers of the stream of a key at an epoch and a step.
    static func write(_ result: UnsafeMutablePointer<Float>, count: Int, key: SIMD2<UInt32>, epoch: UInt32 = 0, step: UInt32) {
        func write(_ values: Vector, at place: Int) {
            if place + lanes <= count {
                store(values, to: result + place)
            } else if place < count {
                for lane in 0..<count - place { result[place + lane] = values[lane] }
            }
        }
        var block: UInt64 = 0
        for place in stride(from: 0, to: count, by: 2 * lanes) {
            let words = Philox.eightBlocks(start: block, third: epoch, fourth: step, key: key)
            let u = unit(words.0, words.1)
            let radius = cvector_sqrt(Vector(repeating: -2) * logarithm(Vector(repeating: 1) - u))
            let (cosine, sine) = turned(unit(words.2, words.3))
            write(radius * cosine, at: place)
            write(radius * sine, at: place + lanes)
            block &+= 8
        }
    }

    /// The upper 24 bits of sixteen words as numbers in [0, 1).
    @inline(__always)
    private static func unit(_ low: SIMD8<UInt32>, _ high: SIMD8<UInt32>) -> Vector {
        let bits = SIMD16<UInt32>(lowHalf: low, highHalf: high) &>> SIMD16(repeating: 8)
        return Vector(SIMD16<Int32>(truncatingIfNeeded: bits)) * Vector(repeating: 0x1p-24)
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// Fresh numbers of the standard normal distribution for each step.
    public mutating func normalNumbers(_ shape: Shape, seed: Int, path: String) throws(ShapeError) -> Value {
        try add(NormalNumbers(seed: seed, path: path, target: shape))
    }
}
