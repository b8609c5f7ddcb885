import Experiments
import Reports
import RunStore
import Testing

/// What the luck of the examples does to a single figure stands beside its spread over seeds.
@Suite struct SamplingErrorTests {
    private func report(seeds: [Int], others: [Variant] = [], accuracy: (String) -> Double = { _ in 0.8 }) throws -> Report {
        let experiment = Experiment(
            name: "one", file: "experiments/one.yaml", title: "One?", baseline: MadeUp.baseline(), others: others, seeds: seeds,
            selection: Selection(metric: "val_accuracy", goal: .maximize))
        let sample = SampleStore(experiment)
        try sample.finish { run in MadeUp.answering(MadeUp.classification(run), run, accuracy: accuracy(run.variant)) }
        return try Report(experiment: experiment, survey: sample.survey(), command: "make")
    }

    /// √(0.8 · 0.2 / 399) of 400 rows.
    @Test func ofOneRunItIsThatOfAShare() throws {
        let headline = try report(seeds: [1]).headline
        #expect(headline.contains("**, from a single seed (standard error from the 400 examples: 0.02)"), "\(headline)")
    }

    /// Seeds that find other rows have less of it together, never nothing.
    @Test func ofSeveralVariantsItStandsBelowTheTable() throws {
        let found = try report(seeds: [1, 2, 3], others: [MadeUp.variant("wide", hidden: [128, 128])]) { $0 == "wide" ? 0.9 : 0.8 }
        #expect(found.headline.contains("over 3 seeds (standard error from the 400 examples: 0.0"), "\(found.headline)")
        #expect(found.markdown.contains("Sampling of the 400 examples adds standard errors of 0.0"))
    }

    /// Where no predictions are stored there is nothing to tell it by.
    @Test func withoutPredictionsNothingIsSaid() throws {
        let experiment = MadeUp.small()
        let sample = SampleStore(experiment)
        try sample.finish { MadeUp.classification($0) }
        #expect(!(try Report(experiment: experiment, survey: sample.survey(), command: "make").markdown.contains("standard error from")))
    }
}
