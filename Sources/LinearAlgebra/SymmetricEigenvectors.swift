import CProduct

/// Eigenvalues of a symmetric matrix, the largest first, and eigenvectors of the first of them.
///
/// Householder's reflections make the matrix tridiagonal, the QL algorithm with implicit shifts finds all eigenvalues, and its turns, taken back from the last
/// to the first, lead to the eigenvectors that are wanted, which are orthogonal to rounding however near their values lie. Source: Golub and Van
/// Loan, "Matrix Computations", 8.3. What stands in the way of one of LAPACK's routines: its bits depend on the processor at hand and on which
/// of its builds a machine has, and all told it is no faster.
public struct SymmetricEigenvectors: Sendable {
    /// All eigenvalues, the largest first.
    public let values: [Double]
    /// A column an eigenvector, in the order of the values.
    public let vectors: Matrix

    /// Turns that one eigenvalue takes at most; two are usual.
    private static let mostSweeps = 60

    /// The eigenvalues of a matrix, whose lower triangle alone is read, and so many eigenvectors. Nil when a number is infinite or none.
    public init?(of matrix: Matrix, count: Int) {
        let size = min(matrix.rows, matrix.columns)
        var reduction = Reduction(matrix, size: size)
        guard let turns = reduction.diagonalise(mostSweeps: Self.mostSweeps) else { return nil }
        let found = reduction.diagonal
        let order = found.indices.sorted { (found[$1], $0) < (found[$0], $1) }
        values = order.map { found[$0] }
        var vectors = Matrix(rows: size, columns: min(max(count, 0), size))
        for column in 0..<vectors.columns { vectors[order[column], column] = 1 }
        turns.apply(to: &vectors)
        reduction.reflect(&vectors)
        self.vectors = vectors
    }
}

/// The plane rotations of the QL algorithm, in their order.
private struct Turns {
    var places: [Int32] = []
    var cosines: [Double] = []
    var sines: [Double] = []

    mutating func append(_ place: Int, _ cosine: Double, _ sine: Double) {
        places.append(Int32(truncatingIfNeeded: place))
        cosines.append(cosine)
        sines.append(sine)
    }

    func apply(to vectors: inout Matrix) {
        cdoubles_turn(&vectors.elements, vectors.columns, places, cosines, sines, places.count)
    }
}

/// A symmetric matrix as Q T Qᵀ with tridiagonal T; row i of what it keeps holds the vector of the reflection that cleared it.
private struct Reduction {
    private var matrix: Matrix
    private var factors: [Double]
    var diagonal: [Double]
    private var below: [Double]

    init(_ matrix: Matrix, size: Int) {
        self.matrix = matrix
        let zeros = [Double](repeating: 0, count: size)
        (factors, diagonal, below) = (zeros, zeros, zeros)
        // The change that rows are still to undergo: a - v wᵀ - w vᵀ. It is made together with the next product, so that the matrix is gone through once.
        var (v, w, u, product) = (zeros, zeros, zeros, zeros)
        let columns = matrix.columns
        self.matrix.elements.withUnsafeMutableBufferPointer { a in
            guard let start = a.baseAddress else { return }
            for row in stride(from: size - 1, through: 0, by: -1) {
                let own = start + row * columns
                for column in 0...row { own[column] -= v[row] * w[column] + w[row] * v[column] }
                diagonal[row] = own[row]
                guard row > 0 else { break }
                let squares = (0..<row - 1).reduce(0) { $0 + own[$1] * own[$1] }
                let last = own[row - 1]
                for place in u.indices { (u[place], product[place]) = (place < row ? own[place] : 0, 0) }
                if squares == 0 {
                    below[row - 1] = last
                    for place in 0..<row { u[place] = 0 }
                } else {
                    let length = (squares + last * last).squareRoot()
                    below[row - 1] = last > 0 ? -length : length
                    u[row - 1] = last - below[row - 1]
                    factors[row] = 2 / (squares + u[row - 1] * u[row - 1])
                    own[row - 1] = u[row - 1]
                }
                cdoubles_reduce(start, columns, row, v, w, u, &product)
                let factor = factors[row]
                let along = factor * factor / 2 * (0..<row).reduce(0) { $0 + u[$1] * product[$1] }
                for place in u.indices { (v[place], w[place]) = (u[place], factor * product[place] - along * u[place]) }
            }
        }
    }

    /// Makes T diagonal and gives the turns that it took; nil when it does not come to an end, as with numbers that are none.
    mutating func diagonalise(mostSweeps: Int) -> Turns? {
        var turns = Turns()
        for first in diagonal.indices {
            var sweeps = 0
            while true {
                // A number beside the diagonal that is nothing to its neighbours parts the matrix.
                let last = (first..<diagonal.count - 1).first {
                    abs(below[$0]) <= .ulpOfOne / 2 * (abs(diagonal[$0]) + abs(diagonal[$0 + 1]))
                }
                let end = last ?? diagonal.count - 1
                if end == first { break }
                sweeps += 1
                guard sweeps <= mostSweeps else { return nil }
                sweep(first, end, &turns)
            }
        }
        return diagonal.allSatisfy(\.isFinite) ? turns : nil
    }

    /// A step of QL from the end of a part to its first row.
    private mutating func sweep(_ first: Int, _ end: Int, _ turns: inout Turns) {
        let half = (diagonal[first + 1] - diagonal[first]) / (2 * below[first])
        let root = (half * half + 1).squareRoot()
        var g = diagonal[end] - diagonal[first] + below[first] / (half + (half < 0 ? -root : root))
        var (sine, cosine, shift) = (1.0, 1.0, 0.0)
        for place in stride(from: end - 1, through: first, by: -1) {
            let f = sine * below[place]
            let b = cosine * below[place]
            let radius = (f * f + g * g).squareRoot()
            below[place + 1] = radius
            if radius == 0 {
                diagonal[place + 1] -= shift
                below[end] = 0
                return
            }
            (sine, cosine) = (f / radius, g / radius)
            g = diagonal[place + 1] - shift
            let r = (diagonal[place] - g) * sine + 2 * cosine * b
            shift = sine * r
            diagonal[place + 1] = g + shift
            g = cosine * r - b
            turns.append(place, cosine, sine)
        }
        diagonal[first] -= shift
        below[first] = g
        below[end] = 0
    }

    /// Q x of each column.
    func reflect(_ x: inout Matrix) {
        var room = [Double](repeating: 0, count: x.columns)
        let width = x.columns
        matrix.elements.withUnsafeBufferPointer { a in
            guard let start = a.baseAddress else { return }
            for row in factors.indices where factors[row] != 0 {
                cdoubles_reflect(&x.elements, row, width, start + row * matrix.columns, factors[row], &room)
            }
        }
    }
}
