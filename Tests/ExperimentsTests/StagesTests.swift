import Documents
import Experiments
import Testing

/// `seeds: {from, to}` and `finalists`: what the file gives, and what a plan makes of it.
@Suite struct StagesTests {
    @Test func seedsThatGrow() throws {
        let experiment = try load(base + "seeds: {from: 4, to: 20}\n")
        #expect(experiment.growth == SeedGrowth(from: 4, to: 20))
        #expect(experiment.seeds == Array(1...20) && experiment.isInStages)
        // A number that is asked for by hand is fixed.
        let fixed = try load(base + "seeds: {from: 4, to: 20}\n", seeds: 2)
        #expect(fixed.growth == nil && fixed.seeds == [1, 2] && !fixed.isInStages)
    }

    @Test func foldsAndGrowingSeedsDoNotGoTogether() {
        let text = base.replacing("{validation: {first: 10}}", with: "{validation: {folds: 3}}")
        guard (try? load(text)) != nil else { return #expect(Bool(false), "the base with folds is right") }
        expectErrors(
            text + "seeds: {from: 4, to: 9}\n",
            ["seeds are added by comparisons over seeds, and baseline has folds | give a number of seeds, or validate on one part"])
    }

    @Test func splitsDrawnAnewAndGrowingSeedsDoNotGoTogether() {
        let text = base.replacing("{validation: {first: 10}}", with: "{resplit: true, validation: {fraction: 0.2, shuffle: true}}")
        expectErrors(
            text + "seeds: {from: 4, to: 9}\n",
            [
                "seeds are added by comparisons over seeds, and baseline draws its split anew | give a number of seeds, or validate on one part"
            ])
    }

    @Test(arguments: [("seeds: 2", Array(3...7)), ("seeds: [2, 5]", [1, 3, 4, 6, 7]), ("seeds: {from: 3, to: 6}", Array(7...11))])
    func finalistsGetSeedsThatTheSweepDidNotUse(seeds: String, fresh: [Int]) throws {
        let sweep = "sweep: {grid: {training.epochs: [1, 2, 3]}, finalists: {top: 2, seeds: 5}}\n"
        let experiment = try load(base + seeds + "\n" + sweep)
        #expect(experiment.finalists == FinalistSettings(top: 2, seeds: 5))
        #expect(experiment.freshSeeds == fresh)
        #expect(Set(Plan(experiment).runs.map(\.seed)).isDisjoint(with: fresh))
        let runs = Plan(experiment, finalists: [2]).runs
        #expect(runs.map(\.variant) == [0, 0, 0, 0, 0, 2, 2, 2, 2, 2] && runs.map(\.seed) == fresh + fresh)
        // A part of the sweep has no finalists.
        #expect(experiment.keeping(["epochs-1"]).finalists == nil)
        #expect(experiment.ofFinalists([2]).seeds == fresh && experiment.ofFinalists([2]).variants.count == 2)
    }

    @Test func finalistsAreNamedOnce() {
        expectErrors(
            base + """
                sweep:
                  - {grid: {training.epochs: [1, 2]}, finalists: {top: 2, seeds: 5}}
                  - {grid: {training.batch_size: [1, 2]}, finalists: {top: 3, seeds: 5}}

                """, ["finalists are those of the whole sweep, and named twice | name them in one block"])
    }

    private func expectErrors(_ text: String, _ messages: [String]) {
        let error = #expect(throws: Diagnostics.self) { try load(text) }
        #expect(error?.all.map { $0.message + ($0.help.map { " | \($0)" } ?? "") } == messages)
    }
}
