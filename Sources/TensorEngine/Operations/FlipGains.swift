import CVector

/// What turning one bit of a row adds to the logarithm of its unnormalised probability under a restricted Boltzmann machine: for row r and bit i,
/// d aᵢ + Σⱼ (softplus(xᵣⱼ + d Wᵢⱼ) - softplus(xᵣⱼ)) with d = 1 - 2 vᵣᵢ.
///
/// Inputs: v `[rows, visible]`, x = v W + b `[rows, hidden]`, W `[visible, hidden]`, a `[visible]`, and the bits to be turned, one after another, `[rows, bits]`;
/// result `[rows, bits]`. It judges, and has no gradient.
package struct FlipGains: KernelOperation {
    package init() {}
    package var name: String { "gains of flips" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 5, inputs.enumerated().allSatisfy({ $1.rank == ($0 == 3 ? 1 : 2) }),
            inputs[2].dimensions == [inputs[0].columns, inputs[1].columns], inputs[3].columns == inputs[0].columns,
            inputs[0].rows == inputs[1].rows, inputs[0].rows == inputs[4].rows
        else {
            throw mismatch(inputs, expected: "visible units, inputs of hidden units, kernel, visible bias and bits that fit each other")
        }
        return inputs[4]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        throw mismatch(inputs.map(\.shape), expected: "no gradient to be asked for")
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            FlipGainsKernel(
                visible: inputs[0].floats, sums: inputs[1].floats, kernel: inputs[2].floats, bias: inputs[3].floats,
                bits: inputs[4].integers, rows: inputs[0].shape.rows, visibleUnits: inputs[0].shape.columns,
                hiddenUnits: inputs[1].shape.columns, bitsOfRow: inputs[4].shape.columns,
                before: emitter.room(for: Float.self, count: padded(inputs[1].shape.columns)), result: output.floats))
    }
}

struct FlipGainsKernel: Kernel {
    let visible: UnsafePointer<Float>
    let sums: UnsafePointer<Float>
    let kernel: UnsafePointer<Float>
    let bias: UnsafePointer<Float>
    let bits: UnsafePointer<Int32>
    let rows: Int
    let visibleUnits: Int
    let hiddenUnits: Int
    let bitsOfRow: Int
    /// Room for the softplus of a row's sums.
    let before: UnsafeMutablePointer<Float>
    let result: UnsafeMutablePointer<Float>

    func run() {
        for row in 0..<rows {
            let x = sums + row * hiddenUnits
            for unit in stride(from: 0, to: hiddenUnits, by: lanes) { store(softplusOf(load(x + unit)), to: before + unit) }
            for place in row * bitsOfRow..<(row + 1) * bitsOfRow {
                let bit = Int(bits[place])
                let direction = 1 - 2 * visible[row * visibleUnits + bit]
                result[place] = direction * bias[bit] + gain(x, kernel + bit * hiddenUnits, Vector(repeating: direction))
            }
        }
    }

    /// Σ softplus(x + d w) - softplus(x).
    @inline(__always)
    private func gain(_ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ d: Vector) -> Float {
        func gain(at unit: Int) -> Vector { softplusOf(multiplyAdd(d, load(w + unit), load(x + unit))) - load(before + unit) }
        var total = Vector(repeating: 0)
        let whole = hiddenUnits & ~(lanes - 1)
        for unit in stride(from: 0, to: whole, by: lanes) { total += gain(at: unit) }
        // Beyond the row's end stand other numbers.
        if whole < hiddenUnits { total += Vector(repeating: 0).replacing(with: gain(at: whole), where: firstLanes(hiddenUnits - whole)) }
        return cvector_sum(total)
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// What turning each of some bits of a row adds to the logarithm of its unnormalised probability; see ``FlipGains``.
    public mutating func flipGains(
        of visible: Value, sums: Value, kernel: Value, visibleBias: Value, bits: Value
    ) throws(ShapeError) -> Value {
        try add(FlipGains(), [visible, sums, kernel, visibleBias, bits])
    }
}
