import CVector

// Products of a few thousand multiplications: a library's call costs more than the work.

extension ProductGeometry {
    /// Multiplications up to which ``multiplySmall(row:rows:column:columns:into:leading:)`` is the faster way.
    static let smallWork = 24_576

    /// Whether the product is one of small matrices, in a layout that the small kernels know.
    var isSmall: Bool { m * n * k <= Self.smallWork && !(transposeA && transposeB) }

    /// Computes a block of the result: the element at row i and column j goes to `c[(i - row) * leading + j - column]`.
    @inline(__always)
    func multiplySmall(row: Int, rows: Int, column: Int, columns: Int, into c: UnsafeMutablePointer<Float>, leading: Int) {
        let (strideI, strideK) = transposeA ? (1, leadingA) : (leadingA, 1)
        let (left, right) = (a + row * strideI, b + column * (transposeB ? leadingB : 1))
        if k == 1 && rowOfBIsContiguous {
            outerProduct(left, stride: strideI, rows: rows, right, columns: columns, into: c, leading: leading)
        } else if n == 1 && leading == 1 && leadingB == 1 && strideK == 1 {
            for i in 0..<rows { c[i] = dotProduct(left + i * strideI, right) }
        } else {
            for i in 0..<rows {
                let target = c + i * leading
                if transposeB {
                    for j in 0..<columns { target[j] = dotProduct(left + i * strideI, right + j * leadingB) }
                } else {
                    combineRows(left + i * strideI, stride: strideK, right, columns: columns, into: target)
                }
            }
        }
    }

    /// Whether the result is one row or one column, for which tiles are too wide, in a layout that the small kernels know.
    func isOfVector(leading: Int) -> Bool {
        m == 1 && !(transposeA && transposeB) || n == 1 && (transposeA ? leading == 1 : leadingB == 1 || transposeB)
    }

    /// Computes a block of such a result. A column of a transposed a is taken for a row: its rows lie one behind the other.
    @inline(__always)
    func multiplyVector(row: Int, rows: Int, column: Int, columns: Int, into c: UnsafeMutablePointer<Float>, leading: Int) {
        guard n == 1 && m > 1 && transposeA else {
            return multiplySmall(row: row, rows: rows, column: column, columns: columns, into: c, leading: leading)
        }
        let turned = ProductGeometry(
            a: b, b: a, leadingA: leadingB, leadingB: leadingA, transposeA: !transposeB, transposeB: false, m: 1, n: m, k: k, room: room)
        turned.multiplySmall(row: 0, rows: 1, column: row, columns: rows, into: c, leading: m)
    }

    /// Whether the elements of a row of op(b) follow each other in memory.
    @inline(__always)
    private var rowOfBIsContiguous: Bool { !transposeB || leadingB == 1 }

    /// Each element of a column, times a row; with one column, the column times an element.
    @inline(__always)
    private func outerProduct(
        _ left: UnsafePointer<Float>, stride: Int, rows: Int, _ right: UnsafePointer<Float>, columns: Int,
        into c: UnsafeMutablePointer<Float>, leading: Int
    ) {
        if columns == 1 && stride == 1 && leading == 1 { return scale(left, count: rows, by: right.pointee, into: c) }
        for i in 0..<rows { scale(right, count: columns, by: left[i * stride], into: c + i * leading) }
    }

    @inline(__always)
    private func scale(_ x: UnsafePointer<Float>, count: Int, by factor: Float, into target: UnsafeMutablePointer<Float>) {
        let factor = Vector(repeating: factor)
        writeRow(to: target, count: count) { load(x + $0) * factor }
    }

    /// The sum of b's rows, each times an element of a row of op(a).
    @inline(__always)
    private func combineRows(
        _ left: UnsafePointer<Float>, stride: Int, _ b: UnsafePointer<Float>, columns: Int, into target: UnsafeMutablePointer<Float>
    ) {
        var column = 0
        while column + 4 * lanes <= columns {
            var (s0, s1, s2, s3) = (Vector(repeating: 0), Vector(repeating: 0), Vector(repeating: 0), Vector(repeating: 0))
            var at = b + column
            for step in 0..<k {
                let factor = Vector(repeating: left[step * stride])
                s0 = multiplyAdd(factor, load(at), s0)
                s1 = multiplyAdd(factor, load(at + lanes), s1)
                s2 = multiplyAdd(factor, load(at + 2 * lanes), s2)
                s3 = multiplyAdd(factor, load(at + 3 * lanes), s3)
                at += leadingB
            }
            store(s0, to: target + column)
            store(s1, to: target + column + lanes)
            store(s2, to: target + column + 2 * lanes)
            store(s3, to: target + column + 3 * lanes)
            column += 4 * lanes
        }
        while column < columns {
            var sum = Vector(repeating: 0)
            var at = b + column
            for step in 0..<k {
                sum = multiplyAdd(Vector(repeating: left[step * stride]), load(at), sum)
                at += leadingB
            }
            if column + lanes <= columns {
                store(sum, to: target + column)
            } else {
                for lane in 0..<columns - column { target[column + lane] = sum[lane] }
            }
            column += lanes
        }
    }

    /// The product of a row of a with a row of b.
    @inline(__always)
    private func dotProduct(_ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>) -> Float {
        let whole = k & ~(lanes - 1)
        var sum = Vector(repeating: 0)
        for step in Swift.stride(from: 0, to: whole, by: lanes) { sum = multiplyAdd(load(left + step), load(right + step), sum) }
        if whole < k {
            let rest = firstLanes(k - whole)
            let last = Vector(repeating: 0).replacing(with: load(left + whole), where: rest)
            sum = multiplyAdd(last, Vector(repeating: 0).replacing(with: load(right + whole), where: rest), sum)
        }
        return cvector_sum(sum)
    }
}
