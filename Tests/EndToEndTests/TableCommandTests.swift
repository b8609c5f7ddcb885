import Foundation
import Testing

/// Commands that look at tables.
@Suite struct TableCommandTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
    }

    @Test(arguments: [[], ["--target", "y"]])
    func initWritesAnExperimentThatRuns(options: [String]) throws {
        let written = try Running(["init", "data/table.csv"] + options, in: project.folder).result()
        #expect(written.output == "experiments/table.yaml is written; look at it, then: ablate run table\n")
        let text = try project.text("experiments/table.yaml")
        #expect(text.contains("dataset: {csv: data/table.csv}"))
        #expect(text.contains(options.isEmpty ? "grade: {encode: one-hot}" : "y: {encode: numeric, scale: standard}"))
        #expect(text.contains("early_stopping: {patience: 50, restore_best_weights: true}"))
        #expect(text.contains("baselines: [\(options.isEmpty ? "majority, logistic" : "mean, ridge"), boosted_trees]"))
        #expect(text.contains("select: {metric: val_mae}") == !options.isEmpty)
        let run = try project.ablate("run", "table", "--seeds", "1")
        #expect(run.status == 0, "\(run.messages)")
        let again = try project.ablate("init", "data/table.csv")
        #expect(again.status == 2)
        #expect(
            again.messages.hasSuffix(
                "ablate: error: experiments/table.yaml already exists and is not overwritten; name another file with --output\n"))
        #expect(try project.text("experiments/table.yaml") == text)
    }

    @Test func previewShowsColumnsClassesAndRows() throws {
        let table = try project.ablate("data", "preview", "data/table.csv", "--rows", "2")
        #expect(table.status == 0, "\(table.messages)")
        #expect(table.output.hasPrefix("data/table.csv: 60 rows, 4 columns\n\n  column   type         empty   different   values\n"))
        #expect(table.output.contains("\n3 classes of grade: high 20 (33.3 %), low 20 (33.3 %), middle 20 (33.3 %)\n"))
        #expect(table.output.contains("\n  row        a         b         y      grade\n"))
        let experiment = try project.ablate("data", "preview", "experiments/tiny.yaml")
        #expect(experiment.output.contains("\n2 features a row; 48 rows train, 12 rows validate\n"))
        #expect(try project.ablate("data", "preview", "tiny").output == experiment.output)
        let unknown = try project.ablate("data", "preview", "nowhere")
        #expect(unknown.status == 2)
    }

    /// A column is left out though the baseline names it, as files of `ablate init` do.
    @Test func aVariantLeavesANamedColumnOut() throws {
        let named = "{a: {encode: numeric}, b: {encode: numeric}}"
        try project.write(
            SampleProject.tiny.replacing("{\"*\": {encode: numeric, scale: standard}, drop: [grade]}", with: named)
                .replacing("wide: {model.mlp.hidden: [8]}", with: "without-b: {inputs.drop: [b]}"), to: "experiments/tiny.yaml")
        let plan = try project.ablate("plan", "tiny")
        let lines = plan.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let parameters = lines.filter { $0.first == "baseline" || $0.first == "without-b" }
        #expect(parameters.map { $0.contains("17") } == [true, false] && parameters.map { $0.contains("13") } == [false, true], "\(plan)")
        let run = try project.ablate("run", "tiny")
        #expect(run.status == 0, "\(run.messages)")
        #expect(try project.ablate("predict", "tiny:without-b", "--row", "a=0.5").status == 0)
        let none = try project.ablate("plan", "tiny", "-S", "inputs.drop=[a, b]")
        #expect(none.status == 2 && none.messages.contains("error: "), "\(none.messages)")
    }

    /// How a table is written is found out, said, and written down, so that the experiment runs.
    @Test func initTellsHowATableIsWritten() throws {
        let rows = (0..<80).map {
            "\($0 % 9 == 4 ? "NA" : "\($0 * 7 % 10),\($0 % 10)");\($0 * $0 % 11),5;\($0 % 40)%;\($0 % 2 == 0 ? "a" : "b")\n"
        }
        try project.write("x;z;share;y\n" + rows.joined(), to: "data/sums.csv")
        let written = try project.ablate("init", "data/sums.csv")
        #expect(
            written.output == "experiments/sums.yaml is written; look at it, then: ablate run sums\n")
        #expect(
            written.messages.hasSuffix(
                "note: data/sums.csv is read with {empty: [NA], decimal: \",\"}, because its cells look so\n"), "\(written.messages)")
        let text = try project.text("experiments/sums.yaml")
        #expect(text.contains("dataset: {csv: {path: data/sums.csv, empty: [NA], decimal: \",\"}}\n"), "\(text)")
        #expect(text.contains("  x: {encode: numeric, scale: standard, missing: mean}\n"))
        #expect(text.contains("  share: {encode: numeric, scale: standard}\n"))
        let run = try project.ablate("run", "sums", "--seeds", "1")
        #expect(run.status == 0, "\(run.messages)")
    }

    /// Accuracy says little of a rare class; the figures beside it are of that class.
    @Test func initLooksAtARareClass() throws {
        try project.write("x,y\n" + (0..<200).map { "\($0 % 17).5,\($0 % 10 == 3 ? "bad" : "good")\n" }.joined(), to: "data/loans.csv")
        #expect(try project.ablate("init", "data/loans.csv").status == 0)
        let text = try project.text("experiments/loans.yaml")
        #expect(text.contains("  y: {encode: label, positive: bad}\n") && text.contains("  metrics: [accuracy, f1, roc_auc]\n"), "\(text)")
        #expect(text.contains("\nselect: {metric: val_roc_auc} "))
        #expect(try project.ablate("validate", "loans").status == 0)
    }

    @Test func initLeavesADataSetItsOwnTestRows() throws {
        for (name, part) in [("one", "train"), ("two", "train"), ("three", "test")] {
            for (kind, word) in [("pos", "good"), ("neg", "bad")] {
                for copy in 0..<6 { try project.write("a \(word) film", to: "data/films/\(part)/\(kind)/\(name)\(copy).txt") }
            }
        }
        #expect(try project.ablate("init", "data/films").status == 0)
        let text = try project.text("experiments/films.yaml")
        #expect(text.contains("dataset: {folder: data/films}"))
        #expect(text.contains("\n  # the data set has 12 test rows of its own\n  validation:"), "\(text)")
        let run = try project.ablate("run", "films", "--seeds", "1")
        #expect(run.status == 0, "\(run.messages)")
    }

    @Test func previewShowsWhatCannotBeEncoded() throws {
        try project.write("x,y\n1,a\noops,b\n3,a\n4,b\n", to: "data/slip.csv")
        let shown = try project.ablate("data", "preview", "data/slip.csv")
        #expect(shown.status == 2)
        #expect(
            shown.output.contains("  x        numbers, almost       0           4   1 cell no number: oops (line 3)\n"), "\(shown.output)")
        #expect(
            shown.messages.hasSuffix(
                "no column can be an input as it is: x: it has numbers, and 1 cell that is none (\"oops\" in line 3); mend them, or encode it as one-hot\n"
            ))
        let nowhere = try project.ablate("data", "preview", "data/nowhere.csv")
        #expect(
            nowhere.messages
                == "ablate: error: data/nowhere.csv: No such file or directory; name a file, a folder, or a data set that ablate data list shows\n"
        )
    }

    /// A row that was cut off within its last cell looks like any other.
    @Test(arguments: ["x,y\n1,a\n2,b\n4,a\n3,b", "x,y\n1,a\n2,b\n4,a\n3,b\n"])
    func previewTellsOfALastLineWithoutEnd(text: String) throws {
        try project.write(text, to: "data/cut.csv")
        let shown = try project.ablate("data", "preview", "data/cut.csv")
        #expect(shown.status == 0)
        let note = "note: data/cut.csv ends without a line break; if it was cut off, its last cell is not whole\n"
        #expect(shown.messages.contains(note) == !text.hasSuffix("\n"), "\(shown.messages)")
    }

    @Test func unknownColumnsStandAtTheirPlaces() throws {
        try project.write(
            try project.text("experiments/tiny.yaml").replacing("inputs: {", with: "inputs: {aa: {encode: label}, q: {encode: label}, "),
            to: "experiments/slips.yaml")
        let found = try project.ablate("validate", "slips")
        #expect(found.status == 2)
        #expect(found.messages.contains("error: data/table.csv has no column \"aa\""), "\(found.messages)")
        #expect(found.messages.contains("error: data/table.csv has no column \"q\""))
        #expect(found.messages.contains("2 errors"))
    }

    @Test func validateDownloadsNothingAndTellsADataSetOnce() throws {
        try project.write(SampleProject.farAway, to: "data/catalogue/far.yaml")
        for name in ["one", "two"] {
            try project.write(
                SampleProject.tiny.replacingOccurrences(of: "{csv: data/table.csv}", with: "far"), to: "experiments/\(name).yaml")
        }
        let result = try project.ablate("validate", "one", "two")
        #expect(result.status == 0)
        #expect(result.output == "experiments/one.yaml: 4 runs, no error\nexperiments/two.yaml: 4 runs, no error\n")
        #expect(
            result.messages == """
                ablate: warning: without the data set "far" these networks were not checked: experiments/one.yaml, experiments/two.yaml
                to get it: ablate data fetch far

                """)
    }
}
