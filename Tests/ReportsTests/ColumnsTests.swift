import Experiments
import Reports
import RunStore
import Settings
import Testing

/// What networks give again of a table, column by column.
@Suite struct ColumnsTests {
    private static let age = RecordedColumn(name: "age", shift: 40, divisor: 10)
    private static let flag = RecordedColumn(name: "city = Riga", shift: 0, divisor: 1)

    /// Of four validation rows; the second seed is wrong by twice as much in the first column.
    private func report(_ target: RecordedTarget?, width: Int = 2, targets: [Float] = [-1, 1, 1, 1, -1, 1, 1, 1]) throws -> String {
        var settings = MadeUp.baseline().trial.settings
        settings.training.loss = LossSettings(kind: .meanSquaredError)
        settings.training.metrics = []
        let experiment = Experiment(
            name: "again", file: "experiments/again.yaml", title: "What is lost?",
            baseline: Variant(name: "baseline", origin: .baseline, trial: Trial(settings)), others: [], seeds: [1, 2],
            selection: Selection(metric: "val_loss", goal: .minimize))
        let sample = SampleStore(experiment)
        try sample.finish { run in
            let outputs = targets.enumerated().map { $0.offset % width == 0 ? $0.element + 0.25 * Float(run.seed) : $0.element - 0.5 }
            return RunOutcome(
                figures: ["val_loss": 0.25], history: History(columns: ["epoch", "val_loss"]),
                predictions: Predictions(validation: .init(rows: [0, 1, 2, 3], targets: targets, outputs: outputs, width: width)),
                parameters: 10, target: target, keptEpoch: 1, timings: Timings(train: 1, encode: 0, total: 1, peakMemory: 1_000_000))
        }
        return try Report(experiment: experiment, survey: sample.survey(), command: "make").markdown
    }

    private func cells(_ markdown: String) -> [[String]] {
        markdown.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
        }
    }

    /// Errors of 0.25 and 0.5 scaled units of 10 years: 3.75 in the mean, and shares of 1 − 0.0625 and 1 − 0.25.
    @Test func errorsAreInTheColumnsOwnUnits() throws {
        let markdown = try report(.inputs([Self.age, Self.flag]))
        let rows = cells(markdown)
        #expect(rows.contains(["column", "standard deviation", "error of `baseline`", "explained"]))
        #expect(rows.contains(["age", "10.0", "3.75", "0.84"]), "\(rows)")
        // A column whose cells are all the same has no variance to explain.
        #expect(rows.contains(["city = Riga", "0", "0.500", "–"]), "\(rows)")
        #expect(
            markdown.contains(
                "Error: how far the cells of the 4 validation rows lie from what the network gives again, root mean square, in the column's own unit; the mean of 2 runs. "
            ))
    }

    @Test func ofManyColumnsTheWorstAreShown() throws {
        let columns = (1...22).map { RecordedColumn(name: "c\($0)", shift: 0, divisor: 1) }
        let targets = (0..<88).map { Float($0 / 22 % 2 == 0 ? 1 : -1) * ($0 % 22 == 21 ? 0.5 : 1) }
        let markdown = try report(.inputs(columns), width: 22, targets: targets)
        let shown = cells(markdown).map { $0[0] }
        #expect(shown.contains("c22") && !shown.contains("c1") && shown.count { $0.hasPrefix("c") && Int($0.dropFirst()) != nil } == 20)
        #expect(markdown.contains("where its mean would do as well. 2 further columns that are given again better are left out."))
    }

    @Test func numbersWithoutNamesHaveNoTable() throws {
        #expect(try !report(.values(shift: 0, divisor: 1)).contains("## Columns given again"))
        #expect(try !report(nil).contains("## Columns given again"))
    }
}
