/// A recurrent cell over a whole sequence: z `[steps · batch, gates · units]`, the recurrent kernel `[units, gates · units]`, and as its form says the bias
/// `[gates · units]` of the product, the dropout masks `[gates · batch, units]` and the mask `[steps, batch]` of steps → everything that a
/// ``RecurrenceLayout`` places, in one axis. Steps follow each other; within a step examples do.
///
/// Only a ``RecurrentOutput`` reads the result; what it is given as the gradient is that of the outputs that were read, in their shape.
package struct Recurrence: KernelOperation {
    package let form: RecurrenceForm
    package init(form: RecurrenceForm) { self.form = form }
    package var name: String { "recurrence" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        let (gates, optional) = (form.cell.gates, [form.biasPlace, form.dropoutPlace, form.maskPlace])
        guard inputs.count == 2 + optional.count(where: { $0 != nil }), inputs[0].rank == 2, inputs[1].rank == 2,
            inputs[0].rows.isMultiple(of: max(form.steps, 1)), form.steps > 0, inputs[1].columns == gates * inputs[1].rows,
            inputs[0].columns == inputs[1].columns
        else { throw mismatch(inputs, expected: "[\(form.steps) · batch, \(gates) · units] and [units, \(gates) · units]") }
        let (batch, units) = (inputs[0].rows / form.steps, inputs[1].rows)
        for (place, shape) in zip(optional, [[gates * units], [gates * batch, units], [form.steps, batch]] as [Shape]) {
            if let place, inputs[place] != shape { throw mismatch(inputs, expected: "\(shape) as the input at place \(place)") }
        }
        return [RecurrenceLayout(form, batch: batch, units: units).count]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        guard form.keeps == .all else { throw mismatch([output.shape], expected: "everything kept for the way back") }
        let (z, kernel) = (inputs[0], inputs[1])
        let dropout = form.dropoutPlace.map { inputs[$0] }
        let more = (dropout.map { [$0] } ?? []) + (form.maskPlace.map { [inputs[$0]] } ?? [])
        let toZ = try graph.add(RecurrenceGradient(form: form, batch: z.shape.rows / form.steps), [kernel, output, upstream] + more)
        let whole = try graph.add(
            RecurrentKernelGradient(form: form, units: kernel.shape.rows), [output, toZ] + (dropout.map { [$0] } ?? []))
        var results: [Value?] = [toZ, try graph.part(whole, rows: 0..<kernel.shape.rows)]
        if form.hasBias {
            results.append(
                try graph.reshape(graph.part(whole, rows: kernel.shape.rows..<kernel.shape.rows + 1), to: [kernel.shape.columns]))
        }
        return results + more.map { _ in nil }
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        let (units, gates) = (inputs[1].shape.rows, inputs[1].shape.columns)
        let batch = inputs[0].shape.rows / form.steps
        emitter.add(
            RecurrenceKernel(
                form: form, layout: RecurrenceLayout(form, batch: batch, units: units), z: inputs[0].floats, kernel: inputs[1].floats,
                bias: form.biasPlace.map { UnsafePointer(inputs[$0].floats) },
                dropout: form.dropoutPlace.map { UnsafePointer(inputs[$0].floats) },
                mask: form.maskPlace.map { UnsafePointer(inputs[$0].floats) }, trace: output.floats,
                product: emitter.room(for: Float.self, count: batch * gates), dropped: emitter.room(for: Float.self, count: batch * units),
                reset: emitter.room(for: Float.self, count: batch * units)))
    }
}

/// What a ``Recurrence`` gave: h after each step, `[steps · batch, units]`, or after the last one made, `[batch, units]`.
package struct RecurrentOutput: KernelOperation {
    package let form: RecurrenceForm
    package let batch: Int
    package let units: Int
    package let isSequence: Bool
    package var name: String { "recurrent output" }

    private var layout: RecurrenceLayout { RecurrenceLayout(form, batch: batch, units: units) }

    /// Where it stands.
    package var start: Int {
        isSequence
            ? min(layout.output(after: 0), layout.output(after: form.steps - 1)) : layout.output(after: layout.step(form.steps - 1))
    }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs == [[layout.count]], !isSequence || form.keeps != .last else {
            throw mismatch(inputs, expected: "what a recurrence keeps")
        }
        return [isSequence ? form.steps * batch : batch, units]
    }

    /// What a ``Recurrence`` is given as its gradient.
    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) -> [Value?] { [upstream] }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(CopyKernel(source: inputs[0].floats + start, count: output.shape.count, result: output.floats))
    }
}

extension Graph {
    /// A recurrent cell over a sequence of `steps`: h after each step, `[steps · batch, units]`, or after the last one made, `[batch, units]`.
    ///
    /// - Parameters:
    ///   - z: what the inputs add, x W + b, `[steps · batch, gates · units]`, one step after another.
    ///   - kernel: U, `[units, gates · units]`.
    ///   - bias: what is added to h U.
    ///   - dropout: `[gates · batch, units]`, by which h is multiplied before the product, gate by gate.
    ///   - mask: `[steps, batch]`: where it is 0, h and c stay as they are.
    ///   - isReversed: from the last step to the first; outputs stay in the order of the steps.
    ///   - isTrained: whether gradients will be asked for; less is kept otherwise.
    public mutating func recurrence(
        _ cell: RecurrentCell, _ z: Value, kernel: Value, bias: Value? = nil, dropout: Value? = nil, mask: Value? = nil, steps: Int,
        isReversed: Bool = false, givesSequence: Bool, isTrained: Bool
    ) throws(ShapeError) -> Value {
        let form = RecurrenceForm(
            cell: cell, steps: steps, isReversed: isReversed, hasBias: bias != nil, hasDropout: dropout != nil, hasMask: mask != nil,
            keeps: isTrained ? .all : givesSequence ? .outputs : .last)
        let trace = try add(Recurrence(form: form), [z, kernel] + [bias, dropout, mask].compactMap(\.self))
        return try add(
            RecurrentOutput(form: form, batch: z.shape.rows / steps, units: kernel.shape.rows, isSequence: givesSequence), [trace])
    }
}
