import Experiments
import Reports
import RunStore
import Settings
import Testing

/// Figures of validation rows less those of train rows, which runs do not tell themselves.
@Suite struct GapTests {
    private func report(_ columns: [String]) throws -> String {
        let experiment = MadeUp.small(seeds: [1, 2])
        let sample = SampleStore(experiment)
        try sample.finish { run in
            var history = History(columns: ["epoch", "loss", "val_accuracy"] + columns)
            for epoch in 1...2 {
                history.append([Double(epoch), 1, 0.5] + columns.map { $0.hasPrefix("val_") ? Double(epoch * run.seed) - 100 : -100 })
            }
            return RunOutcome(
                figures: ["val_accuracy": 0.5 + Double(run.seed) / 100], history: history, parameters: 10, keptEpoch: 2,
                timings: Timings(train: 1, encode: 0, total: 1, peakMemory: 1))
        }
        return try Report(experiment: experiment, survey: sample.survey(), command: "make").markdown
    }

    /// The last epoch's gaps are 2 and 4.
    @Test func theyStandAmongTheFigures() throws {
        let markdown = try report(["free_energy", "val_free_energy"])
        #expect(markdown.contains(" validation free energy less that of train |"))
        let row = try #require(markdown.split(separator: "\n").first { $0.hasPrefix("|") && $0.contains("`narrow`") })
        #expect(row.contains("3.0\u{A0}±\u{A0}1.4"), "\(row)")
        #expect(markdown.contains("- Free energy less that of train: Where it grows from epoch to epoch, the machine overfits."))
        #expect(try !report(["val_free_energy"]).contains("less that of train |"))
    }

    @Test func theyMayBeClaimedAndChooseNothing() {
        let settings = TrialSettings(
            dataset: .catalogue("wine"), inputs: InputSettings(columns: [ColumnSettings(column: "*", encoding: .numeric(scale: .minMax))]),
            target: .inputsAsTarget, split: SplitSettings(validation: .part(PartSettings(size: .first(10)))),
            model: ModelSettings(layers: [LayerSettings(kind: RBMSettings(units: 30))]),
            training: TrainingSettings(loss: LossSettings(kind: .contrastiveDivergence)))
        let figures = Figures(of: settings)
        #expect(figures.gaps == ["val_free_energy_gap"])
        #expect(!figures.all.contains("val_free_energy_gap"))
        #expect(figures.comparable.contains("val_free_energy_gap") && figures.comparableByEpoch.contains("val_free_energy_gap"))
    }
}
