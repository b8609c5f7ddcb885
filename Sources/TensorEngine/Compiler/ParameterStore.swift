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

    /// Room in which gradients are computed block by block, as large as the largest that was asked for.
    private var roomForBlocks: AlignedMemory?

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
            start: try memory(path, shape).pointer.bindMemory(to: Float.self, capacity: shape.count), count: shape.count)
    }

    /// Forgets everything but the elements at `paths`: what optimizers carry along is not needed once training has ended. Programs that use it keep
    /// it as long as they live.
    public func keep(only paths: [String]) {
        let kept = Set(paths)
        entries = entries.filter { kept.contains($0.key) }
    }

    /// Room of at least `count` floats in which a kernel computes a block, the same for all programs.
    func blockRoom(_ count: Int) -> AlignedMemory {
        let byteCount = count * MemoryLayout<Float>.stride
        if let roomForBlocks, roomForBlocks.byteCount >= byteCount { return roomForBlocks }
        let room = AlignedMemory(byteCount: byteCount)
        roomForBlocks = room
        return room
    }

    /// The memory at `path`, four bytes an element.
    func memory(_ path: String, _ shape: Shape) throws(ShapeError) -> AlignedMemory {
        guard let entry = entries[path] else {
            throw ShapeError(operation: "parameter \(path)", shapes: [shape], expected: "a name that was declared in the store")
        }
        guard entry.shape == shape else {
            throw ShapeError(operation: "parameter \(path)", shapes: [shape], expected: "\(entry.shape), as it was declared")
        }
        return entry.memory
    }
}
