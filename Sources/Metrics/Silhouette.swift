/// How much nearer examples lie to their own cluster than to the next one (Rousseeuw, 1987), by Euclidean distance.
///
/// s = (b - a) / max(a, b) of an example, where a is the mean distance to the others of its cluster and b the least mean distance to the examples of
/// another cluster; 0 for an example that is alone in its cluster, and where a and b are 0.
public enum Silhouette {
    /// Rows whose distances to as many others are computed while all are in the cache.
    private static let rowsAtOnce = 64

    /// The mean of s over all examples; not a number where all lie in one cluster, or without examples.
    ///
    /// - Parameters:
    ///   - rows: the examples, one after the other, `width` numbers each.
    ///   - clusters: the cluster of each example: any whole number.
    /// - Complexity: n² / 2 distances; room for a number for each example and cluster.
    public static func mean(of rows: [Double], width: Int, clusters: [Int]) -> Double {
        let count = width > 0 ? min(clusters.count, rows.count / width) : clusters.count
        var places: [Int: Int] = [:]
        let own = clusters.prefix(count).map { cluster in
            let place = places[cluster] ?? places.count
            places[cluster] = place
            return place
        }
        guard places.count > 1 else { return .nan }
        var sizes = [Int](repeating: 0, count: places.count)
        for place in own { sizes[place] += 1 }
        let sums = sums(of: rows, width: width, own, clusters: places.count)
        let total = own.indices.reduce(0.0) { total, row in
            let mine = own[row]
            guard sizes[mine] > 1 else { return total }
            let inner = sums[row * sizes.count + mine] / Double(sizes[mine] - 1)
            let outer = sizes.indices.reduce(Double.infinity) { least, other in
                other == mine ? least : min(least, sums[row * sizes.count + other] / Double(sizes[other]))
            }
            let larger = max(inner, outer)
            return larger > 0 ? total + (outer - inner) / larger : total
        }
        return total / Double(count)
    }

    /// The distances of each row to the rows of each cluster, summed: `[rows, clusters]`.
    private static func sums(of rows: [Double], width: Int, _ own: [Int], clusters: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: own.count * clusters)
        rows.withUnsafeBytes { rows in
            guard let rows = rows.baseAddress else { return }
            for first in stride(from: 0, to: own.count, by: rowsAtOnce) {
                for second in stride(from: first, to: own.count, by: rowsAtOnce) {
                    for row in first..<min(first + rowsAtOnce, own.count) {
                        for other in max(second, row + 1)..<max(min(second + rowsAtOnce, own.count), row + 1) {
                            let distance = distance(rows + row * width * 8, rows + other * width * 8, width)
                            sums[row * clusters + own[other]] += distance
                            sums[other * clusters + own[row]] += distance
                        }
                    }
                }
            }
        }
        return sums
    }

    @inline(__always)
    private static func distance(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ width: Int) -> Double {
        var lanes = SIMD8<Double>.zero
        var place = 0
        while place + 8 <= width {
            let difference =
                a.loadUnaligned(fromByteOffset: place * 8, as: SIMD8<Double>.self)
                - b.loadUnaligned(fromByteOffset: place * 8, as: SIMD8<Double>.self)
            lanes += difference * difference
            place += 8
        }
        var sum = lanes.sum()
        while place < width {
            let difference =
                a.loadUnaligned(fromByteOffset: place * 8, as: Double.self) - b.loadUnaligned(fromByteOffset: place * 8, as: Double.self)
            sum += difference * difference
            place += 1
        }
        return sum.squareRoot()
    }
}
