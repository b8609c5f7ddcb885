/// The matrix product of op(a) `[m, k]` and op(b) `[k, n]`, where op transposes on request: `[m, n]`.
///
/// Gradient of Y = A B: dA = G Bᵀ, dB = Aᵀ G; with transposes by the same rule.
package struct Product: EpilogueOperation {
    package let transposeA: Bool
    package let transposeB: Bool
    package var name: String { "product" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 2, inputs[0].rank == 2, inputs[1].rank == 2 else {
            throw mismatch(inputs, expected: "two matrices")
        }
        let (a, b) = (inputs[0].dimensions, inputs[1].dimensions)
        let (m, inner) = transposeA ? (a[1], a[0]) : (a[0], a[1])
        let (k, n) = transposeB ? (b[1], b[0]) : (b[0], b[1])
        guard inner == k else { throw mismatch(inputs, expected: "\(inner) rows in the second matrix, it has \(k)") }
        return [m, n]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        let (a, b) = (inputs[0], inputs[1])
        let toA =
            transposeA
            ? try graph.product(b, upstream, transposeA: transposeB, transposeB: true)
            : try graph.product(upstream, b, transposeB: !transposeB)
        let toB =
            transposeB
            ? try graph.product(upstream, a, transposeA: true, transposeB: transposeA)
            : try graph.product(a, upstream, transposeA: !transposeA)
        return [toA, toB]
    }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand, epilogue: ElementwiseLoop?) {
        let (m, n) = (output.shape.rows, output.shape.columns)
        let k = transposeA ? inputs[0].shape.rows : inputs[0].shape.columns
        var geometry = ProductGeometry(
            a: inputs[0].floats, b: inputs[1].floats, leadingA: inputs[0].shape.columns, leadingB: inputs[1].shape.columns,
            transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k)
        if geometry.rowsCollide {
            let copy = emitter.room(for: Float.self, count: k * n)
            emitter.add(TransposeKernel(source: geometry.b, rows: n, columns: k, result: copy))
            geometry = ProductGeometry(
                a: geometry.a, b: copy, leadingA: geometry.leadingA, leadingB: n, transposeA: transposeA, transposeB: false, m: m, n: n,
                k: k)
        }
        emitter.add(
            ProductKernel(
                geometry: geometry, result: output.floats, blockColumns: geometry.blockColumns(),
                epilogue: epilogue.map { UnsafePointer(emitter.keep([$0])) }))
    }
}

/// The operands of a product and how they lie.
struct ProductGeometry: BitwiseCopyable {
    let a: UnsafePointer<Float>
    let b: UnsafePointer<Float>
    let leadingA: Int
    let leadingB: Int
    let transposeA: Bool
    let transposeB: Bool
    let m: Int
    let n: Int
    let k: Int

    /// Whether the rows of a transposed b begin so many bytes apart that they fall on the same few lines of the cache: then a
    /// transposed copy first is faster than half the speed that the library has on such a matrix.
    var rowsCollide: Bool { transposeB && leadingB % 1024 == 0 && k >= 2048 && m >= 32 }

    /// How many columns of the result to compute at once, so that they are still in the second-level cache when they are finished.
    func blockColumns(bytes: Int = 256 << 10) -> Int {
        let fitting = bytes / (4 * max(m, 1)) / 64 * 64
        return n <= fitting + fitting / 2 ? n : max(fitting, 64)
    }

    /// Computes the columns from `column` on.
    @inline(__always)
    func multiply(column: Int, count: Int, into c: UnsafeMutablePointer<Float>, leading: Int) {
        if isSmall { return multiplySmall(row: 0, rows: m, column: column, columns: count, into: c, leading: leading) }
        matrixProduct(
            a, leading: leadingA, transposed: transposeA, b + (transposeB ? column * leadingB : column), leading: leadingB,
            transposed: transposeB, c, leading: leading, m: m, n: count, k: k)
    }

    /// Computes the rows from `row` on.
    @inline(__always)
    func multiply(row: Int, count: Int, into c: UnsafeMutablePointer<Float>, leading: Int) {
        if isSmall { return multiplySmall(row: row, rows: count, column: 0, columns: n, into: c, leading: leading) }
        matrixProduct(
            a + (transposeA ? row : row * leadingA), leading: leadingA, transposed: transposeA, b, leading: leadingB,
            transposed: transposeB, c, leading: leading, m: count, n: n, k: k)
    }
}

/// A product, block of columns by block of columns, each finished by the epilogue.
struct ProductKernel: Kernel {
    let geometry: ProductGeometry
    let result: UnsafeMutablePointer<Float>
    let blockColumns: Int
    let epilogue: UnsafePointer<ElementwiseLoop>?

    func run() {
        let n = geometry.n
        guard let epilogue else { return geometry.multiply(column: 0, count: n, into: result, leading: n) }
        if blockColumns >= n {
            geometry.multiply(column: 0, count: n, into: result, leading: n)
            return epilogue.pointee.run()
        }
        for column in stride(from: 0, to: n, by: blockColumns) {
            let count = min(blockColumns, n - column)
            geometry.multiply(column: column, count: count, into: result + column, leading: n)
            epilogue.pointee.run(rows: 0..<geometry.m, columns: column..<column + count)
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// The matrix product of a and b, each transposed on request.
    public mutating func product(_ a: Value, _ b: Value, transposeA: Bool = false, transposeB: Bool = false) throws(ShapeError) -> Value {
        try add(Product(transposeA: transposeA, transposeB: transposeB), [a, b])
    }
}
