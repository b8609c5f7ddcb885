/// How far two sets of points lie apart, by their means and covariances: |m - n|² + tr(C + D - 2 (C D)^½), the squared Fréchet distance of two normal
/// distributions. Source: Heusel et al., *GANs trained by a two time-scale update rule converge to a local Nash equilibrium* (2017).
///
/// With C = L Lᵀ the eigenvalues of C D are those of Lᵀ D L, which is symmetric: the trace of the root is the sum of their roots.
public struct FrechetDistance: Sendable, Hashable {
    /// The distance, 0 for sets of the same mean and covariance.
    public let value: Double

    /// Of points of `width` numbers, at least two of each.
    public init(_ one: [Float], _ other: [Float], width: Int) {
        let (first, second) = (Moments(one, width: width), Moments(other, width: width))
        var apart = 0.0
        for place in 0..<width {
            apart += (first.mean[place] - second.mean[place]) * (first.mean[place] - second.mean[place])
            apart += first.covariance[place * width + place] + second.covariance[place * width + place]
        }
        let factor = Self.factor(first.covariance, width: width)
        let values = Self.eigenvalues(Self.product(factor, second.covariance, width: width), width: width)
        value = max(0, apart - 2 * values.reduce(0) { $0 + max($1, 0).squareRoot() })
    }

    private struct Moments {
        var mean: [Double]
        /// Row-major; sums over the points but one.
        var covariance: [Double]

        init(_ points: [Float], width: Int) {
            let count = points.count / max(width, 1)
            mean = [Double](repeating: 0, count: width)
            for point in 0..<count { for place in 0..<width { mean[place] += Double(points[point * width + place]) / Double(count) } }
            covariance = [Double](repeating: 0, count: width * width)
            var centred = [Double](repeating: 0, count: width)
            for point in 0..<count {
                for place in 0..<width { centred[place] = Double(points[point * width + place]) - mean[place] }
                for row in 0..<width where centred[row] != 0 {
                    for column in 0...row { covariance[row * width + column] += centred[row] * centred[column] }
                }
            }
            let share = 1 / Double(max(count - 1, 1))
            for row in 0..<width {
                for column in 0...row {
                    covariance[row * width + column] *= share
                    covariance[column * width + row] = covariance[row * width + column]
                }
            }
        }
    }

    /// L of C = L Lᵀ, row-major; a column whose pivot is 0 to rounding is left 0, as of a unit that never answers.
    private static func factor(_ c: [Double], width: Int) -> [Double] {
        let least = (0..<width).reduce(0) { max($0, c[$1 * width + $1]) } * 1e-12
        var l = [Double](repeating: 0, count: width * width)
        for column in 0..<width {
            var pivot = c[column * width + column]
            for k in 0..<column { pivot -= l[column * width + k] * l[column * width + k] }
            guard pivot > least else { continue }
            let root = pivot.squareRoot()
            l[column * width + column] = root
            for row in column + 1..<max(width, column + 1) {
                var sum = c[row * width + column]
                for k in 0..<column { sum -= l[row * width + k] * l[column * width + k] }
                l[row * width + column] = sum / root
            }
        }
        return l
    }

    /// Lᵀ D L.
    private static func product(_ l: [Double], _ d: [Double], width: Int) -> [Double] {
        var half = [Double](repeating: 0, count: width * width)
        for row in 0..<width {
            for k in 0..<width where d[row * width + k] != 0 {
                for column in 0...k { half[row * width + column] += d[row * width + k] * l[k * width + column] }
            }
        }
        var whole = [Double](repeating: 0, count: width * width)
        for k in 0..<width {
            for row in 0...k where l[k * width + row] != 0 {
                for column in 0..<width { whole[row * width + column] += l[k * width + row] * half[k * width + column] }
            }
        }
        return whole
    }

    /// The eigenvalues of a symmetric matrix, by Jacobi's turns, which make one element after the other 0. Source: Golub and Van Loan, *Matrix
    /// computations*, 8.5.
    private static func eigenvalues(_ matrix: [Double], width: Int) -> [Double] {
        var a = matrix
        let size = a.reduce(0) { $0 + $1 * $1 }
        for _ in 0..<30 {
            var off = 0.0
            for row in 0..<width { for column in 0..<row { off += 2 * a[row * width + column] * a[row * width + column] } }
            if off <= size * 1e-24 { break }
            for p in 0..<width { for q in p + 1..<max(width, p + 1) { turn(&a, p, q, width: width) } }
        }
        return (0..<width).map { a[$0 * width + $0] }
    }

    private static func turn(_ a: inout [Double], _ p: Int, _ q: Int, width: Int) {
        let apq = a[p * width + q]
        guard apq != 0 else { return }
        let theta = (a[q * width + q] - a[p * width + p]) / (2 * apq)
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        for k in 0..<width {
            let (kp, kq) = (a[k * width + p], a[k * width + q])
            a[k * width + p] = c * kp - s * kq
            a[k * width + q] = s * kp + c * kq
        }
        for k in 0..<width {
            let (pk, qk) = (a[p * width + k], a[q * width + k])
            a[p * width + k] = c * pk - s * qk
            a[q * width + k] = s * pk + c * qk
        }
    }
}
