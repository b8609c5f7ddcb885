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
    /// What reaches it through the product, before the dropout mask.
    let returned: UnsafeMutablePointer<Float>
    /// What reaches a step's c from later ones.
    let state: UnsafeMutablePointer<Float>
    /// The gradient of h U + b, where it is another than that of z.
    let recurrent: UnsafeMutablePointer<Float>
    /// The gradient of r h, of a GRU that resets before the product.
    let reset: UnsafeMutablePointer<Float>
    let room: UnsafeMutablePointer<Float>

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
            switch form.cell {
            case .simple(let function):
                simple(step, place, function)
                giveBack(toStep)
            case .lstm(let function, let gates):
                lstm(step, place, function, gates)
                giveBack(toStep)
            case .gru(let function, let gates, true):
                gru(step, place, function, gates)
                giveBack(recurrent)
            case .gru(let function, let gates, false):
                gruCandidate(step, place, function, gates)
                multiplyMatrices(
                    toStep + 2 * units, leading: width, turned + 2 * units * units, leading: units, reset, leading: units, m: batch,
                    n: units, k: units, room: room)
                gruResetBefore(step, gates)
                multiplyMatrices(
                    toStep, leading: width, turned, leading: units, returned, leading: units, m: batch, n: units, k: 2 * units, room: room)
                addReset(step)
            }
        }
    }

    /// The product with the turned kernel, all gates at once.
    @inline(__always)
    private func giveBack(_ gradient: UnsafePointer<Float>) {
        multiplyMatrices(
            gradient, leading: width, turned, leading: units, returned, leading: units, m: batch, n: units, k: width, room: room)
    }

    /// Calls `body` for each vector of each example's units: its place among the units of all examples, the example, its place among the units of one,
    /// how many lanes count, and the gradient of h. Steps that handed on hand back.
    @inline(__always)
    private func forEachGradient(
        _ step: Int, _ place: Int, _ body: (_ at: Int, _ example: Int, _ j: Int, _ inside: Int, _ gradient: Vector) -> Void
    ) {
        let read = isSequence ? upstream + step * batch * units : place == form.steps - 1 ? upstream : nil
        for example in 0..<batch {
            let handsOn = mask.map { $0[step * batch + example] == 0 } ?? false
            if handsOn {
                (result + (step * batch + example) * width).update(repeating: 0, count: width)
                if form.cell.gates == 3 { (recurrent + example * width).update(repeating: 0, count: width) }
            }
            forEachStrip(units) { j, inside in
                let at = example * units + j
                var back = load(returned + at)
                if let dropout { back *= load(dropout + at) }
                back += load(passed + at)
                if let read { back += load(read + at) }
                if handsOn {
                    storeFirst(inside, of: back, to: passed + at)
                } else {
                    body(at, example, j, inside, back)
                }
            }
        }
    }

    private func simple(_ step: Int, _ place: Int, _ function: CellFunction) {
        let (h, toStep) = (trace + layout.output(after: step), result + step * batch * units)
        let zero = Vector(repeating: 0)
        forEachGradient(step, place) { at, _, _, inside, back in
            storeFirst(inside, of: back * function.slope(load(h + at)), to: toStep + at)
            storeFirst(inside, of: zero, to: passed + at)
        }
    }

    private func lstm(_ step: Int, _ place: Int, _ function: CellFunction, _ gates: CellFunction) {
        let (before, after) = (trace + layout.state(before: step), trace + layout.state(after: step))
        let (kept, toStep) = (trace + layout.gates(step), result + step * batch * width)
        let (second, third, fourth) = (units, 2 * units, 3 * units)
        let zero = Vector(repeating: 0)
        forEachGradient(step, place) { at, example, j, inside, back in
            let row = example * width + j
            let (i, f) = (load(kept + row), load(kept + (row + second)))
            let (g, o) = (load(kept + (row + third)), load(kept + (row + fourth)))
            let y = function.apply(load(after + at))
            let toState = multiplyAdd(back * o, function.slope(y), load(state + at))
            storeFirst(inside, of: toState * g * gates.slope(i), to: toStep + row)
            storeFirst(inside, of: toState * load(before + at) * gates.slope(f), to: toStep + (row + second))
            storeFirst(inside, of: toState * i * function.slope(g), to: toStep + (row + third))
            storeFirst(inside, of: back * y * gates.slope(o), to: toStep + (row + fourth))
            storeFirst(inside, of: toState * f, to: state + at)
            storeFirst(inside, of: zero, to: passed + at)
        }
    }

    private func gru(_ step: Int, _ place: Int, _ function: CellFunction, _ gates: CellFunction) {
        let before = trace + layout.output(before: step)
        let (kept, toStep) = (trace + layout.gates(step), result + step * batch * width)
        let (second, third, fourth) = (units, 2 * units, 3 * units)
        forEachGradient(step, place) { at, example, j, inside, back in
            let (row, keptRow) = (example * width + j, example * 4 * units + j)
            let (u, r) = (load(kept + keptRow), load(kept + (keptRow + second)))
            let (candidate, inner) = (load(kept + (keptRow + third)), load(kept + (keptRow + fourth)))
            let toU = back * (load(before + at) - candidate) * gates.slope(u)
            let toCandidate = back * (Vector(repeating: 1) - u) * function.slope(candidate)
            let toR = toCandidate * inner * gates.slope(r)
            storeFirst(inside, of: toU, to: toStep + row)
            storeFirst(inside, of: toR, to: toStep + (row + second))
            storeFirst(inside, of: toCandidate, to: toStep + (row + third))
            storeFirst(inside, of: toU, to: recurrent + row)
            storeFirst(inside, of: toR, to: recurrent + (row + second))
            storeFirst(inside, of: toCandidate * r, to: recurrent + (row + third))
            storeFirst(inside, of: back * u, to: passed + at)
        }
    }

    /// Of a GRU that resets before the product: the gradients of u and of the candidate; that of r waits for that of r h.
    private func gruCandidate(_ step: Int, _ place: Int, _ function: CellFunction, _ gates: CellFunction) {
        let before = trace + layout.output(before: step)
        let (kept, toStep) = (trace + layout.gates(step), result + step * batch * width)
        let third = 2 * units
        forEachGradient(step, place) { at, example, j, inside, back in
            let row = example * width + j
            let (u, candidate) = (load(kept + row), load(kept + (row + third)))
            storeFirst(inside, of: back * (load(before + at) - candidate) * gates.slope(u), to: toStep + row)
            storeFirst(inside, of: back * (Vector(repeating: 1) - u) * function.slope(candidate), to: toStep + (row + third))
            storeFirst(inside, of: back * u, to: passed + at)
        }
    }

    /// The gradient of r, from that of r h. Where a step handed on, that is 0.
    private func gruResetBefore(_ step: Int, _ gates: CellFunction) {
        let before = trace + layout.output(before: step)
        let (kept, toStep) = (trace + layout.gates(step), result + step * batch * width)
        let second = units
        for example in 0..<batch {
            forEachStrip(units) { j, inside in
                let (at, row) = (example * units + j, example * width + j)
                let r = load(kept + (row + second))
                var h = load(before + at)
                if let dropout { h *= load(dropout + at) }
                storeFirst(inside, of: load(reset + at) * h * gates.slope(r), to: toStep + (row + second))
            }
        }
    }

    /// What reaches h through r h joins what reaches it through the gates.
    private func addReset(_ step: Int) {
        let (kept, second) = (trace + layout.gates(step), units)
        for example in 0..<batch {
            forEachStrip(units) { j, inside in
                let at = example * units + j
                let r = load(kept + (example * width + second + j))
                storeFirst(inside, of: multiplyAdd(load(reset + at), r, load(returned + at)), to: returned + at)
            }
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
    /// h times the dropout mask, of all steps.
    let dropped: UnsafeMutablePointer<Float>
    /// Of all steps what a GRU's candidate is multiplied with: its gradient times r, or r h where it resets before the product.
    let reset: UnsafeMutablePointer<Float>
    let room: UnsafeMutablePointer<Float>

    private var units: Int { layout.units }
    private var width: Int { form.cell.gates * layout.units }
    private var rows: Int { form.steps * layout.batch }

    func run() {
        var h = trace + min(layout.output(before: 0), layout.output(before: form.steps - 1))
        if let dropout {
            let block = layout.batch * units
            for step in 0..<form.steps { multiply(h + step * block, by: dropout, count: block, into: dropped + step * block) }
            h = UnsafePointer(dropped)
        }
        guard case .gru(_, _, let resetsAfter) = form.cell else { return multiply(h, gradient, leading: width, columns: 0..<width) }
        multiply(h, gradient, leading: width, columns: 0..<2 * units)
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
