import RandomNumbers

/// What the best of many variants is worth, without the luck that made it look best: the bootstrap bias correction of Tsamardinos, Greasidou and
/// Borboudakis (2018).
///
/// Examples are drawn with repetition, as many as there are; the best on them is chosen, and scored on the examples that were not drawn. The mean over
/// all draws is what choosing in this way yields on fresh examples. The luck of seeds it does not see: `scores` hold the seeds' means.
public struct BestOfMany: Hashable, Sendable {
    /// The best variant on all examples; of equal ones the first.
    public let best: Int
    /// Its mean score on all examples, which is too good.
    public let plain: Double
    /// The corrected one.
    public let corrected: Double

    /// Nil unless there are two or more examples and every variant has a finite score on each. The same scores give the same figures.
    ///
    /// - Parameters:
    ///   - scores: `scores[variant][example]`, the means over seeds.
    ///   - higherIsBetter: whether accuracy is scored, or an error.
    public init?(scores: [[Double]], higherIsBetter: Bool, draws: Int = 500) {
        guard let count = scores.first?.count, count > 1, draws > 0,
            scores.allSatisfy({ $0.count == count && $0.allSatisfy(\.isFinite) })
        else { return nil }
        let sign = higherIsBetter ? 1.0 : -1.0
        /// The variant with the best sum, each example counted as often as `weights` say.
        func best(_ weights: [Double]) -> Int {
            var best = (index: 0, sum: -Double.infinity)
            for (index, row) in scores.enumerated() {
                let sum = sign * Self.product(row, weights)
                if sum > best.sum { best = (index, sum) }
            }
            return best.index
        }
        self.best = best([Double](repeating: 1, count: count))
        plain = scores[self.best].reduce(0, +) / Double(count)

        var stream = RandomStream(seed: 0, stream: .resample, path: "examples")
        var (total, counted) = (0.0, 0)
        for _ in 0..<draws {
            var weights = [Double](repeating: 0, count: count)
            for _ in 0..<count { weights[stream.integer(below: count)] += 1 }
            let chosen = scores[best(weights)]
            var (sum, left) = (0.0, 0)
            for place in 0..<count where weights[place] == 0 {
                sum += chosen[place]
                left += 1
            }
            // With few examples a draw can leave none out.
            guard left > 0 else { continue }
            total += sum / Double(left)
            counted += 1
        }
        corrected = counted > 0 ? total / Double(counted) : plain
    }

    /// Σ a · b, in eight sums side by side.
    private static func product(_ a: [Double], _ b: [Double]) -> Double {
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                var sums = SIMD8<Double>.zero
                let whole = min(a.count, b.count) / 8 * 8
                for start in stride(from: 0, to: whole, by: 8) {
                    var (left, right) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
                    for lane in 0..<8 {
                        left[lane] = a[start + lane]
                        right[lane] = b[start + lane]
                    }
                    sums += left * right
                }
                return (whole..<min(a.count, b.count)).reduce(sums.sum()) { $0 + a[$1] * b[$1] }
            }
        }
    }
}
