/// A call with its arguments: what a program is a list of.
typealias KernelFunction = @convention(c) (UnsafeRawPointer) -> Void

/// The arguments of a kernel, plain memory that a program holds, and the function that runs on them.
///
/// A kernel allocates nothing, locks nothing and counts no references.
protocol Kernel: BitwiseCopyable {
    /// Runs the kernel whose arguments lie at the address.
    static var function: KernelFunction { get }
}

/// What changes from step to step and is shared by all programs that make the steps of one optimizer.
struct StepState: BitwiseCopyable {
    /// The learning rate of this step.
    var learningRate: Float = 0
    /// The number of this step, the first being 1.
    var iteration: Int = 0
    /// The epoch that this step belongs to, from 1.
    var epoch: Int = 0
}

/// A value's memory while a program is put together: aligned to 64 bytes and padded to a multiple of 64.
struct Operand {
    let pointer: UnsafeMutableRawPointer
    let shape: Shape
    /// Whether there is room for the image alone that is being worked on.
    var isOneImage = false

    var floats: UnsafeMutablePointer<Float> { pointer.assumingMemoryBound(to: Float.self) }
    var integers: UnsafeMutablePointer<Int32> { pointer.assumingMemoryBound(to: Int32.self) }
    var images: ImagePlaces { ImagePlaces(start: floats, step: isOneImage ? 0 : shape.count / shape.dimensions[0]) }
}

/// Collects the kernels of a program and the memory that they need beside the arena.
final class Emitter {
    /// A kernel's function and arguments.
    struct Call: BitwiseCopyable {
        let function: KernelFunction
        let arguments: UnsafeRawPointer
    }

    private(set) var calls: [Call] = []
    /// The kernels that take turns, while such are added.
    private var turns: [ImageTurns.Call]?
    private(set) var blocks: [AlignedMemory] = []
    /// What keeps the memory of others that kernels use.
    private(set) var owners: [AnyObject] = []
    /// Where the numbers of the examples of the batch are written; empty for a program without them.
    private(set) var rows = UnsafeMutableBufferPointer<Int32>(start: nil, count: 0)
    /// Whose steps the program makes; at least one.
    let optimizers: [OptimizerState]
    /// The parameters, and what optimizers carry along for them.
    let parameters: ParameterStore

    init(optimizers: [OptimizerState], parameters: ParameterStore) {
        self.optimizers = optimizers
        self.parameters = parameters
    }

    /// The epoch and the number of the step: those of the first optimizer.
    var step: UnsafeMutablePointer<StepState> { optimizers[0].step }

    /// The optimizer at a place of ``Graph/optimizer``.
    ///
    /// - Throws: ``ShapeError`` when the program was compiled for fewer.
    func optimizer(_ place: Int) throws(ShapeError) -> OptimizerState {
        guard optimizers.indices.contains(place) else {
            throw ShapeError(operation: "optimizer \(place + 1)", shapes: [], expected: "a program that is compiled for as many")
        }
        return optimizers[place]
    }

    /// Adds a kernel to the end of the program.
    func add<K: Kernel>(_ kernel: K) {
        calls.append(Call(function: K.function, arguments: UnsafeRawPointer(keep([kernel]))))
    }

    /// Adds a kernel that runs image by image.
    func add<K: ImageKernel>(_ kernel: K) {
        let call = ImageTurns.Call(function: K.function, arguments: UnsafeRawPointer(keep([kernel])))
        if turns == nil { takeTurns(of: kernel.places.batch, [call]) } else { turns?.append(call) }
    }

    /// Lets the kernels that `body` adds, all of them of so many images, take turns.
    func takingTurns(of images: Int, _ body: () throws(ShapeError) -> Void) throws(ShapeError) {
        turns = []
        try body()
        takeTurns(of: images, turns ?? [])
        turns = nil
    }

    private func takeTurns(of images: Int, _ calls: [ImageTurns.Call]) {
        add(ImageTurns(calls: UnsafeBufferPointer(start: keep(calls), count: calls.count), batch: images))
    }

    /// Keeps the memory of others for as long as the program lives: a kernel uses it.
    func hold(_ owner: AnyObject) { owners.append(owner) }

    /// Room for the numbers of the examples of the batch.
    func roomForBatch(_ count: Int) -> UnsafeMutablePointer<Int32> {
        let start = room(for: Int32.self, count: count)
        rows = UnsafeMutableBufferPointer(start: start, count: count)
        return start
    }

    /// The elements at `path` of the parameters, which the program keeps.
    ///
    /// - Throws: ``ShapeError`` when the store does not know them, or knows them with another shape.
    func elements(_ path: String, _ shape: Shape) throws(ShapeError) -> UnsafeMutablePointer<Float> {
        let memory = try parameters.memory(path, shape)
        hold(memory)
        return memory.pointer.bindMemory(to: Float.self, capacity: shape.count)
    }

    /// The same for what an update carries from step to step, made of `initial` where there is none yet.
    func state(_ path: String, _ shape: Shape, initial: Float = 0) throws(ShapeError) -> UnsafeMutablePointer<Float> {
        try parameters.declare(path, shape, initial: initial)
        return try elements(path, shape)
    }

    /// Room for a block of `count` floats, shared by all kernels that ask for one.
    func blockRoom(_ count: Int) -> UnsafeMutablePointer<Float> {
        let memory = parameters.blockRoom(count)
        hold(memory)
        return memory.pointer.bindMemory(to: Float.self, capacity: count)
    }

    /// Memory of the program's own, zeros at first.
    func room<T: BitwiseCopyable>(for type: T.Type, count: Int) -> UnsafeMutablePointer<T> {
        let block = AlignedMemory(byteCount: count * MemoryLayout<T>.stride)
        blocks.append(block)
        return block.pointer.bindMemory(to: T.self, capacity: count)
    }

    /// A copy of `elements` that lives as long as the program.
    func keep<T: BitwiseCopyable>(_ elements: [T]) -> UnsafeMutablePointer<T> {
        let room = room(for: T.self, count: elements.count)
        room.update(from: elements, count: elements.count)
        return room
    }
}
