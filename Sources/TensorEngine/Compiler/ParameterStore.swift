/// The numbers that live from step to step: parameters, and what optimizers carry along. Programs compiled on the same store share them.
public final class ParameterStore {
    private struct Entry {
        let shape: Shape
        let memory: AlignedMemory
    }

    private var entries: [String: Entry] = [:]

    /// Room in which products lay out their operands: programs on one store never run beside each other.
    private lazy var roomForProducts = AlignedMemory(byteCount: tiledProductRoom * MemoryLayout<Float>.stride)

    /// Room in which gradients are computed block by block, as large as the largest that was asked for.
    private var roomForBlocks: AlignedMemory?

    /// Room for the values of a program, as large as the largest that was asked for.
    private var roomForValues: AlignedMemory?

    /// An empty store.
    public init() {}

    /// Floats for a tiled product to work in, the same for all programs.
    var productRoom: UnsafeMutablePointer<Float> { roomForProducts.pointer.bindMemory(to: Float.self, capacity: tiledProductRoom) }

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
    func blockRoom(_ count: Int) -> AlignedMemory { Self.room(count * MemoryLayout<Float>.stride, in: &roomForBlocks) }

    /// Room of so many bytes for the values of a program, which the next program that runs may overwrite. A smaller program than one before it takes that one's.
    func arena(byteCount: Int) -> AlignedMemory { Self.room(byteCount, in: &roomForValues) }

    private static func room(_ byteCount: Int, in known: inout AlignedMemory?) -> AlignedMemory {
        if let known, known.suffices(byteCount) { return known }
        let room = AlignedMemory(byteCount: byteCount)
        known = room
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

    // MARK: - As a whole

    /// Where the tensors at these paths lie, or all that the store holds, by path: parameters, and what optimizers carry along, put-off steps included.
    /// They lie there as long as the store keeps them.
    ///
    /// - Throws: ``ShapeError`` when nobody has declared a path.
    public func places(of paths: [String]? = nil) throws(ShapeError) -> [TensorPlace] {
        try (paths ?? entries.keys.sorted()).map { path throws(ShapeError) in
            guard let entry = entries[path] else {
                throw ShapeError(operation: "parameter \(path)", shapes: [], expected: "a name that was declared in the store")
            }
            return TensorPlace(
                path: path, shape: entry.shape,
                bytes: UnsafeMutableRawBufferPointer(start: entry.memory.pointer, count: entry.shape.count * 4))
        }
    }

    /// Copies of the tensors at these paths, or of all.
    ///
    /// - Throws: ``ShapeError`` when nobody has declared a path.
    public func tensors(at paths: [String]? = nil) throws(ShapeError) -> [StoredTensor] {
        try places(of: paths).map { place in
            StoredTensor(path: place.path, shape: place.shape, words: Array(place.bytes.bindMemory(to: UInt32.self)))
        }
    }

    /// Writes tensors in the place of those of the same paths.
    ///
    /// - Throws: ``ShapeError`` when one is there with another shape, or not at all, or when its words do not fill its shape.
    public func restore(_ tensors: [StoredTensor]) throws(ShapeError) {
        for tensor in tensors {
            guard tensor.words.count == tensor.shape.count else {
                throw ShapeError(
                    operation: "parameter \(tensor.path)", shapes: [tensor.shape], expected: "as many elements, found \(tensor.words.count)"
                )
            }
            try memory(tensor.path, tensor.shape).pointer.copyMemory(from: tensor.words, byteCount: tensor.words.count * 4)
        }
    }
}
