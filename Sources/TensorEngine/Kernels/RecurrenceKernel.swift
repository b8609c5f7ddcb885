import CProduct

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
    /// A step's h times a gate's dropout mask.
    let dropped: UnsafeMutablePointer<Float>
    /// A step's r h, of a GRU that resets before the product.
    let reset: UnsafeMutablePointer<Float>

    private var batch: Int { layout.batch }
    private var units: Int { layout.units }
    private var width: Int { form.cell.gates * layout.units }

    func run() {
        let first = layout.step(0)
        (trace + layout.output(before: first)).update(repeating: 0, count: batch * units)
        if form.cell.hasState { (trace + layout.state(before: first)).update(repeating: 0, count: batch * units) }
        for place in 0..<form.steps {
            let step = layout.step(place)
            let h = UnsafePointer(trace + layout.output(before: step))
            var pass = self.pass(step)
            switch form.cell {
            case .simple:
                multiplyByKernel(h, gates: form.cell.gates, isZero: place == 0)
                ccell_simple(&pass)
            case .lstm:
                multiplyByKernel(h, gates: form.cell.gates, isZero: place == 0)
                ccell_lstm(&pass)
            case .gru(_, _, true):
                multiplyByKernel(h, gates: form.cell.gates, isZero: place == 0)
                ccell_gru(&pass)
            case .gru(_, _, false):
                multiplyByKernel(h, gates: 2, isZero: place == 0)
                ccell_gru_gates(&pass, seen(h, gate: 2))
                multiplyMatrices(
                    reset, leading: units, kernel + 2 * units, leading: width, product + 2 * units, leading: width, m: batch, n: units,
                    k: units)
                ccell_gru_candidate(&pass)
            }
        }
    }

    /// The pass over the gates of a step.
    private func pass(_ step: Int) -> ccell_step {
        let (function, gates) = form.cell.functions
        let hasState = form.cell.hasState
        return ccell_step(
            batch: batch, units: units, function: function, gates: gates, z: z + step * batch * width, product: product, bias: bias,
            mask: mask.map { $0 + step * batch }, h: trace + layout.output(before: step),
            c: hasState ? UnsafePointer(trace + layout.state(before: step)) : nil, next_h: trace + layout.output(after: step),
            next_c: hasState ? trace + layout.state(after: step) : nil, kept: trace + layout.gates(step), reset: reset)
    }

    /// What a gate sees of h.
    @inline(__always)
    private func seen(_ h: UnsafePointer<Float>, gate: Int) -> UnsafePointer<Float> {
        guard let dropout else { return h }
        multiply(h, by: dropout + gate * batch * units, count: batch * units, into: dropped)
        return UnsafePointer(dropped)
    }

    /// h U for the first gates, at once where all of them see the same.
    @inline(__always)
    private func multiplyByKernel(_ h: UnsafePointer<Float>, gates: Int, isZero: Bool) {
        if isZero { return product.update(repeating: 0, count: batch * width) }
        let step = dropout == nil ? gates : 1
        for gate in stride(from: 0, to: gates, by: step) {
            multiplyMatrices(
                seen(h, gate: gate), leading: units, kernel + gate * units, leading: width, product + gate * units, leading: width,
                m: batch, n: step * units, k: units)
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension RecurrentCell {
    /// What is applied to the candidate and to what is given, and to the gates.
    var functions: (function: ccell_function, gates: ccell_function) {
        switch self {
        case .simple(let function): (function.inC, ccell_sigmoid)
        case .lstm(let function, let gates), .gru(let function, let gates, _): (function.inC, gates.inC)
        }
    }
}

extension CellFunction {
    fileprivate var inC: ccell_function {
        switch self {
        case .linear: ccell_linear
        case .tanh: ccell_tanh
        case .sigmoid: ccell_sigmoid
        case .relu: ccell_relu
        }
    }
}

/// c = a b, row-major: `[m, k]` by `[k, n]`, for the k of a step, some hundreds at most: each element's sum is one chain. Tiles read both where they lie, which
/// at these sizes costs no more than laying them out anew, and nothing is called that would cost more than the work.
///
/// Measured on one core of a Zen 5 with AVX-512, GFLOP/s of these tiles / oneDNN 2.6.3, m x n x k: 64 x 128 x 32: 261 / 228; 16 x 64 x 16: 253 / 90;
/// 16 x 16 x 64: 133 / 93; 128 x 512 x 128: 264 / 260.
@inline(__always)
func multiplyMatrices(
    _ a: UnsafePointer<Float>, leading leadingA: Int, _ b: UnsafePointer<Float>, leading leadingB: Int,
    _ c: UnsafeMutablePointer<Float>, leading leadingC: Int, m: Int, n: Int, k: Int
) {
    var walk = cproduct_walk(
        rows: m, columns: n, a: a, row_a: leadingA, b: b, steps: (1, 1, k), step_a: (0, 0, 1), step_b: (0, 0, leadingB), c: c,
        leading_c: leadingC, adds: 0)
    cproduct_walk_run(&walk)
}

/// target ← a · b, element by element.
@inline(__always)
func multiply(
    _ a: UnsafePointer<Float>, by b: UnsafePointer<Float>, count: Int, into target: UnsafeMutablePointer<Float>
) {
    var i = 0
    while i + lanes <= count {
        store(load(a + i) * load(b + i), to: target + i)
        i += lanes
    }
    while i < count {
        target[i] = a[i] * b[i]
        i += 1
    }
}
