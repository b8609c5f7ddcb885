import Experiments
import Reports
import RunStore
import Settings
import Testing

/// Figures that are on several scales are not compared in silence.
@Suite struct OtherScalesTests {
    private func report(metric: String = "val_loss", _ change: (inout TrialSettings) -> Void, base: (inout TrialSettings) -> Void) throws
        -> Report
    {
        var settings = MadeUp.baseline().trial.settings
        settings.training.loss = LossSettings(kind: .meanSquaredError)
        settings.training.metrics = [.mae]
        base(&settings)
        var other = settings
        change(&other)
        let experiment = Experiment(
            name: "scales", file: "experiments/scales.yaml", title: "Which?",
            baseline: Variant(name: "baseline", origin: .baseline, trial: Trial(settings)),
            others: [Variant(name: "scaled", changes: [Change(path: "target.y.scale", text: "min-max")], trial: Trial(other))],
            seeds: [1, 2, 3],
            selection: Selection(metric: metric, goal: .minimize))
        let sample = SampleStore(experiment)
        try sample.finish { run in
            RunOutcome(
                figures: ["val_loss": run.variant == "scaled" ? 0.1 : 0.5, "val_mae": 0.5],
                history: History(columns: ["epoch", "val_loss"]),
                parameters: 10, keptEpoch: 1, timings: Timings(train: 1, encode: 0, total: 1, peakMemory: 1_000_000))
        }
        return try Report(experiment: experiment, survey: sample.survey(), command: "make")
    }

    private func target(_ scale: Settings.Scale) -> (inout TrialSettings) -> Void {
        { $0.target = ColumnSettings(column: "y", encoding: .numeric(scale: scale)) }
    }

    private func inputs(_ scale: Settings.Scale) -> (inout TrialSettings) -> Void {
        {
            $0.target = ColumnSettings(column: "y", encoding: .inputs)
            $0.inputs = InputSettings(columns: [ColumnSettings(column: "*", encoding: .numeric(scale: scale))])
        }
    }

    @Test func lossesOfTargetsOnAnotherScaleDoNotCompare() throws {
        let report = try report(target(.none), base: target(.standard))
        let sentence = "`scaled` has the target on another scale than the baseline"
        #expect(
            report.headline.contains(
                "**\(sentence): these figures do not compare.** Select a metric in the target's own unit, such as mae."))
        #expect(report.warnings.contains { $0.hasPrefix("\(sentence): ") && $0.contains("is not comparable") })
    }

    @Test func errorsInTheTargetsOwnUnitCompare() throws {
        let report = try report(metric: "val_mae", target(.none), base: target(.standard))
        #expect(!report.headline.contains("do not compare") && !report.warnings.contains { $0.contains("another scale") })
    }

    /// Also their metrics: the inputs have no unit of their own.
    @Test(arguments: ["val_loss", "val_mae"]) func errorsOfOtherInputsDoNotCompare(metric: String) throws {
        let report = try report(metric: metric, inputs(.none), base: inputs(.standard))
        #expect(
            report.headline.contains(
                "**`scaled` sees other inputs than the baseline, or sees them on another scale: these figures do not compare.** "
                    + "Compare networks that are asked for the same numbers."), "\(report.headline)")
    }
}
