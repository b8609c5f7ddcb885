import Settings
import TensorEngine

/// A recurrent layer that a graph can be made of.
protocol RecurrentLayer: RecurrentKind, Layer {
    /// What is done at each step.
    var cell: RecurrentCell { get }
    /// Whether the product with the recurrent kernel has a bias of its own: the bias is `[2, gates · units]` then, that of the inputs first.
    var hasRecurrentBias: Bool { get }
    /// Biases that begin at 1.
    var biasOnes: Range<Int> { get }
}

extension RecurrentLayer {
    var hasRecurrentBias: Bool { false }
    var biasOnes: Range<Int> { 0..<0 }

    /// Where it reads from the end.
    public var seesLaterSteps: Bool { recurrent.goBackwards }

    /// What the inputs add, h, c and the gates of all steps, and the gradients of what was added.
    public func numbersBeside(output: Shape, input: Shape) -> Double {
        let aUnit = 2 * cell.gates + 1 + (cell.hasState ? 1 : 0) + cell.kept
        return Double(input.dimensions.first ?? 1) * Double(recurrent.units) * Double(aUnit)
    }

    /// Adds the recurrence over the steps `[steps, numbers]`: `[units]` of the last, or `[steps, units]`.
    ///
    /// - Throws: `ShapeError` when no sequence comes in.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let x = try builder.sequence(signal, for: key)
        var output = try recur(x, "", isReversed: recurrent.goBackwards, in: &builder)
        guard recurrent.returnSequences else { return LayerOutput(output: output, logits: nil) }
        if recurrent.goBackwards { output = try builder.graph.reverseSteps(output) }
        return LayerOutput(output: try builder.graph.swapSteps(output), logits: nil, mask: builder.mask)
    }

    /// The outputs of all steps in their order, `[steps, batch, units]`, or of the last one made, `[batch, units]`.
    ///
    /// - Parameter prefix: what the parameters' roles begin with.
    func recur(_ x: Value, _ prefix: String, isReversed: Bool, in builder: inout NetworkBuilder) throws(ShapeError) -> Value {
        let (batch, steps, inputs) = (x.shape.dimensions[0], x.shape.dimensions[1], x.shape.columns)
        let (units, width) = (recurrent.units, cell.gates * recurrent.units)
        let kernel = try builder.parameter(
            prefix + "kernel", [inputs, width], recurrent.kernelInitializer, penalty: recurrent.kernelRegularizer)
        let recurrentKernel = try builder.parameter(
            prefix + "recurrent_kernel", [units, width], recurrent.recurrentInitializer, penalty: recurrent.recurrentRegularizer)
        let rows = try builder.graph.swapSteps(x)
        builder.reads(rows)
        var z = try inputProduct(rows, kernel, prefix, in: &builder)
        var recurrentBias: Value?
        if recurrent.useBias {
            let shape: Shape = hasRecurrentBias ? [2, width] : [width]
            let bias = try builder.parameter(
                prefix + "bias", shape, recurrent.biasInitializer, ones: biasOnes, penalty: recurrent.biasRegularizer)
            if hasRecurrentBias {
                z = try builder.graph.add(z, builder.graph.reshape(builder.graph.part(bias, rows: 0..<1), to: [width]))
                recurrentBias = try builder.graph.reshape(builder.graph.part(bias, rows: 1..<2), to: [width])
            } else {
                z = try builder.graph.add(z, bias)
            }
        }
        let output = try builder.graph.recurrence(
            cell, z, kernel: recurrentKernel, bias: recurrentBias,
            dropout: dropoutMask([cell.gates * batch, units], rate: recurrent.recurrentDropout, prefix + "steps", in: &builder),
            mask: builder.mask.map { mask throws(ShapeError) in try builder.graph.swapSteps(mask) }, steps: steps, isReversed: isReversed,
            givesSequence: recurrent.returnSequences, isTrained: builder.phase != .inference)
        return recurrent.returnSequences ? try builder.graph.reshape(output, to: [steps, batch, units]) : output
    }

    /// x W for `[steps, batch, numbers]`: `[steps · batch, gates · units]`. As in Keras, every gate has an input mask of its own where the recurrent
    /// dropout draws one for each (Keras computes gate by gate then), and else all share one.
    private func inputProduct(
        _ x: Value, _ kernel: Value, _ prefix: String, in builder: inout NetworkBuilder
    ) throws(ShapeError) -> Value {
        let (steps, batch, inputs) = (x.shape.dimensions[0], x.shape.dimensions[1], x.shape.columns)
        let masks = recurrent.recurrentDropout > 0 ? cell.gates : 1
        guard let drawn = try dropoutMask([masks, batch * inputs], rate: recurrent.dropout, prefix + "inputs", in: &builder) else {
            return try builder.graph.product(builder.graph.reshape(x, to: [steps * batch, inputs]), kernel)
        }
        func product(_ mask: Value, _ kernel: Value, in graph: inout Graph) throws(ShapeError) -> Value {
            let rows = try graph.multiply(graph.reshape(x, to: [steps, batch * inputs]), graph.reshape(mask, to: [batch * inputs]))
            return try graph.product(graph.reshape(rows, to: [steps * batch, inputs]), kernel)
        }
        guard masks > 1 else { return try product(drawn, kernel, in: &builder.graph) }
        func product(ofGate gate: Int) throws(ShapeError) -> Value {
            let columns = try builder.graph.part(kernel, columns: gate * recurrent.units..<(gate + 1) * recurrent.units)
            return try product(builder.graph.part(drawn, rows: gate..<gate + 1), columns, in: &builder.graph)
        }
        var joined = try product(ofGate: 0)
        for gate in 1..<masks { joined = try builder.graph.joinColumns(joined, product(ofGate: gate)) }
        return joined
    }

    private func dropoutMask(_ shape: Shape, rate: Double, _ role: String, in builder: inout NetworkBuilder) throws(ShapeError) -> Value? {
        guard case .training(let seed) = builder.phase, rate > 0 else { return nil }
        return try builder.graph.dropoutMask(shape, rate: rate, seed: seed, path: "\(builder.path)/\(role)")
    }
}

extension NetworkBuilder {
    /// The numbers of a signal that is a sequence, `[batch, steps, numbers]`.
    ///
    /// - Throws: `ShapeError` when it is of another shape.
    fileprivate mutating func sequence(_ signal: Signal, for key: String) throws(ShapeError) -> Value {
        if signal.shape.rank != 2, case .dense = signal {
            throw ShapeError(operation: key, shapes: [signal.shape], expected: "a sequence, of shape [steps, numbers]")
        }
        return try signal.numbers(in: &graph)
    }
}

extension Activation {
    /// As a cell has it; the schema of recurrent layers lets no other pass.
    fileprivate var ofCell: CellFunction {
        switch self {
        case .linear: .linear
        case .relu: .relu
        case .sigmoid: .sigmoid
        default: .tanh
        }
    }
}

/// h ← activation(x W + h U + b); kernel W `[numbers, units]`, recurrent kernel U `[units, units]`, bias `[units]`.
extension SimpleRNNSettings: RecurrentLayer {
    var cell: RecurrentCell { .simple(recurrent.activation.ofCell) }
}

/// c ← f c + i g, h ← o activation(c), with i, f, g, o side by side in W `[numbers, 4 units]`, U `[units, 4 units]` and b `[4 units]`.
extension LSTMSettings: RecurrentLayer {
    var cell: RecurrentCell { .lstm(recurrent.activation.ofCell, gates: recurrentActivation.ofCell) }
    var biasOnes: Range<Int> { unitForgetBias ? recurrent.units..<2 * recurrent.units : 0..<0 }
}

/// h ← u h + (1 - u) activation(…), with u, r and the candidate side by side in W `[numbers, 3 units]`, U `[units, 3 units]` and b `[2, 3 units]`,
/// or `[3 units]` where r acts before the product.
extension GRUSettings: RecurrentLayer {
    var cell: RecurrentCell { .gru(recurrent.activation.ofCell, gates: recurrentActivation.ofCell, resetsAfter: resetAfter) }
    var hasRecurrentBias: Bool { resetAfter }
}

/// A recurrent layer from the beginning of sequences, its parameters' roles with `forward_` before them, and one from their end, with `backward_`. Where
/// steps are left out, sequences hold 0 there.
extension BidirectionalSettings: Layer {
    /// Adds both.
    ///
    /// - Throws: `ShapeError` when no sequence comes in.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let x = try builder.sequence(signal, for: key)
        guard let layer = layer as? any RecurrentLayer else {
            throw ShapeError(operation: key, shapes: [signal.shape], expected: "a recurrent layer")
        }
        let isBackwards = layer.recurrent.goBackwards
        let forward = try layer.recur(x, "forward_", isReversed: isBackwards, in: &builder)
        let backward = try layer.recur(x, "backward_", isReversed: !isBackwards, in: &builder)
        let rows: Shape = [forward.shape.rows, forward.shape.columns]
        var merged = try merge(builder.graph.reshape(forward, to: rows), builder.graph.reshape(backward, to: rows), in: &builder.graph)
        guard layer.recurrent.returnSequences else { return LayerOutput(output: merged, logits: nil) }
        if let mask = builder.mask {
            merged = try builder.graph.multiply(merged, builder.graph.reshape(builder.graph.swapSteps(mask), to: [rows.rows, 1]))
        }
        let steps = try builder.graph.reshape(merged, to: Shape(Array(forward.shape.dimensions.dropLast()) + [merged.shape.columns]))
        return LayerOutput(output: try builder.graph.swapSteps(steps), logits: nil, mask: builder.mask)
    }

    /// That of both.
    public func numbersBeside(output: Shape, input: Shape) -> Double {
        2 * ((layer as? any RecurrentLayer)?.numbersBeside(output: output, input: input) ?? 0)
    }

    private func merge(_ a: Value, _ b: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        switch mergeMode {
        case .concat: try graph.joinColumns(a, b)
        case .sum: try graph.add(a, b)
        case .mul: try graph.multiply(a, b)
        case .ave: try graph.scale(graph.add(a, b), by: 0.5)
        }
    }
}

/// The dense layer on the innermost axis.
extension TimeDistributedSettings: Layer {
    /// Each step by itself.
    public static var keepsSteps: Bool { true }

    /// Adds the layer.
    ///
    /// - Throws: `ShapeError` when no sequence comes in.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        guard signal.shape.rank >= 2 else {
            throw ShapeError(operation: key, shapes: [signal.shape], expected: "a sequence, of shape [steps, numbers]")
        }
        return try layer.apply(to: signal, in: &builder)
    }
}
