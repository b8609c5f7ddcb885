import RandomNumbers

/// Numbers that whoever runs programs writes between steps, such as noise. Programs that read the same room share them.
public final class NumberRoom: Sendable {
    /// Their sizes.
    public let shape: Shape
    private let memory: AlignedMemory

    /// Room for numbers of a shape, zeros at first.
    public init(_ shape: Shape) {
        self.shape = shape
        memory = AlignedMemory(byteCount: shape.count * MemoryLayout<Float>.stride)
    }

    /// The numbers, row-major.
    public var elements: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: memory.pointer.bindMemory(to: Float.self, capacity: shape.count), count: shape.count)
    }

    /// Writes numbers of the standard normal distribution, drawn as those of ``NormalNumbers``, from the stream `noise` of the seed and the path at an epoch and a
    /// step.
    public func drawNormal(seed: Int, path: String, epoch: Int = 0, step: Int = 0) {
        guard let start = elements.baseAddress else { return }
        writeNormal(
            start, count: shape.count, key: RandomStream(seed: seed, stream: .noise, path: path).key, epoch: epoch, step: step)
    }

    fileprivate var place: UnsafeMutableRawPointer { memory.pointer }
}

/// The numbers of a ``NumberRoom``. No gradient flows into them.
package struct SuppliedNumbers: SourceOperation {
    package let room: NumberRoom
    package var name: String { "supplied numbers" }
    package func shape(of inputs: [Shape]) -> Shape { room.shape }

    func place(_ emitter: Emitter, shape: Shape) -> UnsafeMutableRawPointer {
        emitter.hold(room)
        return room.place
    }
}

extension Graph {
    /// The numbers that stand in a room when the program runs.
    public mutating func numbers(in room: NumberRoom) throws(ShapeError) -> Value { try add(SuppliedNumbers(room: room)) }
}
