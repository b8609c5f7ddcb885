import LinearAlgebra

/// How far two sets of points lie apart, by their means and covariances: |m - n|² + tr(C + D - 2 (C D)^½), the squared Fréchet distance of two normal
/// distributions. Source: Heusel et al., *GANs trained by a two time-scale update rule converge to a local Nash equilibrium* (2017).
///
/// With C = L Lᵀ the eigenvalues of C D are those of Lᵀ D L, which is symmetric: the trace of the root is the sum of their roots.
package struct FrechetDistance: Sendable, Hashable {
    /// The distance, 0 for sets of the same mean and covariance; not a number where a point is none.
    package let value: Double

    /// Of points of `width` numbers, at least two of each set.
    package init(_ one: [Float], _ other: [Float], width: Int) {
        let (first, second) = (Moments(one, width: width), Moments(other, width: width))
        let apart = (0..<width).reduce(0.0) { sum, place in
            let step = first.mean[place] - second.mean[place]
            return sum + step * step + first.covariance[place, place] + second.covariance[place, place]
        }
        let factor = Self.factor(first.covariance)
        guard let found = SymmetricEigenvectors(of: factor.transposed * second.covariance * factor, count: 0) else {
            value = .nan
            return
        }
        value = max(0, apart - 2 * found.values.reduce(0) { $0 + max($1, 0).squareRoot() })
    }

    private struct Moments {
        let mean: [Double]
        /// By sums over the points but one.
        let covariance: Matrix

        init(_ points: [Float], width: Int) {
            let matrix = Matrix(points.map(Double.init), rows: points.count / max(width, 1), columns: width)
            mean = matrix.columnMeans
            var products = matrix.subtracting(mean).columnProducts
            let share = 1 / Double(max(matrix.rows - 1, 1))
            for place in products.elements.indices { products.elements[place] *= share }
            covariance = products
        }
    }

    /// L of C = L Lᵀ; a column whose pivot is 0 to rounding is left 0, as of a unit that never answers.
    private static func factor(_ c: Matrix) -> Matrix {
        let least = (0..<c.rows).reduce(0) { max($0, c[$1, $1]) } * 1e-12
        var l = Matrix(rows: c.rows, columns: c.rows)
        for column in 0..<c.rows {
            let pivot = (0..<column).reduce(c[column, column]) { $0 - l[column, $1] * l[column, $1] }
            guard pivot > least else { continue }
            let root = pivot.squareRoot()
            l[column, column] = root
            for row in column + 1..<max(c.rows, column + 1) {
                l[row, column] = (0..<column).reduce(c[row, column]) { $0 - l[row, $1] * l[column, $1] } / root
            }
        }
        return l
    }
}
