/// The numbers that live from step to step: parameters, and what optimizers carry along. Programs compiled on the same store share them.
public final class ParameterStore {
    private struct Entry {
        let shape: Shape
        let memory: AlignedMemory
    }

    private var entries: [String: Entry] = [:]
    private let stepMemory = AlignedMemory(byteCount: MemoryLayout<StepState>.size)

    /// Room in which products lay out their operands: programs on one store never run beside each other.
    private lazy var roomForProducts = AlignedMemory(byteCount: tiledProductRoom * MemoryLayout<Float>.stride)

    /// An empty store, at step 0.
    public init() {
        step.initialize(to: StepState())
    }

    /// The learning rate and the number of the last step.
    var step: UnsafeMutablePointer<StepState> { stepMemory.pointer.bindMemory(to: StepState.self, capacity: 1) }

    /// Floats for a tiled product to work in, the same for all programs.
    var productRoom: UnsafeMutablePointer<Float> { roomForProducts.pointer.bindMemory(to: Float.self, capacity: tiledProductRoom) }

    /// η, the learning rate of the steps to come.
    public var learningRate: Float {
        get { step.pointee.learningRate }
        set { step.pointee.learningRate = newValue }
    }

    /// How many training steps were made.
    public var iteration: Int { step.pointee.iteration }

    /// The elements at `path`, made of zeros when there are none yet.
    public func elements(_ path: String, _ shape: Shape) throws(ShapeError) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(
            start: try memory(path, shape).bindMemory(to: Float.self, capacity: shape.count), count: shape.count)
    }

    /// The elements at `path`, each `initial` when there are none yet.
    func slot(_ path: String, _ shape: Shape, initial: Float) throws(ShapeError) -> UnsafeMutableBufferPointer<Float> {
        let isNew = entries[path] == nil
        let elements = try elements(path, shape)
        if isNew { elements.update(repeating: initial) }
        return elements
    }

    /// The memory at `path`, four bytes an element, zeros at first.
    func memory(_ path: String, _ shape: Shape) throws(ShapeError) -> UnsafeMutableRawPointer {
        if let entry = entries[path] {
            guard entry.shape == shape else {
                throw ShapeError(operation: "parameter \(path)", shapes: [shape], expected: "\(entry.shape), as in the other programs")
            }
            return entry.memory.pointer
        }
        let entry = Entry(shape: shape, memory: AlignedMemory(byteCount: shape.count * 4))
        entries[path] = entry
        return entry.memory.pointer
    }
}
