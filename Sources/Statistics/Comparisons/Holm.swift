/// Holm's step-down procedure (1979): several comparisons, one chance of at most `level` to declare any difference between equals.
///
/// With the m p values in rising order, the j-th (from 0) is held to level / (m − j), and the first that fails ends it: that one and all after it
/// stay open. Comparisons without a p value (nil) are passed over and are no part of the m; one that belongs to the family but cannot be tested yet counts with a p of 1.
public enum Holm {
    /// The p values that, held to `level`, give Holm's decisions: the largest (m − j) · p so far, at most 1.
    public static func adjusted(_ p: [Double?]) -> [Double?] {
        var adjusted = [Double?](repeating: nil, count: p.count)
        var largest = 0.0
        for (place, known) in ordered(p).enumerated() {
            largest = min(max(largest, Double(known.of - place) * known.p), 1)
            adjusted[known.index] = largest
        }
        return adjusted
    }

    /// For each comparison the level at which its own interval, of confidence 1 − that level, excludes 0 exactly where Holm's procedure declares a difference:
    /// level / (m − j) for those declared, and for all others that of the first that failed.
    ///
    /// So words and intervals never disagree. That none of the intervals misses is not promised at `level`, only that none excludes 0 wrongly; intervals
    /// at level / m (Bonferroni's) would promise it, but include 0 for differences that Holm's procedure declares.
    public static func levels(_ p: [Double?], level: Double = 0.05) -> [Double?] {
        var levels = [Double?](repeating: nil, count: p.count)
        var failed: Double?
        for (place, known) in ordered(p).enumerated() {
            let own = failed ?? level / Double(known.of - place)
            if known.p > own { failed = own }
            levels[known.index] = own
        }
        return levels
    }

    /// The known p values in rising order; equal ones as they were given.
    private static func ordered(_ p: [Double?]) -> [(index: Int, p: Double, of: Int)] {
        let known = p.enumerated().compactMap { index, p in p.flatMap { $0.isNaN ? nil : (index: index, p: $0) } }
        return known.sorted { ($0.p, $0.index) < ($1.p, $1.index) }.map { ($0.index, $0.p, known.count) }
    }
}
