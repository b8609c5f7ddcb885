import Foundation
import Testing

/// Reports and questions go on from finished runs alone when the data have gone.
struct AbsentDataTests {
    private static let linear = """
        title: Is it linear?
        dataset: {csv: data/table.csv}
        inputs: {a: {encode: numeric, scale: standard}, b: {encode: numeric}}
        target: {y: {encode: numeric}}
        split: {test: {fraction: 0.2}, validation: {folds: 3}}
        model: {layers: [{dense: {units: 1}}]}
        training: {loss: mse, optimizer: adam, batch_size: 8, epochs: 3, metrics: [mae]}
        seeds: 3
        baselines: [mean, linear, nearest_neighbours]
        ablate: {slow: {training.epochs: 2}}
        select: {metric: val_mae, goal: minimize}
        expect: [val_mae(baseline) > 0]
        predict: {one: {a: 0.3, b: 0.4}}

        """

    private static let words = """
        dataset: {csv: data/words.csv}
        inputs: {t: {encode: multi-hot, vocabulary: 5}}
        target: {c: {encode: label}}
        split: {validation: {fraction: 0.25}}
        model: {mlp: {hidden: [3], activation: relu, output: sigmoid}}
        training: {loss: binary_crossentropy, epochs: 2, metrics: [accuracy]}
        seeds: 2
        baselines: [majority]
        ablate: {wide: {model.mlp.hidden: [6]}}
        predict: {one: {t: good film}}

        """

    private static func project() throws -> SampleProject {
        let project = try SampleProject()
        try project.write(linear, to: "experiments/linear.yaml")
        try project.write(words, to: "experiments/words.yaml")
        let texts = (0..<24).map {
            "\(["good", "bad", "long", "short"][$0 * 7 % 4]) film \($0 % 5 == 0 ? "seen" : "missed"),\($0 % 2 == 0 ? "u" : "v")\n"
        }
        try project.write("t,c\n" + texts.joined(), to: "data/words.csv")
        return project
    }

    private static let sentence =
        " was not available when this was written: the runs are those whose records have these settings and the data named above."

    /// The words of a report without the sentence on what was not at hand.
    private static func without(_ name: String, in report: String) -> String {
        report.replacing("\n\n`data/\(name).csv`\(sentence)", with: "")
    }

    @Test(arguments: [("linear", "table"), ("words", "words")])
    func theReportIsTheSameWhenTableAndCacheHaveGone(experiment: String, table: String) throws {
        let project = try Self.project()
        #expect(try project.ablate("run", experiment, "-j", "1").status == 0)
        let before = try project.text("results/\(experiment)/report.md")
        #expect(before.contains("one"))
        try project.remove("data")
        try project.remove("results/\(experiment)/report.md")
        let result = try project.ablate("report", experiment)
        #expect(result.status == 0, "\(result.messages)")
        #expect(
            result.messages.contains("data/\(table).csv is not available: finished runs are found by the data that their records name\n"))
        let after = try project.text("results/\(experiment)/report.md")
        #expect(after.contains(Self.sentence))
        #expect(Self.without(table, in: after) == before)
    }

    @Test(arguments: [
        ["plan", "linear"], ["check", "linear"], ["show", "linear"], ["list", "linear"], ["compare", "linear:slow", "linear"], ["index"],
        ["predictions", "linear"], ["table", "linear"], ["run", "linear"],
    ])
    func everyQuestionToFinishedRunsIsAnsweredWithoutTheTable(command: [String]) throws {
        let project = try Self.project()
        for other in ["tiny", "long", "words"] { try project.remove("experiments/\(other).yaml") }
        #expect(try project.ablate("run", "linear", "-j", "1").status == 0)
        let line = command.joined(separator: " ")
        let before = try project.shell("$ablate \(line)")
        try project.remove("data")
        let after = try project.shell("$ablate \(line)")
        #expect(after.status == 0, "\(after.messages)")
        #expect(after.output == before.output)
    }

    /// A new variant has the content of those that are finished: with cached rows it is trained, without any it is refused.
    @Test(arguments: [true, false]) func whatIsMissingIsTrainedOnCachedRowsAlone(isCached: Bool) throws {
        let project = try Self.project()
        #expect(try project.ablate("run", "words", "-j", "1").status == 0)
        try project.write(
            Self.words.replacing("{wide:", with: "{more: {training.epochs: 3}, wide:"), to: "experiments/words.yaml")
        try project.remove(isCached ? "data/words.csv" : "data")
        let plan = try project.ablate("plan", "words")
        #expect(plan.output.contains("to train: 2 runs"), "\(plan.messages)")
        let run = try project.ablate("run", "words", "-j", "1")
        #expect(run.status == (isCached ? 0 : 2), "\(run.messages)")
        let error = "experiments/words.yaml:1:16: error: data/words.csv: No such file or directory\n"
        #expect(run.messages.contains(error) == !isCached, "\(run.messages)")
        #expect(try project.ablate("validate", "words").status == 2)
    }

    /// Other settings, and other encodings, find no runs and so no content.
    @Test func runsOfOtherSettingsTellNothingOfTheData() throws {
        let project = try Self.project()
        #expect(try project.ablate("run", "linear", "-j", "1").status == 0)
        try project.remove("data")
        try project.write(Self.linear.replacing("scale: standard", with: "scale: none"), to: "experiments/linear.yaml")
        let report = try project.ablate("report", "linear")
        #expect(report.status == 2)
        #expect(report.messages.contains("data/table.csv: No such file or directory"), "\(report.messages)")
    }

    /// What was kept of the data is worked out again where it was damaged.
    @Test func damagedFactsAreWorkedOutAgain() throws {
        let project = try Self.project()
        #expect(try project.ablate("run", "linear", "-j", "1").status == 0)
        let before = try project.text("results/linear/report.md")
        let damage = "for f in results/linear/runs/data-*.json results/linear/runs/answers-*.json; do sed -i s/1/7/ $f; done"
        #expect(try project.shell(damage).status == 0)
        #expect(try project.ablate("report", "linear").status == 0)
        #expect(try project.text("results/linear/report.md") == before)
        try project.remove("data")
        #expect(try project.ablate("report", "linear").status == 0)
        #expect(Self.without("table", in: try project.text("results/linear/report.md")) == before)
    }
}
