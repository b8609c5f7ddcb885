/// A compiled graph: a flat list of kernel calls over one arena. Running it allocates nothing, locks nothing and counts no references;
/// only oneDNN takes and frees scratch memory of its own in some large products.
///
/// A program is for one thread at a time; so is its ``ParameterStore``, in whose room the values of all its programs lie.
public final class Program {
    private let calls: UnsafeMutableBufferPointer<Emitter.Call>
    private let blocks: [AlignedMemory]
    /// Keeps the memory of others that kernels use: parameters and tables.
    private let owners: [AnyObject]
    private let arena: AlignedMemory
    private let outputs: [Operand]
    private let rows: UnsafeMutableBufferPointer<Int32>
    /// The optimizers whose steps it makes.
    private let stepping: [OptimizerState]
    private let optimizers: [OptimizerState]
    /// Keeps the number of the step.
    private let store: ParameterStore

    init(emitter: Emitter, arena: AlignedMemory, outputs: [Operand], stepping: [OptimizerState]) {
        calls = .allocate(capacity: emitter.calls.count)
        _ = calls.initialize(from: emitter.calls)
        blocks = emitter.blocks
        owners = emitter.owners
        self.arena = arena
        self.outputs = outputs
        rows = emitter.rows
        optimizers = emitter.optimizers
        self.stepping = stepping
        store = emitter.parameters
    }

    deinit { calls.deallocate() }

    /// The number of examples of a batch, 0 when the graph has none.
    public var batch: Int { rows.count }

    /// The number of kernels of a step.
    package var kernelCount: Int { calls.count }

    /// Runs the program for the examples that `numbers` names, ``batch`` of them; a program with updates makes one training step.
    public func run(rows numbers: UnsafePointer<Int32>) {
        rows.baseAddress?.update(from: numbers, count: rows.count)
        run()
    }

    /// Runs a program that has no batch, or the same batch again.
    public func run() {
        for optimizer in stepping { optimizer.step.pointee.iteration &+= 1 }
        withThreadForKernels {
            for call in calls { call.function(call.arguments) }
        }
    }

    /// The elements of the output at `place`, in the order in which outputs were given to ``compile(_:outputs:parameters:)``; they
    /// hold until a program on the same store runs.
    public func output(_ place: Int) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(start: outputs[place].floats, count: outputs[place].shape.count)
    }
}
