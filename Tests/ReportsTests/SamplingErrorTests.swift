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

    /// A probability that rounding made 0 does not tell how large its cross-entropy is.
    @Test(arguments: [(1e-6, true), (0, false)] as [(Float, Bool)])
    func aLossThatWasRoundedAwayIsNotKnownByExample(rightClass: Float, isKnown: Bool) throws {
        let experiment = Experiment(
            name: "one", file: "experiments/one.yaml", title: "One?", baseline: MadeUp.baseline(), others: [], seeds: [1],
            selection: Selection(metric: "val_loss", goal: .minimize))
        let sample = SampleStore(experiment)
        try sample.finish { run in
            var outcome = MadeUp.answering(MadeUp.classification(run), run, accuracy: 0.8)
            guard var part = outcome.predictions?.validation else { return outcome }
            let wrong = part.targets.indices.first { part.outputs[2 * $0 + Int(part.targets[$0])] < 0.5 } ?? 0
            let label = Int(part.targets[wrong])
            part.outputs[2 * wrong + label] = rightClass
            part.outputs[2 * wrong + 1 - label] = 1 - rightClass
            outcome.predictions = Predictions(validation: part)
            return outcome
        }
        let headline = try Report(experiment: experiment, survey: sample.survey(), command: "make").headline
        #expect(headline.contains("standard error from the 400 examples") == isKnown, "\(headline)")
    }

    /// Where no predictions are stored there is nothing to tell it by.
    @Test func withoutPredictionsNothingIsSaid() throws {
        let experiment = MadeUp.small()
        let sample = SampleStore(experiment)
        try sample.finish { MadeUp.classification($0) }
        #expect(!(try Report(experiment: experiment, survey: sample.survey(), command: "make").markdown.contains("standard error from")))
    }
}
