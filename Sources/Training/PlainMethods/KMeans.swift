import LinearAlgebra
import RandomNumbers

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Clusters of rows about their means: Σ |x - centre|² over the rows, each by its nearest centre, is made small by Lloyd's steps.
package struct KMeans: Sendable {
    /// A row a cluster.
    package let centres: Matrix
    /// The number of the nearest centre of each row that was clustered.
    package let clusters: [Int32]
    /// Σ |x - centre|².
    package let inertia: Double
    /// How many steps were made.
    package let steps: Int

    /// Steps after which clusters are taken as they are, and the share of the columns' mean variance below which the centres' squared way of a step ends
    /// them, both as in scikit-learn.
    package static let (mostSteps, tolerance) = (300, 1e-4)

    /// The best of several clusterings, each from first centres of its own.
    ///
    /// - Parameters:
    ///   - rows: what is clustered, at least one row.
    ///   - count: how many clusters; of fewer rows each is a centre.
    ///   - starts: how many clusterings.
    ///   - seed, path: what the draws of first centres are named by, the start being their step.
    package init(of rows: Matrix, count: Int, starts: Int = 10, seed: Int, path: String = "") {
        let mean = rows.columnMeans
        let centred = rows.subtracting(mean)
        var best: KMeans?
        for start in 0..<max(starts, 1) {
            var stream = RandomStream(seed: seed, stream: .cluster, path: path, step: start)
            let found = KMeans(centred: centred, from: CentreDraw.centres(of: centred, count: count, &stream))
            if best.map({ found.inertia < $0.inertia }) ?? true { best = found }
        }
        self = best?.moved(by: mean) ?? KMeans(centres: Matrix(rows: 0, columns: rows.columns), clusters: [], inertia: 0, steps: 0)
    }

    /// The clustering that begins at given centres, `[clusters, columns]`.
    package init(of rows: Matrix, from centres: Matrix, tolerance: Double = Self.tolerance) {
        let mean = rows.columnMeans
        self = KMeans(centred: rows.subtracting(mean), from: centres.subtracting(mean), tolerance: tolerance).moved(by: mean)
    }

    private init(centres: Matrix, clusters: [Int32], inertia: Double, steps: Int) {
        (self.centres, self.clusters, self.inertia, self.steps) = (centres, clusters, inertia, steps)
    }

    private func moved(by mean: [Double]) -> KMeans {
        KMeans(centres: centres.subtracting(mean.map { -$0 }), clusters: clusters, inertia: inertia, steps: steps)
    }

    /// The number of the nearest centre of each row, of equally near ones the first.
    package func nearest(of rows: Matrix) -> [Int32] {
        let mean = centres.columnMeans
        return NearestCentres(centres.subtracting(mean)).numbers(of: rows.subtracting(mean))
    }

    // MARK: - Lloyd's steps

    /// Rows about their mean: distances that are told by products keep their digits then.
    private init(centred rows: Matrix, from first: Matrix, tolerance: Double = Self.tolerance) {
        let least = tolerance * rows.elements.reduce(0) { $0 + $1 * $1 } / Double(max(rows.elements.count, 1))
        var (centres, clusters, steps) = (first, [Int32](repeating: -1, count: rows.rows), 0)
        var isSettled = false
        while steps < Self.mostSteps, !isSettled {
            steps += 1
            let before = (centres: centres, clusters: clusters)
            (clusters, centres) = Self.step(rows, centres)
            isSettled = clusters == before.clusters
            let way = zip(centres.elements, before.centres.elements).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            if way <= least { break }
        }
        if !isSettled { clusters = NearestCentres(centres).numbers(of: rows) }
        self.init(
            centres: centres, clusters: clusters, inertia: squaredDistances(of: rows, to: centres, clusters).reduce(0, +), steps: steps)
    }

    /// The clusters of the nearest centres, and the means of those.
    private static func step(_ rows: Matrix, _ centres: Matrix) -> (clusters: [Int32], centres: Matrix) {
        var sums = Matrix(rows: centres.rows, columns: centres.columns)
        var sizes = [Double](repeating: 0, count: centres.rows)
        let width = rows.columns
        let clusters = sums.elements.withUnsafeMutableBufferPointer { sums in
            NearestCentres(centres).numbers(of: rows) { row, cluster in
                sizes[cluster] += 1
                guard let own = sums.baseAddress.map({ $0 + cluster * width }) else { return }
                for column in 0..<width { own[column] += row[column] }
            }
        }
        let empty = sizes.indices.filter { sizes[$0] == 0 }
        if !empty.isEmpty { fill(empty, &sums, &sizes, from: rows, centres, clusters) }
        let largest = sizes.indices.max { sizes[$0] < sizes[$1] } ?? 0
        for cluster in sizes.indices where sizes[cluster] > 0 {
            let factor = 1 / sizes[cluster]
            for place in cluster * width..<(cluster + 1) * width { sums.elements[place] *= factor }
        }
        for cluster in sizes.indices where sizes[cluster] == 0 {
            sums.elements.replaceSubrange(cluster * width..<(cluster + 1) * width, with: sums[row: largest])
        }
        return (clusters, sums)
    }

    /// Makes the rows that lie farthest from their centres clusters of their own, one for each empty one, as scikit-learn does.
    private static func fill(
        _ empty: [Int], _ sums: inout Matrix, _ sizes: inout [Double], from rows: Matrix, _ centres: Matrix, _ clusters: [Int32]
    ) {
        let distances = squaredDistances(of: rows, to: centres, clusters)
        let farthest = distances.indices.sorted { (distances[$1], $0) < (distances[$0], $1) }
        // With fewer different rows than clusters there is nothing to move.
        guard let first = farthest.first, distances[first] > 0 else { return }
        for (cluster, row) in zip(empty, farthest) {
            let left = Int(clusters[row])
            for column in 0..<rows.columns {
                sums[left, column] -= rows[row, column]
                sums[cluster, column] = rows[row, column]
            }
            sizes[left] -= 1
            sizes[cluster] = 1
        }
    }
}

/// Which of some centres is nearest: where |c|² - 2 x·c is least.
private struct NearestCentres {
    private let turned: Matrix
    private let squares: [Double]

    init(_ centres: Matrix) {
        turned = centres.transposed
        squares = (0..<centres.rows).map { centres[row: $0].reduce(0) { $0 + $1 * $1 } }
    }

    /// The number of each row's nearest centre; `body` is given each row, while it is in the cache, with that number.
    func numbers(of rows: Matrix, _ body: (UnsafePointer<Double>, Int) -> Void = { _, _ in }) -> [Int32] {
        let (count, width) = (squares.count, rows.columns)
        let atOnce = max(8, (1 << 15) / max(width, 1))
        var numbers = [Int32](repeating: 0, count: rows.rows)
        guard count > 0 else { return numbers }
        withUnsafeTemporaryAllocation(of: Double.self, capacity: atOnce * count) { scores in
            rows.elements.withUnsafeBufferPointer { elements in
                turned.elements.withUnsafeBufferPointer { centres in
                    guard let start = elements.baseAddress, let scored = scores.baseAddress else { return }
                    for first in stride(from: 0, to: rows.rows, by: atOnce) {
                        let here = min(atOnce, rows.rows - first)
                        multiply(
                            start + first * width, rows: here, rowStride: width, stepStride: 1, steps: width, centres.baseAddress,
                            columns: count, leading: count, into: scored, leading: count)
                        for row in 0..<here {
                            var (nearest, least) = (0, Double.infinity)
                            for centre in 0..<count {
                                let score = squares[centre] - 2 * scored[row * count + centre]
                                if score < least { (nearest, least) = (centre, score) }
                            }
                            numbers[first + row] = Int32(truncatingIfNeeded: nearest)
                            body(start + (first + row) * width, nearest)
                        }
                    }
                }
            }
        }
        return numbers
    }
}

/// First centres that lie apart: rows, each drawn by its squared distance to the nearest centre so far, of a few such draws the one that leaves the
/// smallest sum of them. Source: Arthur and Vassilvitskii, "k-means++" (2007), with the draws of scikit-learn.
private enum CentreDraw {
    static func centres(of rows: Matrix, count: Int, _ stream: inout RandomStream) -> Matrix {
        let count = min(count, rows.rows)
        guard count > 0 else { return Matrix(rows: 0, columns: rows.columns) }
        let draws = 2 + Int(log(Double(count)))
        let squares = (0..<rows.rows).map { rows[row: $0].reduce(0) { $0 + $1 * $1 } }
        var chosen = [stream.integer(below: rows.rows)]
        var distances = Self.distances(of: rows, squares, to: chosen)
        while chosen.count < count {
            let sum = distances.reduce(0, +)
            let drawn = (0..<draws).map { _ in place(of: stream.uniform() * sum, in: distances) }
            let candidates = Self.distances(of: rows, squares, to: drawn)
            var best: (place: Int, sum: Double, distances: [Double])?
            for (place, row) in drawn.enumerated() {
                let nearer = distances.indices.map { min(distances[$0], candidates[$0 * draws + place]) }
                let left = nearer.reduce(0, +)
                if best.map({ left < $0.sum }) ?? true { best = (row, left, nearer) }
            }
            guard let best else { break }
            chosen.append(best.place)
            distances = best.distances
        }
        return Matrix(chosen.flatMap { rows[row: $0] }, rows: count, columns: rows.columns)
    }

    /// The first place up to which the numbers add up to a sum.
    private static func place(of sum: Double, in numbers: [Double]) -> Int {
        var reached = 0.0
        for place in numbers.indices {
            reached += numbers[place]
            if reached >= sum { return place }
        }
        return max(numbers.count - 1, 0)
    }

    /// Squared distances of all rows to some of them: `[rows, some]`.
    private static func distances(of rows: Matrix, _ squares: [Double], to some: [Int]) -> [Double] {
        let centres = Matrix(some.flatMap { rows[row: $0] }, rows: some.count, columns: rows.columns).transposed
        var distances = (rows * centres).elements
        for row in squares.indices {
            for (place, other) in some.enumerated() {
                let product = distances[row * some.count + place]
                distances[row * some.count + place] = row == other ? 0 : max(0, squares[row] + squares[other] - 2 * product)
            }
        }
        return distances
    }
}
