/// The operands of a product, how they lie, and which kernel multiplies them.
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
    /// ``ParameterStore/productRoom``.
    let room: UnsafeMutablePointer<Float>

    /// Whether the rows of a transposed b begin so many bytes apart that they fall on the same few lines of the cache: then a
    /// transposed copy first is faster than half the speed that the library has on such a matrix.
    var rowsCollide: Bool { Self.usesLibrary && transposeB && leadingB % 1024 == 0 && k >= 2048 && m >= 32 }

    /// How much of the result to compute at once, so that it is still in the second-level cache when it is finished: blocks of columns, or of rows where even the
    /// fewest columns are too many numbers.
    func block(bytes: Int = 256 << 10) -> Block {
        let columns = bytes / (4 * max(m, 1)) / 64 * 64
        if n <= columns + columns / 2 { return .whole }
        return columns > 0 ? .columns(columns) : .rows(max(bytes / (4 * n) / 64 * 64, 64))
    }

    /// A part of a result.
    enum Block: BitwiseCopyable {
        case whole
        case columns(Int)
        case rows(Int)
    }

    /// Computes the columns from `column` on.
    @inline(__always)
    func multiply(column: Int, count: Int, into c: UnsafeMutablePointer<Float>, leading: Int) {
        multiply(row: 0, rows: m, column: column, columns: count, into: c, leading: leading)
    }

    /// Computes the rows from `row` on.
    @inline(__always)
    func multiply(row: Int, count: Int, into c: UnsafeMutablePointer<Float>, leading: Int) {
        multiply(row: row, rows: count, column: 0, columns: n, into: c, leading: leading)
    }

    // MARK: - Kernels

    /// Whether products that are not small go to oneDNN: a fixed rule, since kernels sum in different orders and a race at run time would change bits.
    ///
    /// Measured on one core of a Zen 5, GFLOP/s as tiled / oneDNN 2.6.3 / OpenBLAS 0.3 of NumPy / PyTorch 2.13, for a plain product and m x n x k;
    /// with AVX2 oneDNN in a sitting of its own:
    ///
    /// | | AVX2 | AVX-512 |
    /// |:--|:--|:--|
    /// | 256 x 512 x 512 | 130 / 118 / 129 / 115 | 256 / 262 |
    /// | 128 x 4096 x 64 | 125 / 72 / 125 / 108 | 242 / 215 |
    /// | 128 x 64 x 4096 | 127 / 136 / 123 / 106 | 249 / 256 |
    /// | 64 x 4096 x 128 | 119 / 78 / 117 / 103 | 229 / 246 |
    /// | 4096 x 46 x 128 | 127 / 125 / 110 / 71 | 241 / 257 |
    /// | 128 x 46 x 4096 | 120 / 125 / 102 / 70 | 233 / 252 |
    /// | 512 x 512 x 128 | 132 / 117 / 134 / 115 | 263 / 267 |
    /// | 128 x 64 x 64 | 134 / 131 / 112 / 96 | 254 / 244 |
    /// | 32 x 64 x 64 | 113 / 123 / 83 / 72 | 241 / 222 |
    /// | 10 x 6 x 11, by the small kernels | 13.5 / – / 1.6 / 1.2 | |
    ///
    /// With a transposed a, oneDNN falls to 70 to 100 under AVX2.
    static var usesLibrary: Bool { InstructionSet.built == .avx512 }

    @inline(__always)
    private func multiply(row: Int, rows: Int, column: Int, columns: Int, into c: UnsafeMutablePointer<Float>, leading: Int) {
        if isSmall { return multiplySmall(row: row, rows: rows, column: column, columns: columns, into: c, leading: leading) }
        let (left, right) = (a + (transposeA ? row : row * leadingA), b + (transposeB ? column * leadingB : column))
        if Self.usesLibrary {
            matrixProduct(
                left, leading: leadingA, transposed: transposeA, right, leading: leadingB, transposed: transposeB, c, leading: leading,
                m: rows, n: columns, k: k)
        } else if isOfVector(leading: leading) {
            multiplyVector(row: row, rows: rows, column: column, columns: columns, into: c, leading: leading)
        } else {
            tiledProduct(
                left, leading: leadingA, transposed: transposeA, right, leading: leadingB, transposed: transposeB, c, leading: leading,
                m: rows, n: columns, k: k, room: room)
        }
    }
}

extension ProductGeometry {
    /// The geometry of a product in a program.
    init(_ product: Product, inputs: [Operand], result: Shape, emitter: Emitter) {
        self.init(
            a: inputs[0].floats, b: inputs[1].floats, leadingA: inputs[0].shape.columns, leadingB: inputs[1].shape.columns,
            transposeA: product.transposeA, transposeB: product.transposeB, m: result.rows, n: result.columns,
            k: product.transposeA ? inputs[0].shape.rows : inputs[0].shape.columns, room: emitter.parameters.productRoom)
    }

    /// The same product on a copy of b that lies the other way, which the program makes first.
    func transposingB(_ emitter: Emitter) -> ProductGeometry {
        let copy = emitter.room(for: Float.self, count: k * n)
        emitter.add(TransposeKernel(source: b, rows: n, columns: k, result: copy))
        return ProductGeometry(
            a: a, b: copy, leadingA: leadingA, leadingB: n, transposeA: transposeA, transposeB: false, m: m, n: n, k: k, room: room)
    }
}
