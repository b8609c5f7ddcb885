/// Runs a recurrent cell over a sequence: at each step one product of all examples' h with the recurrent kernel, and one pass over the gates.
struct RecurrenceKernel: Kernel {
    let form: RecurrenceForm
    let layout: RecurrenceLayout
    let z: UnsafePointer<Float>
    let kernel: UnsafePointer<Float>
    let bias: UnsafePointer<Float>?
    let dropout: UnsafePointer<Float>?
    let mask: UnsafePointer<Float>?
    let trace: UnsafeMutablePointer<Float>
    /// A step's h U.
    let product: UnsafeMutablePointer<Float>
    /// A step's h times the dropout mask.
    let dropped: UnsafeMutablePointer<Float>
    /// A step's r h, of a GRU that resets before the product.
    let reset: UnsafeMutablePointer<Float>
    let room: UnsafeMutablePointer<Float>

    private var batch: Int { layout.batch }
    private var units: Int { layout.units }
    private var width: Int { form.cell.gates * layout.units }

    func run() {
        let first = layout.step(0)
        (trace + layout.output(before: first)).update(repeating: 0, count: batch * units)
        if form.cell.hasState { (trace + layout.state(before: first)).update(repeating: 0, count: batch * units) }
        for place in 0..<form.steps {
            let step = layout.step(place)
            var h = UnsafePointer(trace + layout.output(before: step))
            if let dropout {
                multiply(h, by: dropout, count: batch * units, into: dropped)
                h = UnsafePointer(dropped)
            }
            switch form.cell {
            case .simple(let function):
                multiplyByKernel(h, columns: width, isZero: place == 0)
                simple(step, function)
            case .lstm(let function, let gates):
                multiplyByKernel(h, columns: width, isZero: place == 0)
                lstm(step, function, gates)
            case .gru(let function, let gates, true):
                multiplyByKernel(h, columns: width, isZero: place == 0)
                gru(step, function, gates)
            case .gru(let function, let gates, false):
                multiplyByKernel(h, columns: 2 * units, isZero: place == 0)
                gruGates(step, gates, h)
                multiplyMatrices(
                    reset, leading: units, kernel + 2 * units, leading: width, product + 2 * units, leading: width, m: batch, n: units,
                    k: units, room: room)
                gruResetBefore(step, function)
            }
        }
    }

    /// The first columns of h U.
    @inline(__always)
    private func multiplyByKernel(_ h: UnsafePointer<Float>, columns: Int, isZero: Bool) {
        if isZero { return product.update(repeating: 0, count: batch * width) }
        multiplyMatrices(
            h, leading: units, kernel, leading: width, product, leading: width, m: batch, n: columns, k: units, room: room)
    }

    /// Whether the step of an example hands on h and c, which this does then.
    @inline(__always)
    private func handsOn(_ step: Int, _ example: Int) -> Bool {
        guard let mask, mask[step * batch + example] == 0 else { return false }
        let row = example * units
        if layout.outputStride > 0 {
            (trace + (layout.output(after: step) + row)).update(from: trace + (layout.output(before: step) + row), count: units)
        }
        if form.cell.hasState, layout.stateStride > 0 {
            (trace + (layout.state(after: step) + row)).update(from: trace + (layout.state(before: step) + row), count: units)
        }
        return true
    }

    private func simple(_ step: Int, _ function: CellFunction) {
        for example in 0..<batch where !handsOn(step, example) {
            let (x, p) = (z + (step * batch + example) * width, product + example * width)
            let after = trace + (layout.output(after: step) + example * units)
            forEachStrip(units) { j, inside in storeFirst(inside, of: function.apply(load(x + j) + load(p + j)), to: after + j) }
        }
    }

    private func lstm(_ step: Int, _ function: CellFunction, _ gates: CellFunction) {
        for example in 0..<batch where !handsOn(step, example) {
            let (x, p) = (z + (step * batch + example) * width, UnsafePointer(product + example * width))
            let (before, after) = (
                trace + (layout.state(before: step) + example * units), trace + (layout.state(after: step) + example * units)
            )
            let h = trace + (layout.output(after: step) + example * units)
            let kept = trace + (layout.gates(step) + example * width)
            let (second, third, fourth) = (units, 2 * units, 3 * units)
            forEachStrip(units) { j, inside in
                let i = gates.apply(load(x + j) + load(p + j))
                let f = gates.apply(load(x + (second + j)) + load(p + (second + j)))
                let g = function.apply(load(x + (third + j)) + load(p + (third + j)))
                let o = gates.apply(load(x + (fourth + j)) + load(p + (fourth + j)))
                let c = multiplyAdd(f, load(before + j), i * g)
                storeFirst(inside, of: c, to: after + j)
                storeFirst(inside, of: o * function.apply(c), to: h + j)
                storeFirst(inside, of: i, to: kept + j)
                storeFirst(inside, of: f, to: kept + (second + j))
                storeFirst(inside, of: g, to: kept + (third + j))
                storeFirst(inside, of: o, to: kept + (fourth + j))
            }
        }
    }

    private func gru(_ step: Int, _ function: CellFunction, _ gates: CellFunction) {
        for example in 0..<batch where !handsOn(step, example) {
            let (x, p) = (z + (step * batch + example) * width, UnsafePointer(product + example * width))
            let (before, after) = (
                trace + (layout.output(before: step) + example * units), trace + (layout.output(after: step) + example * units)
            )
            let kept = trace + (layout.gates(step) + example * 4 * units)
            let (second, third, fourth) = (units, 2 * units, 3 * units)
            let zero = Vector(repeating: 0)
            forEachStrip(units) { j, inside in
                let u = gates.apply(load(x + j) + load(p + j) + (bias.map { load($0 + j) } ?? zero))
                let r = gates.apply(load(x + (second + j)) + load(p + (second + j)) + (bias.map { load($0 + (second + j)) } ?? zero))
                let inner = load(p + (third + j)) + (bias.map { load($0 + (third + j)) } ?? zero)
                let candidate = function.apply(multiplyAdd(r, inner, load(x + (third + j))))
                storeFirst(inside, of: multiplyAdd(u, load(before + j) - candidate, candidate), to: after + j)
                storeFirst(inside, of: u, to: kept + j)
                storeFirst(inside, of: r, to: kept + (second + j))
                storeFirst(inside, of: candidate, to: kept + (third + j))
                storeFirst(inside, of: inner, to: kept + (fourth + j))
            }
        }
    }

    /// Both gates of a GRU that resets before the product, and r h.
    private func gruGates(_ step: Int, _ gates: CellFunction, _ h: UnsafePointer<Float>) {
        for example in 0..<batch {
            let (x, p) = (z + (step * batch + example) * width, UnsafePointer(product + example * width))
            let kept = trace + (layout.gates(step) + example * width)
            let (row, second) = (example * units, units)
            forEachStrip(units) { j, inside in
                let r = gates.apply(load(x + (second + j)) + load(p + (second + j)))
                storeFirst(inside, of: gates.apply(load(x + j) + load(p + j)), to: kept + j)
                storeFirst(inside, of: r, to: kept + (second + j))
                storeFirst(inside, of: r * load(h + (row + j)), to: reset + (row + j))
            }
        }
    }

    /// Its candidate and h.
    private func gruResetBefore(_ step: Int, _ function: CellFunction) {
        for example in 0..<batch where !handsOn(step, example) {
            let third = 2 * units
            let (x, p) = (z + ((step * batch + example) * width + third), UnsafePointer(product + (example * width + third)))
            let (before, after) = (
                trace + (layout.output(before: step) + example * units), trace + (layout.output(after: step) + example * units)
            )
            let kept = trace + (layout.gates(step) + example * width)
            forEachStrip(units) { j, inside in
                let candidate = function.apply(load(x + j) + load(p + j))
                storeFirst(inside, of: multiplyAdd(load(kept + j), load(before + j) - candidate, candidate), to: after + j)
                storeFirst(inside, of: candidate, to: kept + (third + j))
            }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// c = a b, row-major: `[m, k]` by `[k, n]`, on the kernel that serves these sizes.
@inline(__always)
func multiplyMatrices(
    _ a: UnsafePointer<Float>, leading leadingA: Int, _ b: UnsafePointer<Float>, leading leadingB: Int,
    _ c: UnsafeMutablePointer<Float>, leading leadingC: Int, m: Int, n: Int, k: Int, room: UnsafeMutablePointer<Float>
) {
    ProductGeometry(
        a: a, b: b, leadingA: leadingA, leadingB: leadingB, transposeA: false, transposeB: false, m: m, n: n, k: k, room: room
    ).multiply(column: 0, count: n, into: c, leading: leadingC)
}
