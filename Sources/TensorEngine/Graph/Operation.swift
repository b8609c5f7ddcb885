/// A pure function of values: its shape rule and its gradient rule; those with a kernel of their own are ``KernelOperation``s.
public protocol Operation: Sendable {
    /// The name that errors print.
    var name: String { get }

    /// What the elements of its result are; numbers by default.
    var elementType: ElementType { get }

    /// The shape of the result.
    ///
    /// - Throws: ``ShapeError`` when the inputs' shapes do not fit.
    func shape(of inputs: [Shape]) throws(ShapeError) -> Shape

    /// Given `upstream`, the gradient of the loss with respect to `output`, the gradients with respect to each input;
    /// `nil` for an input through which no gradient flows.
    func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?]
}

extension Operation {
    /// Numbers.
    public var elementType: ElementType { .float32 }

    /// The error of an operation that was given shapes which it cannot take.
    func mismatch(_ shapes: [Shape], expected: String) -> ShapeError {
        ShapeError(operation: name, shapes: shapes, expected: expected)
    }
}

/// An operation whose result exists before a step begins: a parameter, a constant, the numbers of the examples of the batch.
protocol SourceOperation: Operation {
    /// Where the result, of `shape`, stands when a program runs.
    ///
    /// - Throws: ``ShapeError`` when it is to stand in the ``ParameterStore``, which does not know it.
    func place(_ emitter: Emitter, shape: Shape) throws(ShapeError) -> UnsafeMutableRawPointer
}

extension SourceOperation {
    /// A source has no inputs.
    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) -> [Value?] { [] }
}

/// An operation that is computed by a kernel of its own.
protocol KernelOperation: Operation {
    /// The places of inputs whose memory the result may take over when nobody reads them afterwards; none by default.
    var overwritable: [Int] { get }

    /// Adds the kernel to a program.
    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand)
}

extension KernelOperation {
    var overwritable: [Int] { [] }
}

/// A kernel operation whose result can be finished in place, piece by piece while it is still in cache, by fused elementwise operations.
protocol EpilogueOperation: KernelOperation {
    /// Adds the kernel to a program, with `epilogue` applied to its result.
    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand, epilogue: Epilogue?)
}

extension EpilogueOperation {
    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emit(emitter, inputs: inputs, output: output, epilogue: nil)
    }
}

/// A kernel operation that sums down the columns of its only input, so that it can follow, block of columns by block of columns, whatever
/// writes them.
protocol ColumnSumOperation: KernelOperation {
    /// The kernel.
    func kernel(input: Operand, output: Operand) -> SumRowsKernel
}

extension ColumnSumOperation {
    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) { emitter.add(kernel(input: inputs[0], output: output)) }
}

/// A kernel operation that, as a gradient which nobody but an update reads, changes the parameter piece by piece as it is computed, and is
/// never stored.
protocol UpdatingOperation: KernelOperation {
    /// Whether the rule asks for no more than the pieces that are computed.
    func suits(_ rule: any UpdateRule) -> Bool

    /// Adds the kernel to a program; `shape` is the gradient's.
    func emit(_ emitter: Emitter, inputs: [Operand], shape: Shape, update: ParameterChange) throws(ShapeError)
}
