import TensorEngine

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

private func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }

// Recurrent cells, example by example and unit by unit.

extension CellFunction {
    fileprivate func apply(_ x: Double) -> Double {
        switch self {
        case .linear: x
        case .tanh: hyperbolicTangent(x)
        case .sigmoid: 1 / (1 + exp(-x))
        case .relu: max(x, 0)
        }
    }

    fileprivate func slope(_ y: Double) -> Double {
        switch self {
        case .linear: 1
        case .tanh: 1 - y * y
        case .sigmoid: y * (1 - y)
        case .relu: y > 0 ? 1 : 0
        }
    }
}

extension Interpreter {
    private func times(_ h: [Double], _ kernel: Tensor, _ columns: Range<Int>) -> [Double] {
        columns.map { column in h.indices.reduce(0) { $0 + h[$1] * kernel.elements[$1 * kernel.shape.columns + column] } }
    }

    private func timesTurned(_ g: [Double], _ kernel: Tensor, _ columns: Range<Int>) -> [Double] {
        (0..<kernel.shape.rows).map { row in
            columns.reduce(0) { $0 + g[$1 - columns.lowerBound] * kernel.elements[row * kernel.shape.columns + $1] }
        }
    }

    /// z, U, and what the form asks for.
    func recurrence(_ form: RecurrenceForm, _ x: [Tensor]) -> [Double] {
        let (z, kernel) = (x[0], x[1])
        let (units, width, batch) = (kernel.shape.rows, kernel.shape.columns, z.shape.rows / form.steps)
        let layout = RecurrenceLayout(form, batch: batch, units: units)
        var more = x.dropFirst(2)
        let bias = form.hasBias ? more.removeFirst().elements : [Double](repeating: 0, count: width)
        let dropout = form.hasDropout ? more.removeFirst().rows : nil
        let mask = form.hasMask ? more.removeFirst().rows : nil
        let inputs = z.rows
        var trace = [Double](repeating: 0, count: layout.count)
        for example in 0..<batch {
            var (h, c) = ([Double](repeating: 0, count: units), [Double](repeating: 0, count: units))
            for place in 0..<form.steps {
                let step = layout.step(place)
                let input = inputs[step * batch + example]
                func seen(_ gate: Int) -> [Double] { h.indices.map { h[$0] * (dropout?[gate * batch + example][$0] ?? 1) } }
                func product(_ gates: Range<Int>) -> [Double] {
                    gates.flatMap { times(seen($0), kernel, $0 * units..<($0 + 1) * units) }
                }
                var kept: [Double]
                let (oldH, oldC) = (h, c)
                switch form.cell {
                case .simple(let function):
                    let sum = product(0..<1)
                    h = (0..<units).map { function.apply(input[$0] + sum[$0]) }
                    kept = []
                case .lstm(let function, let gates):
                    let sum = product(0..<4)
                    kept = (0..<width).map { (units * 2..<units * 3 ~= $0 ? function : gates).apply(input[$0] + sum[$0]) }
                    for j in 0..<units {
                        c[j] = kept[units + j] * c[j] + kept[j] * kept[2 * units + j]
                        h[j] = kept[3 * units + j] * function.apply(c[j])
                    }
                case .gru(let function, let gates, let resetsAfter):
                    let sum = product(0..<2)
                    kept = (0..<2 * units).map { gates.apply(input[$0] + sum[$0] + bias[$0]) }
                    let columns = 2 * units..<3 * units
                    let third = seen(2)
                    let products =
                        resetsAfter
                        ? times(third, kernel, columns) : times((0..<units).map { kept[units + $0] * third[$0] }, kernel, columns)
                    let inner = (0..<units).map { products[$0] + bias[2 * units + $0] }
                    let candidate = (0..<units).map {
                        function.apply(input[2 * units + $0] + (resetsAfter ? kept[units + $0] : 1) * inner[$0])
                    }
                    for j in 0..<units { h[j] = kept[j] * h[j] + (1 - kept[j]) * candidate[j] }
                    kept += candidate + (resetsAfter ? inner : [])
                }
                if mask?[step][example] == 0 { (h, c) = (oldH, oldC) }
                for j in 0..<units {
                    trace[layout.output(after: step) + example * units + j] = h[j]
                    if form.cell.hasState { trace[layout.state(after: step) + example * units + j] = c[j] }
                }
                for j in kept.indices { trace[layout.gates(step) + example * kept.count + j] = kept[j] }
            }
        }
        return trace
    }

    /// U, what was kept, the gradient of the outputs, and what the form asks for.
    func recurrenceGradient(_ form: RecurrenceForm, batch: Int, _ x: [Tensor]) -> [Double] {
        let (kernel, trace, upstream) = (x[0], x[1].elements, x[2])
        let (units, width) = (kernel.shape.rows, kernel.shape.columns)
        let layout = RecurrenceLayout(form, batch: batch, units: units)
        var more = x.dropFirst(3)
        let dropout = form.hasDropout ? more.removeFirst().rows : nil
        let mask = form.hasMask ? more.removeFirst().rows : nil
        let (reads, readRows) = (upstream.rows, upstream.shape.rows)
        var result = [Double](repeating: 0, count: form.steps * batch * width)
        for example in 0..<batch {
            func row(_ start: Int, _ count: Int) -> [Double] { Array(trace[start + example * count..<start + (example + 1) * count]) }
            var (toH, toC) = ([Double](repeating: 0, count: units), [Double](repeating: 0, count: units))
            for place in (0..<form.steps).reversed() {
                let step = layout.step(place)
                let isRead = readRows > batch || form.steps == 1 || place == form.steps - 1
                if isRead {
                    let read = reads[readRows > batch ? step * batch + example : example]
                    for j in 0..<units { toH[j] += read[j] }
                }
                if mask?[step][example] == 0 { continue }
                let (before, after) = (row(layout.output(before: step), units), row(layout.output(after: step), units))
                let kept = row(layout.gates(step), form.cell.kept * units)
                func factor(_ gate: Int, _ unit: Int) -> Double { dropout?[gate * batch + example][unit] ?? 1 }
                func back(_ g: [Double], _ gates: Range<Int>) -> [Double] {
                    let parts = gates.map { timesTurned(Array(g[$0 * units..<($0 + 1) * units]), kernel, $0 * units..<($0 + 1) * units) }
                    return (0..<units).map { unit in gates.indices.reduce(0) { $0 + factor($1, unit) * parts[$1][unit] } }
                }
                var (toZ, toOld) = ([Double](repeating: 0, count: width), [Double](repeating: 0, count: units))
                switch form.cell {
                case .simple(let function):
                    for j in 0..<units { toZ[j] = toH[j] * function.slope(after[j]) }
                    toOld = back(toZ, 0..<1)
                case .lstm(let function, let gates):
                    let (old, new) = (row(layout.state(before: step), units), row(layout.state(after: step), units))
                    for j in 0..<units {
                        let (i, f, g, o) = (kept[j], kept[units + j], kept[2 * units + j], kept[3 * units + j])
                        let y = function.apply(new[j])
                        toC[j] += toH[j] * o * function.slope(y)
                        toZ[j] = toC[j] * g * gates.slope(i)
                        toZ[units + j] = toC[j] * old[j] * gates.slope(f)
                        toZ[2 * units + j] = toC[j] * i * function.slope(g)
                        toZ[3 * units + j] = toH[j] * y * gates.slope(o)
                        toC[j] *= f
                    }
                    toOld = back(toZ, 0..<4)
                case .gru(let function, let gates, let resetsAfter):
                    var toProduct = [Double](repeating: 0, count: width)
                    for j in 0..<units {
                        let (u, r, candidate) = (kept[j], kept[units + j], kept[2 * units + j])
                        toZ[j] = toH[j] * (before[j] - candidate) * gates.slope(u)
                        toZ[2 * units + j] = toH[j] * (1 - u) * function.slope(candidate)
                        toProduct[2 * units + j] = toZ[2 * units + j] * (resetsAfter ? r : 1)
                        if resetsAfter { toZ[units + j] = toZ[2 * units + j] * kept[3 * units + j] * gates.slope(r) }
                    }
                    if resetsAfter {
                        for j in 0..<2 * units { toProduct[j] = toZ[j] }
                        toOld = back(toProduct, 0..<3)
                    } else {
                        let toReset = timesTurned(Array(toZ[(2 * units)...]), kernel, 2 * units..<width)
                        for j in 0..<units { toZ[units + j] = toReset[j] * before[j] * factor(2, j) * gates.slope(kept[units + j]) }
                        toOld = back(toZ, 0..<2)
                        for j in 0..<units { toOld[j] += factor(2, j) * toReset[j] * kept[units + j] }
                    }
                    for j in 0..<units { toOld[j] += toH[j] * kept[j] }
                }
                for j in 0..<width { result[(step * batch + example) * width + j] = toZ[j] }
                toH = toOld
            }
        }
        return result
    }

    /// What was kept, the gradient of z, and the dropout masks.
    func recurrentKernelGradient(_ form: RecurrenceForm, units: Int, _ x: [Tensor]) -> [Double] {
        let (trace, gradient) = (x[0].elements, x[1])
        let (gradients, masks) = (gradient.rows, form.hasDropout ? x[2].rows : [])
        let (width, batch) = (gradient.shape.columns, gradient.shape.rows / form.steps)
        let layout = RecurrenceLayout(form, batch: batch, units: units)
        var result = [Double](repeating: 0, count: (units + (form.hasBias ? 1 : 0)) * width)
        for step in 0..<form.steps {
            for example in 0..<batch {
                for column in 0..<width {
                    let unit = column - 2 * units
                    var (g, factor) = (gradients[step * batch + example][column], [Double](repeating: 1, count: units))
                    if case .gru(_, _, let resetsAfter) = form.cell, unit >= 0 {
                        let start = layout.gates(step) + example * form.cell.kept * units + units
                        if resetsAfter { g *= trace[start + unit] } else { factor = Array(trace[start..<start + units]) }
                    }
                    for j in 0..<units {
                        let h =
                            trace[layout.output(before: step) + example * units + j]
                            * (form.hasDropout ? masks[column / units * batch + example][j] : 1)
                        result[j * width + column] += h * factor[j] * g
                    }
                    if form.hasBias { result[units * width + column] += g }
                }
            }
        }
        return result
    }
}
