import CProduct

/// Backpropagation through time: at each step one pass over the gates and one product with the turned recurrent kernel.
struct RecurrenceGradientKernel: Kernel {
    let form: RecurrenceForm
    let layout: RecurrenceLayout
    let kernel: UnsafePointer<Float>
    let trace: UnsafePointer<Float>
    let upstream: UnsafePointer<Float>
    let isSequence: Bool
    let dropout: UnsafePointer<Float>?
    let mask: UnsafePointer<Float>?
    let result: UnsafeMutablePointer<Float>
    /// Uᵀ, `[gates · units, units]`.
    let turned: UnsafeMutablePointer<Float>
    /// What reaches a step's h from later ones, but through the product.
    let passed: UnsafeMutablePointer<Float>
    /// What reaches it through the product.
    let returned: UnsafeMutablePointer<Float>
    /// What reaches a step's c from later ones.
    let state: UnsafeMutablePointer<Float>
    /// The gradient of h U + b, where it is another than that of z.
    let recurrent: UnsafeMutablePointer<Float>
    /// The gradient of r h, of a GRU that resets before the product.
    let reset: UnsafeMutablePointer<Float>
    /// The gradient of what one gate saw of h.
    let seen: UnsafeMutablePointer<Float>

    private var batch: Int { layout.batch }
    private var units: Int { layout.units }
    private var width: Int { form.cell.gates * layout.units }

    func run() {
        cproduct_transpose(kernel, units, width, turned)
        passed.update(repeating: 0, count: batch * units)
        returned.update(repeating: 0, count: batch * units)
        state.update(repeating: 0, count: batch * units)
        for place in stride(from: form.steps - 1, through: 0, by: -1) {
            let step = layout.step(place)
            let toStep = UnsafeMutablePointer(result + step * batch * width)
            var pass = self.pass(step, place)
            switch form.cell {
            case .simple:
                ccell_simple_back(&pass)
                giveBack(toStep, gates: form.cell.gates)
            case .lstm:
                ccell_lstm_back(&pass)
                giveBack(toStep, gates: form.cell.gates)
            case .gru(_, _, true):
                ccell_gru_back(&pass)
                giveBack(recurrent, gates: 3)
            case .gru(_, _, false):
                ccell_gru_candidate_back(&pass)
                multiplyMatrices(
                    toStep + 2 * units, leading: width, turned + 2 * units * units, leading: units, reset, leading: units, m: batch,
                    n: units, k: units)
                ccell_gru_gates_back(&pass)
                giveBack(toStep, gates: 2)
                ccell_gru_reset_back(&pass)
            }
        }
    }

    /// The pass over the gates of a step.
    private func pass(_ step: Int, _ place: Int) -> ccell_back {
        let (function, gates) = form.cell.functions
        let hasState = form.cell.hasState
        return ccell_back(
            batch: batch, units: units, function: function, gates: gates, mask: mask.map { $0 + step * batch },
            h: trace + layout.output(before: step), next_h: trace + layout.output(after: step),
            c: hasState ? trace + layout.state(before: step) : nil, next_c: hasState ? trace + layout.state(after: step) : nil,
            kept: trace + layout.gates(step), dropout: dropout.map { $0 + (form.cell.gates - 1) * batch * units },
            read: isSequence ? upstream + step * batch * units : place == form.steps - 1 ? upstream : nil, returned: returned,
            passed: passed, state: state, to_z: result + step * batch * width, recurrent: form.cell.gates == 3 ? recurrent : nil,
            reset: reset)
    }

    /// The product with the turned kernel for the first gates, at once where all of them saw the same.
    @inline(__always)
    private func giveBack(_ gradient: UnsafePointer<Float>, gates: Int) {
        guard let dropout else {
            return multiplyMatrices(
                gradient, leading: width, turned, leading: units, returned, leading: units, m: batch, n: units, k: gates * units)
        }
        returned.update(repeating: 0, count: batch * units)
        for gate in 0..<gates {
            multiplyMatrices(
                gradient + gate * units, leading: width, turned + gate * units * units, leading: units, seen, leading: units, m: batch,
                n: units, k: units)
            let factors = dropout + gate * batch * units
            for i in 0..<batch * units { returned[i] += factors[i] * seen[i] }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// The sum over all steps of the transposed h times the gradient of h U, as one product, and below it the sum of that gradient's rows.
struct RecurrentKernelGradientKernel: Kernel {
    let form: RecurrenceForm
    let layout: RecurrenceLayout
    let trace: UnsafePointer<Float>
    /// With respect to z.
    let gradient: UnsafePointer<Float>
    let dropout: UnsafePointer<Float>?
    let result: UnsafeMutablePointer<Float>
    /// h times a gate's dropout mask, of all steps.
    let dropped: UnsafeMutablePointer<Float>
    /// Of all steps what a GRU's candidate is multiplied with: its gradient times r, or r h where it resets before the product.
    let reset: UnsafeMutablePointer<Float>
    let room: UnsafeMutablePointer<Float>

    private var units: Int { layout.units }
    private var width: Int { form.cell.gates * layout.units }
    private var rows: Int { form.steps * layout.batch }

    func run() {
        guard case .gru(_, _, let resetsAfter) = form.cell else { return multiply(gates: form.cell.gates) }
        multiply(gates: 2)
        let h = seen(gate: 2)
        resetRows(resetsAfter, h)
        if resetsAfter {
            multiply(h, reset, leading: units, columns: 2 * units..<3 * units)
        } else {
            multiply(UnsafePointer(reset), gradient + 2 * units, leading: width, columns: 2 * units..<3 * units)
        }
        guard form.hasBias else { return }
        SumRowsKernel(source: gradient, rows: rows, columns: width, result: result + units * width).run()
        SumRowsKernel(source: reset, rows: rows, columns: units, result: result + units * width + 2 * units).run()
    }

    /// What a gate saw of h at all steps.
    private func seen(gate: Int) -> UnsafePointer<Float> {
        let h = trace + min(layout.output(before: 0), layout.output(before: form.steps - 1))
        guard let dropout else { return h }
        let block = layout.batch * units
        for step in 0..<form.steps { multiply(h + step * block, by: dropout + gate * block, count: block, into: dropped + step * block) }
        return UnsafePointer(dropped)
    }

    /// The columns of the first gates, at once where all of them saw the same.
    private func multiply(gates: Int) {
        let step = dropout == nil ? gates : 1
        for gate in stride(from: 0, to: gates, by: step) {
            multiply(seen(gate: gate), gradient + gate * units, leading: width, columns: gate * units..<(gate + step) * units)
        }
    }

    /// Some columns of the result: the transposed h times `other`.
    private func multiply(_ h: UnsafePointer<Float>, _ other: UnsafePointer<Float>, leading: Int, columns: Range<Int>) {
        ProductGeometry(
            a: h, b: other, leadingA: units, leadingB: leading, transposeA: true, transposeB: false, m: units, n: columns.count, k: rows,
            room: room
        ).multiply(column: 0, count: columns.count, into: result + columns.lowerBound, leading: width)
    }

    private func resetRows(_ resetsAfter: Bool, _ h: UnsafePointer<Float>) {
        let (keptWidth, second, third) = (form.cell.kept * units, units, 2 * units)
        let kept = trace + layout.gates(0)
        for row in 0..<rows {
            let r = kept + (row * keptWidth + second)
            let other = resetsAfter ? gradient + (row * width + third) : h + row * units
            multiply(other, by: r, count: units, into: reset + row * units)
        }
    }

    private func multiply(
        _ a: UnsafePointer<Float>, by b: UnsafePointer<Float>, count: Int, into target: UnsafeMutablePointer<Float>
    ) { TensorEngine.multiply(a, by: b, count: count, into: target) }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}
