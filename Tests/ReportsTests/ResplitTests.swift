import Documents
import Experiments
import Foundation
import Reports
import RunStore
import Settings
import Statistics
import Testing

/// What reports make of splits that are drawn anew by seed, and of repeated folds.
struct ResplitTests {
    private static func variant(_ name: String, _ split: SplitSettings, hidden: [Int]) -> Variant {
        let trial = MadeUp.trial(hidden: hidden)
        var settings = trial.settings
        settings.split = split
        return Variant(
            name: name, origin: name == "baseline" ? .baseline : .ablate, changes: [Change(path: "model.mlp.hidden", text: "\(hidden)")],
            trial: Trial(settings: settings, canonical: trial.canonical))
    }

    /// The standard error of the difference and its degrees of freedom, as the report's facts have them, where run `r` of the variant is better by `differences[r]`.
    private static func judged(
        _ split: SplitSettings, seeds: [Int], differences: [Double]
    ) throws -> (error: Double, degrees: Double, text: String) {
        let experiment = Experiment(
            name: "split", file: "experiments/split.yaml", title: "Split?", baseline: variant("baseline", split, hidden: [64]),
            others: [variant("wide", split, hidden: [512])], seeds: seeds, selection: Selection(metric: "val_loss", goal: .minimize))
        let sample = SampleStore(experiment)
        try sample.finish { run in
            let place = (run.seed - 1) * (split.folds ?? 1) + (run.fold ?? 1) - 1
            var history = History(columns: ["epoch", "loss", "val_loss", "seconds"])
            let loss = 1 + Double(place) + (run.variant == "wide" ? differences[place] : 0)
            history.append([1, loss, loss, 0.1])
            return RunOutcome(
                figures: ["loss": loss, "val_loss": loss], history: history, parameters: 10, keptEpoch: 1,
                timings: Timings(train: 0.1, encode: 0.1, total: 0.2, peakMemory: 1))
        }
        let survey = sample.survey()
        let report = try Report(experiment: experiment, survey: survey, command: "make", as: .json)
        let text = try Report(experiment: experiment, survey: survey, command: "make").markdown
        let facts = try JSONValue(parsing: try #require(report.facts))
        let against = try #require(facts["variants"]?.array?.last?["against_baseline"])
        return (try #require(against["standard_error"]?.double), try #require(against["degrees_of_freedom"]?.double), text)
    }

    @Test(arguments: [
        // Of a quarter of the rows that validates, a third as many as train.
        (SplitSettings(validation: .part(PartSettings(shuffle: .philox, size: .fraction(0.25))), resplit: true), 6, 1.0 / 3),
        (SplitSettings(validation: .folds(count: 3, kind: .shuffled), resplit: true), 2, 0.5),
        (SplitSettings(validation: .folds(count: 3, kind: .shuffled, repeats: 2)), 1, 0.5),
        // Two blocks, before which one and two blocks train.
        (SplitSettings(validation: .folds(count: 2, kind: .time)), 3, 0.75),
    ])
    func differencesAreWidenedByTheRowsThatSplitsShare(split: SplitSettings, seeds: Int, share: Double) throws {
        let differences = [0.31, 0.12, 0.25, 0.4, 0.19, 0.28]
        let found = try Self.judged(split, seeds: Array(1...seeds), differences: differences)
        // Expanding folds are the same for every seed: a fold's difference is its mean over seeds.
        let units = split.folds == 2 ? [(0.31 + 0.25 + 0.19) / 3, (0.12 + 0.4 + 0.28) / 3] : differences
        let estimate = try #require(FoldDifferences(units, testShare: share)?.estimate)
        #expect(abs(found.error - estimate.standardError) < 1e-9 && found.degrees == estimate.degreesOfFreedom)
        #expect(found.text.contains("Every seed has its own split, so differences are paired by split") == split.resplit)
        #expect(found.text.contains("Nadeau and Bengio's correction"))
    }
}
