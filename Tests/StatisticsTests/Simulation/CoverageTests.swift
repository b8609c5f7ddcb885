import RandomNumbers
import Statistics
import Testing

/// How often intervals of 95 % hold the true difference: 94 to 96 of 100 times from five seeds on, 92.5 to 96 with three, where both kinds of luck are alike.
@Suite struct CoverageTests {
    static let sizes = [3, 5, 10].flatMap { seeds in [200, 1000].map { (seeds, $0) } }

    @Test(arguments: sizes) func differencesOfNormalFigures(seeds: Int, examples: Int) {
        let luck = Luck.alike
        let share = Simulation.share("\(luck), \(seeds) seeds, \(examples) rows") {
            holds(luck.figures(seeds: seeds, examples: examples, &$0), 0)
        }
        expectCovered(share, seeds: seeds)
    }

    @Test(arguments: sizes) func differencesOfHits(seeds: Int, examples: Int) {
        let hits = Hits.usual
        let share = Simulation.share("\(hits), \(seeds) seeds, \(examples) rows") {
            holds(hits.differences(seeds: seeds, examples: examples, &$0), hits.truth)
        }
        expectCovered(share, seeds: seeds)
    }

    /// One kind of luck outweighs the other, or misses are few.
    @Test(arguments: sizes) func unequalLuck(seeds: Int, examples: Int) {
        for luck in [Luck.moreOfSeeds, .moreOfExamples] {
            let share = Simulation.share("\(luck), \(seeds) seeds, \(examples) rows") {
                holds(luck.figures(seeds: seeds, examples: examples, &$0), 0)
            }
            expectCovered(share, seeds: seeds)
        }
        let hits = Hits.fewMisses
        let share = Simulation.share("\(hits), \(seeds) seeds, \(examples) rows") {
            holds(hits.differences(seeds: seeds, examples: examples, &$0), hits.truth)
        }
        expectCovered(share, seeds: seeds)
    }

    private func holds(_ differences: [[Double]], _ truth: Double) -> Bool {
        guard let estimate = PairedDifferences(differences)?.estimate else { return false }
        return estimate.interval()?.contains(truth) ?? (estimate.mean == truth)
    }

    private func expectCovered(_ share: Double, seeds: Int) {
        let least = seeds >= 5 ? 0.94 : 0.925
        #expect(share >= least - Simulation.slack(least) && share <= 0.96 + Simulation.slack(0.96), "\(share)")
    }
}
