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
        for i in 0..<rows {
            let left = a + (row + i) * strideI
            let target = c + i * leading
            if transposeB {
                dotProducts(left, b + column * leadingB, count: columns, into: target)
            } else {
                combineRows(left, stride: strideK, b + column, columns: columns, into: target)
            }
        }
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
                storeFirst(columns - column, of: sum, to: target + column)
            }
            column += lanes
        }
    }

    /// The products of one row of a with `count` rows of b.
    @inline(__always)
    private func dotProducts(_ left: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int, into target: UnsafeMutablePointer<Float>)
    {
        let whole = k & ~(lanes - 1)
        let rest = firstLanes(k - whole)
        for j in 0..<count {
            let right = b + j * leadingB
            var sum = Vector(repeating: 0)
            for step in Swift.stride(from: 0, to: whole, by: lanes) { sum = multiplyAdd(load(left + step), load(right + step), sum) }
            if whole < k {
                let last = Vector(repeating: 0).replacing(with: load(left + whole), where: rest)
                sum = multiplyAdd(last, Vector(repeating: 0).replacing(with: load(right + whole), where: rest), sum)
            }
            target[j] = cvector_sum(sum)
        }
    }
}

/// Writes the first `count` lanes of a vector.
@inline(__always)
func storeFirst(_ count: Int, of value: Vector, to target: UnsafeMutablePointer<Float>) {
    for lane in 0..<count { target[lane] = value[lane] }
}
