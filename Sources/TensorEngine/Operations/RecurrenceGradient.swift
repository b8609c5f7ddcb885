/// The gradient of a ``Recurrence`` with respect to z: the recurrent kernel, everything that was kept, the gradient of the outputs that were read, and as the
/// form says dropout mask and mask of steps → `[steps · batch, gates · units]`. Backpropagation through time, from the last step made to the first.
package struct RecurrenceGradient: KernelOperation {
    package let form: RecurrenceForm
    package let batch: Int
    package init(form: RecurrenceForm, batch: Int) { (self.form, self.batch) = (form, batch) }
    package var name: String { "recurrence gradient" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 3 + (form.hasDropout ? 1 : 0) + (form.hasMask ? 1 : 0), inputs[0].rank == 2,
            [[form.steps * batch, inputs[0].rows], [batch, inputs[0].rows]].contains(inputs[2])
        else { throw mismatch(inputs, expected: "a recurrent kernel, what was kept, and the gradient of outputs") }
        return [form.steps * batch, inputs[0].columns]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        throw mismatch(inputs.map(\.shape), expected: "no second derivative")
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        let (units, columns) = (inputs[0].shape.rows, inputs[0].shape.columns)
        func room(_ width: Int) -> UnsafeMutablePointer<Float> { emitter.room(for: Float.self, count: batch * width) }
        emitter.add(
            RecurrenceGradientKernel(
                form: form, layout: RecurrenceLayout(form, batch: batch, units: units), kernel: inputs[0].floats, trace: inputs[1].floats,
                upstream: inputs[2].floats, isSequence: inputs[2].shape.rows == form.steps * batch && form.steps > 1,
                dropout: form.hasDropout ? UnsafePointer(inputs[3].floats) : nil,
                mask: form.hasMask ? UnsafePointer(inputs[form.hasDropout ? 4 : 3].floats) : nil, result: output.floats,
                turned: emitter.room(for: Float.self, count: columns * units), passed: room(units), returned: room(units),
                state: room(units), recurrent: room(columns), reset: room(units),
                seen: room(units)))
    }
}

/// The gradient of a ``Recurrence`` with respect to the recurrent kernel, and below it that of the bias where there is one: what was kept, the gradient with
/// respect to z, and the dropout mask → `[units (+ 1), gates · units]`. One product over all steps.
package struct RecurrentKernelGradient: KernelOperation {
    package let form: RecurrenceForm
    package let units: Int
    package init(form: RecurrenceForm, units: Int) { (self.form, self.units) = (form, units) }
    package var name: String { "recurrent kernel gradient" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == (form.hasDropout ? 3 : 2), inputs[1].rank == 2, inputs[1].columns == form.cell.gates * units else {
            throw mismatch(inputs, expected: "what was kept, and the gradient with respect to z")
        }
        return [units + (form.hasBias ? 1 : 0), inputs[1].columns]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        throw mismatch(inputs.map(\.shape), expected: "no second derivative")
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        let rows = inputs[1].shape.rows
        func room(_ isNeeded: Bool) -> UnsafeMutablePointer<Float> { emitter.room(for: Float.self, count: isNeeded ? rows * units : 1) }
        let isGRU = form.cell.gates == 3
        emitter.add(
            RecurrentKernelGradientKernel(
                form: form, layout: RecurrenceLayout(form, batch: rows / form.steps, units: units), trace: inputs[0].floats,
                gradient: inputs[1].floats, dropout: form.hasDropout ? UnsafePointer(inputs[2].floats) : nil, result: output.floats,
                dropped: room(form.hasDropout), reset: room(isGRU), room: emitter.parameters.productRoom))
    }
}
