import RandomNumbers

/// A test of no difference that asks for no normal distribution: between equals each paired difference is as likely to have the other sign. p is the
/// share of all 2^n ways to choose signs whose sum lies as far from 0 as the observed one, or further.
///
/// It takes pairs as independent: of seeds that share their examples it sees the luck of seeds alone.
public struct SignFlips: Hashable, Sendable {
    /// The fewest pairs: with 8 the smallest p is 2 / 2^8, below 1 %.
    public static let fewest = 8
    /// Up to so many pairs all ways are counted.
    public static let mostExact = 20

    /// The two-sided p value.
    public let p: Double
    /// Whether all ways were counted. Otherwise p is (hits + 1) / (draws + 1) of random ones, always the same.
    public let isExact: Bool

    /// Nil for fewer than ``fewest`` differences, or one that is not finite.
    public init?(_ differences: [Double], draws: Int = 20_000) {
        guard differences.count >= Self.fewest, draws > 0, differences.allSatisfy(\.isFinite) else { return nil }
        isExact = differences.count <= Self.mostExact
        // What is equal but for rounding counts as equal.
        let slack = 1e-12 * differences.reduce(0) { $0 + abs($1) }
        let bound = abs(differences.reduce(0, +)) - slack
        if isExact {
            let left = Self.sums(differences.prefix(differences.count / 2))
            let right = Self.sums(differences.dropFirst(differences.count / 2))
            var hits = 0
            for first in left { for second in right where abs(first + second) >= bound { hits += 1 } }
            p = Double(hits) / Double(left.count * right.count)
        } else {
            var stream = RandomStream(seed: 0, stream: .resample, path: "signs")
            var hits = 0
            for _ in 0..<draws {
                var bits: UInt64 = 0
                var sum = 0.0
                for (place, difference) in differences.enumerated() {
                    if place % 64 == 0 { bits = stream.nextUInt64() }
                    sum += bits & 1 == 0 ? difference : -difference
                    bits >>= 1
                }
                if abs(sum) >= bound { hits += 1 }
            }
            p = Double(hits + 1) / Double(draws + 1)
        }
    }

    /// The sums of all ways to choose signs.
    private static func sums(_ values: ArraySlice<Double>) -> [Double] {
        values.reduce(into: [0]) { sums, value in sums = sums.map { $0 + value } + sums.map { $0 - value } }
    }
}
