/// A call with its arguments: what a program is a list of.
typealias KernelFunction = @convention(c) (UnsafeRawPointer) -> Void

/// The arguments of a kernel, plain memory that a program holds, and the function that runs on them.
///
/// A kernel allocates nothing, locks nothing and counts no references.
protocol Kernel: BitwiseCopyable {
    /// Runs the kernel whose arguments lie at the address.
    static var function: KernelFunction { get }
}

/// What changes from step to step and is shared by all programs on the same parameters.
struct StepState: BitwiseCopyable {
    /// The learning rate of this step.
    var learningRate: Float = 0
    /// The number of this step, the first being 1.
    var iteration: Int = 0
}

/// A value's memory while a program is put together: aligned to 64 bytes and padded to a multiple of 64.
struct Operand {
    let pointer: UnsafeMutableRawPointer
    let shape: Shape

    var floats: UnsafeMutablePointer<Float> { pointer.assumingMemoryBound(to: Float.self) }
    var integers: UnsafeMutablePointer<Int32> { pointer.assumingMemoryBound(to: Int32.self) }
}

/// Collects the kernels of a program and the memory that they need beside the arena.
final class Emitter {
    /// A kernel's function and arguments.
    struct Call: BitwiseCopyable {
        let function: KernelFunction
        let arguments: UnsafeRawPointer
    }

    private(set) var calls: [Call] = []
    private(set) var blocks: [AlignedMemory] = []
    /// What keeps memory outside the engine that kernels read.
    private(set) var owners: [AnyObject] = []
    /// Where the numbers of the examples of the batch are written; empty for a program without them.
    private(set) var rows = UnsafeMutableBufferPointer<Int32>(start: nil, count: 0)
    /// The learning rate and the number of the step.
    let step: UnsafeMutablePointer<StepState>
    /// The parameters and the optimizer's state.
    let parameters: ParameterStore

    init(step: UnsafeMutablePointer<StepState>, parameters: ParameterStore) {
        self.step = step
        self.parameters = parameters
    }

    /// Adds a kernel to the end of the program.
    func add<K: Kernel>(_ kernel: K) {
        calls.append(Call(function: K.function, arguments: UnsafeRawPointer(keep([kernel]))))
    }

    /// Keeps memory outside the engine for as long as the program lives: a kernel reads it.
    func hold(_ owner: AnyObject) { owners.append(owner) }

    /// Room for the numbers of the examples of the batch.
    func roomForBatch(_ count: Int) -> UnsafeMutablePointer<Int32> {
        let start = room(for: Int32.self, count: count)
        rows = UnsafeMutableBufferPointer(start: start, count: count)
        return start
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
