import Settings

/// Which variants' runs stand against the best, as runs end: pure, so that every rule can be tested by plain calls.
///
/// A variant competes by the mean of its runs' figures once all of them are finished, each with a finite number; of equal ones the first counts as the better.
/// What is not yet complete, or has a run that failed, is neither best nor let go.
package struct BestVariants {
    private let goal: Goal
    /// By variant: how many runs are still to end, and the figures of those that did.
    private var open: [Int: Int] = [:]
    private var figures: [Int: [Double]] = [:]
    private var failed: Set<Int> = []
    /// The best so far.
    package private(set) var best: (variant: Int, mean: Double)?

    /// No run of these variants has ended; each variant stands there once a run.
    package init(of variants: [Int], goal: Goal) {
        self.goal = goal
        for variant in variants { open[variant, default: 0] += 1 }
    }

    /// A run has finished with this figure, which does not count where it is none of its variant's (`counts`). Answers the variant that is no longer wanted: the new one, or the one that was best so far.
    package mutating func finished(_ variant: Int, figure: Double?, counts: Bool = true) -> Int? {
        guard let left = open[variant], left > 0 else { return nil }
        open[variant] = left - 1
        if counts { figures[variant, default: []].append(figure ?? .nan) }
        guard left == 1, !failed.contains(variant), let all = figures[variant] else { return nil }
        let mean = all.reduce(0, +) / Double(all.count)
        guard mean.isFinite else { return variant }
        guard let best else {
            self.best = (variant, mean)
            return nil
        }
        let isBetter = mean == best.mean ? variant < best.variant : (goal == .maximize) == (mean > best.mean)
        guard isBetter else { return variant }
        self.best = (variant, mean)
        return best.variant
    }

    /// A run has failed.
    package mutating func failed(_ variant: Int) {
        open[variant, default: 1] -= 1
        failed.insert(variant)
    }
}
