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

    /// Makes the elements at `path`, each `initial`, where there are none yet, and gives them.
    ///
    /// - Throws: ``ShapeError`` when they are there with another shape.
    @discardableResult
    public func declare(_ path: String, _ shape: Shape, initial: Float = 0) throws(ShapeError) -> UnsafeMutableBufferPointer<Float> {
        guard entries[path] == nil else { return try elements(path, shape) }
        entries[path] = Entry(shape: shape, memory: AlignedMemory(byteCount: shape.count * 4))
        let elements = try elements(path, shape)
        if initial != 0 { elements.update(repeating: initial) }
        return elements
    }

    /// The elements at `path`.
    ///
    /// - Throws: ``ShapeError`` when nobody has declared them, or with another shape.
    public func elements(_ path: String, _ shape: Shape) throws(ShapeError) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(
            start: try memory(path, shape).bindMemory(to: Float.self, capacity: shape.count), count: shape.count)
    }

    /// The memory at `path`, four bytes an element.
    func memory(_ path: String, _ shape: Shape) throws(ShapeError) -> UnsafeMutableRawPointer {
        guard let entry = entries[path] else {
            throw ShapeError(operation: "parameter \(path)", shapes: [shape], expected: "a name that was declared in the store")
        }
        guard entry.shape == shape else {
            throw ShapeError(operation: "parameter \(path)", shapes: [shape], expected: "\(entry.shape), as it was declared")
        }
        return entry.memory.pointer
    }
}
