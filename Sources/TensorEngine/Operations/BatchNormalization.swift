import CVector

/// The population variance of each column about its mean: `[rows, columns]` and `[columns]` → `[columns]`.
///
/// Gradient: 2 g (x - mean) / rows to x, none to the mean, about which the variance is least.
package struct ColumnVariance: KernelOperation {
    package var name: String { "variance of columns" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[1].dimensions == [inputs[0].columns] else {
            throw mismatch(inputs, expected: "rows and the mean of each column")
        }
        return inputs[1]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let centred = try graph.subtract(inputs[0], inputs[1])
        return [try graph.scale(graph.multiply(centred, upstream), by: 2 / Float(inputs[0].shape.rows)), nil]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        let shape = inputs[0].shape
        emitter.add(
            ColumnSumsKernel(
                kind: .squares, x: inputs[0].floats, g: inputs[0].floats, mean: inputs[1].floats, variance: inputs[1].floats, epsilon: 0,
                rows: shape.rows, columns: shape.columns, factor: 1 / Float(shape.rows), result: output.floats))
    }
}

/// Batch normalization: γ (x - mean) / √(variance + ε) + β for inputs x, mean, variance, γ, β.
///
/// Mean and variance are those of x itself, so the gradient through them is part of the gradient to x, with x̂ = (x - mean) / √(variance + ε):
/// γ / √(variance + ε) (g - Σ g / rows - x̂ Σ g x̂ / rows). Source: Ioffe and Szegedy, *Batch normalization* (2015).
package struct BatchNormalize: KernelOperation {
    package let epsilon: Float
    package var name: String { "batch normalization" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 5, inputs.dropFirst().allSatisfy({ $0.dimensions == [inputs[0].columns] }) else {
            throw mismatch(inputs, expected: "rows, and mean, variance, gamma and beta of each column")
        }
        return inputs[0]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let (x, mean, variance, gamma) = (inputs[0], inputs[1], inputs[2], inputs[3])
        let toBeta = try graph.add(SumRows(), [upstream])
        let toGamma = try graph.add(NormalizedColumnSums(epsilon: epsilon), [x, mean, variance, upstream])
        let toX = try graph.add(BatchNormalizeGradient(epsilon: epsilon), [x, mean, variance, gamma, upstream, toBeta, toGamma])
        return [toX, nil, nil, toGamma, toBeta]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(
            BatchNormalizeKernel(
                x: inputs[0].floats, mean: inputs[1].floats, variance: inputs[2].floats, gamma: inputs[3].floats, beta: inputs[4].floats,
                epsilon: epsilon, rows: output.shape.rows, columns: output.shape.columns, result: output.floats,
                factors: emitter.room(for: Float.self, count: output.shape.columns)))
    }
}

/// Σ g x̂ over the rows, for each column: the gradient of ``BatchNormalize`` to γ, from x, mean, variance and g. It has no gradient of its own.
package struct NormalizedColumnSums: KernelOperation {
    package let epsilon: Float
    package init(epsilon: Float) { self.epsilon = epsilon }
    package var name: String { "normalized column sums" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape { [inputs[0].columns] }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        throw mismatch(inputs.map(\.shape), expected: "first derivatives only")
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        let shape = inputs[0].shape
        emitter.add(
            ColumnSumsKernel(
                kind: .normalizedProducts, x: inputs[0].floats, g: inputs[3].floats, mean: inputs[1].floats, variance: inputs[2].floats,
                epsilon: epsilon, rows: shape.rows, columns: shape.columns, factor: 1, result: output.floats))
    }
}

/// The gradient of ``BatchNormalize`` to x, from x, mean, variance, γ, g, Σ g and Σ g x̂. It has no gradient of its own.
package struct BatchNormalizeGradient: KernelOperation {
    package let epsilon: Float
    package init(epsilon: Float) { self.epsilon = epsilon }
    package var name: String { "batch normalization gradient" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape { inputs[0] }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        throw mismatch(inputs.map(\.shape), expected: "first derivatives only")
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        func row() -> UnsafeMutablePointer<Float> { emitter.room(for: Float.self, count: output.shape.columns) }
        emitter.add(
            BatchNormalizeGradientKernel(
                x: inputs[0].floats, mean: inputs[1].floats, variance: inputs[2].floats, gamma: inputs[3].floats, g: inputs[4].floats,
                sum: inputs[5].floats, normalizedSum: inputs[6].floats, epsilon: epsilon, rows: output.shape.rows,
                columns: output.shape.columns, result: output.floats, factors: row(), centres: row(), slopes: row()))
    }
}

/// Sums down the columns: Σ (x - mean)², or Σ g (x - mean) / √(variance + ε).
struct ColumnSumsKernel: Kernel {
    enum Kind: Int8, BitwiseCopyable {
        case squares
        case normalizedProducts
    }

    let kind: Kind
    let x: UnsafePointer<Float>
    let g: UnsafePointer<Float>
    let mean: UnsafePointer<Float>
    let variance: UnsafePointer<Float>
    let epsilon: Float
    let rows: Int
    let columns: Int
    let factor: Float
    let result: UnsafeMutablePointer<Float>

    func run() {
        // Row by row, as the numbers lie in memory, with the running sums in the result, which is padded to whole vectors.
        result.update(repeating: 0, count: padded(columns))
        for row in 0..<rows {
            let start = row * columns
            for column in stride(from: 0, to: columns, by: lanes) {
                let centred = load(x + (start + column)) - load(mean + column)
                let other = kind == .squares ? centred : load(g + (start + column))
                store(multiplyAdd(centred, other, load(result + column)), to: result + column)
            }
        }
        for column in stride(from: 0, to: columns, by: lanes) {
            var sums = load(result + column)
            if kind == .normalizedProducts { sums /= cvector_sqrt(load(variance + column) + Vector(repeating: epsilon)) }
            store(sums * Vector(repeating: factor), to: result + column)
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

struct BatchNormalizeKernel: Kernel {
    let x: UnsafePointer<Float>
    let mean: UnsafePointer<Float>
    let variance: UnsafePointer<Float>
    let gamma: UnsafePointer<Float>
    let beta: UnsafePointer<Float>
    let epsilon: Float
    let rows: Int
    let columns: Int
    let result: UnsafeMutablePointer<Float>
    /// γ / √(variance + ε) of each column.
    let factors: UnsafeMutablePointer<Float>

    func run() {
        for column in stride(from: 0, to: columns, by: lanes) {
            store(load(gamma + column) / cvector_sqrt(load(variance + column) + Vector(repeating: epsilon)), to: factors + column)
        }
        for row in 0..<rows {
            writeRow(to: result + row * columns, count: columns) { column in
                multiplyAdd(load(x + (row * columns + column)) - load(mean + column), load(factors + column), load(beta + column))
            }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

struct BatchNormalizeGradientKernel: Kernel {
    let x: UnsafePointer<Float>
    let mean: UnsafePointer<Float>
    let variance: UnsafePointer<Float>
    let gamma: UnsafePointer<Float>
    let g: UnsafePointer<Float>
    let sum: UnsafePointer<Float>
    let normalizedSum: UnsafePointer<Float>
    let epsilon: Float
    let rows: Int
    let columns: Int
    let result: UnsafeMutablePointer<Float>
    /// γ / √(variance + ε) of each column.
    let factors: UnsafeMutablePointer<Float>
    /// Σ g / rows of each column.
    let centres: UnsafeMutablePointer<Float>
    /// Σ g x̂ / (rows √(variance + ε)) of each column.
    let slopes: UnsafeMutablePointer<Float>

    func run() {
        let share = Vector(repeating: 1 / Float(rows))
        for column in stride(from: 0, to: columns, by: lanes) {
            let inverse = Vector(repeating: 1) / cvector_sqrt(load(variance + column) + Vector(repeating: epsilon))
            store(load(gamma + column) * inverse, to: factors + column)
            store(load(sum + column) * share, to: centres + column)
            store(load(normalizedSum + column) * share * inverse, to: slopes + column)
        }
        for row in 0..<rows {
            let (x, g) = (x + row * columns, g + row * columns)
            writeRow(to: result + row * columns, count: columns) { column in
                let centred = load(x + column) - load(mean + column)
                return load(factors + column) * (load(g + column) - load(centres + column) - centred * load(slopes + column))
            }
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// Writes one row vector by vector; of the last only what belongs to the row.
@inline(__always)
func writeRow(to row: UnsafeMutablePointer<Float>, count: Int, _ value: (Int) -> Vector) {
    var column = 0
    while column + lanes <= count {
        store(value(column), to: row + column)
        column += lanes
    }
    if column < count {
        let last = value(column)
        for lane in 0..<count - column { row[column + lane] = last[lane] }
    }
}

extension Graph {
    /// The mean of each column, `[columns]`.
    public mutating func meanOfRows(_ x: Value) throws(ShapeError) -> Value { try scale(sumOfRows(x), by: 1 / Float(x.shape.rows)) }

    /// The population variance of each column about `mean`, `[columns]`.
    public mutating func varianceOfRows(_ x: Value, mean: Value) throws(ShapeError) -> Value { try add(ColumnVariance(), [x, mean]) }

    /// γ (x - mean) / √(variance + ε) + β, where mean and variance are those of x.
    public mutating func batchNormalize(
        _ x: Value, mean: Value, variance: Value, gamma: Value, beta: Value, epsilon: Float
    ) throws(ShapeError) -> Value {
        try add(BatchNormalize(epsilon: epsilon), [x, mean, variance, gamma, beta])
    }
}
