import Experiments
import Statistics
import Synchronization

/// The two-sided levels of the looks at which seeds are added, for a comparison that is one of several.
///
/// Of m comparisons that are not yet declared each may be wrong with a chance of .05 / m over all its looks (Bonferroni within Holm's steps), so each has
/// the bounds of that chance, not a share of the bounds of .05.
package final class LookLevels: Sendable {
    /// How many seeds there are at each look.
    package let seeds: [Int]
    private let growth: SeedGrowth
    private let byCount = Mutex<[Int: [Double]]>([:])

    package init(_ growth: SeedGrowth) {
        self.growth = growth
        seeds = SequentialLooks(from: growth.from, to: growth.to, level: Judgement.level)?.looks.map(\.seeds) ?? [growth.from]
    }

    /// The level at a look, counted from 0, as one of `count` comparisons.
    package func level(at look: Int, oneOf count: Int) -> Double {
        byCount.withLock { known in
            let levels = known[count] ?? levels(oneOf: count)
            known[count] = levels
            return levels[look]
        }
    }

    private func levels(oneOf count: Int) -> [Double] {
        let looks = SequentialLooks(from: growth.from, to: growth.to, level: Judgement.level / Double(count))
        let levels = looks?.looks.map(\.level) ?? []
        // A chance that is too small for the bounds to be found declares nothing.
        return levels.count == seeds.count ? levels : seeds.map { _ in 0 }
    }
}
