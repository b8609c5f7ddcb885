import Foundation
import Testing

/// Predictions and plain baselines, from the command line.
@Suite struct PredictTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
    }

    private static let grades = """
        title: Which grade?
        dataset: {csv: data/table.csv}
        inputs: {"*": {encode: numeric, scale: standard}}
        target: {grade: {encode: one-hot}}
        split: {validation: {first: 12}, test: {fraction: 0.2}}
        model:
          mlp: {hidden: [6], activation: tanh, output: softmax}
        training:
          loss: categorical_crossentropy
          optimizer: {adam: {learning_rate: 0.02}}
          epochs: 5
          metrics: [accuracy, f1_macro, log_loss]
        seeds: 2
        baselines: [majority, logistic, nearest_neighbours]

        """

    @Test func aRegressionAnswersForRowsAndTablesInItsOwnUnit() throws {
        #expect(try project.ablate("run", "tiny").status == 0)
        let one = try project.ablate("predict", "tiny:wide", "--row", "a=0.5, b=0.25")
        #expect(one.status == 0, "\(one.messages)")
        #expect(one.output.hasPrefix("tiny, wide, mean of 2 runs: y\n  row"))
        #expect(one.output.split(separator: "\n").count == 3)

        try project.write("b,other,a\n0.25,x,0.5\n0.1,y,0.9\n", to: "new.csv")
        let table = try project.ablate("predict", "tiny:wide", "--csv", "new.csv", "--json")
        let row = try project.ablate("predict", "tiny:wide", "--row", "a=0.5,b=0.25", "--json")
        let answers = try [table, row].map { result in
            let json = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
            #expect(json["variant"] as? String == "wide" && (json["runs"] as? [String])?.count == 2)
            return try #require(json["predictions"] as? [[String: Double]]).compactMap { $0["value"] }
        }
        #expect(answers[0].count == 2 && answers[1].count == 1)
        #expect(abs(answers[0][0] - answers[1][0]) < 1e-9)

        let run = try #require(project.runs(of: "tiny").first)
        let single = try project.ablate("predict", String(run.prefix(8)), "--row", "a=0.5,b=0.25")
        #expect(single.status == 0 && single.output.contains(", seed "), "\(single.messages)")
    }

    /// The settings of a record have their keys sorted, which is not the order of the features.
    @Test func aRunAnswersWhoseInputsAreInAnOrderOfTheirOwn() throws {
        let columns = "{b: {encode: numeric, scale: standard}, a: {encode: numeric}}"
        try project.write(
            Self.grades.replacing("{\"*\": {encode: numeric, scale: standard}}", with: columns), to: "experiments/grades.yaml")
        #expect(try project.ablate("run", "grades", "--seeds", "1").status == 0)
        let run = try #require(project.runs(of: "grades").first)
        let answers = try [String(run.prefix(8)), "grades"].map { subject in
            let answer = try project.ablate("predict", subject, "--row", "a=0.1,b=0.9")
            #expect(answer.status == 0, "\(answer.messages)")
            return answer.output
        }
        #expect(answers[0].contains("grade") && answers[0] == answers[1])
    }

    @Test func aValueWithACommaStandsInQuotes() throws {
        let texts = (0..<40).map { $0 % 2 == 0 ? "\"good, fine\",\($0),yes\n" : "\"bad \"\"x\"\"\",\($0),no\n" }
        try project.write("text,n,class\n" + texts.joined(), to: "data/texts.csv")
        try project.write(
            """
            dataset: {csv: data/texts.csv}
            inputs: {text: {encode: one-hot}, n: {encode: numeric}}
            target: {class: {encode: label}}
            split: {validation: {fraction: 0.2}}
            model: {mlp: {hidden: [], output: sigmoid}}
            training: {loss: binary_crossentropy}

            """, to: "experiments/texts.yaml")
        #expect(try project.ablate("run", "texts").status == 0)
        for row in ["text=\"good, fine\",n=3", "n=3, text=\"bad \"\"x\"\"\"", "text=bad \"x\",n=3"] {
            let answer = try project.ablate("predict", "texts", "--row", row)
            #expect(answer.status == 0 && answer.output.contains("yes"), "\(answer.messages)")
        }
        let bare = try project.ablate("predict", "texts", "--row", "text=good, fine,n=3")
        #expect(
            bare.messages == """
                ablate: error: --row: " fine" is not of the form column=value; a value with a comma stands in quotes, \
                column="a, b"; columns: text, n

                """)
        let preview = try project.ablate("data", "preview", "data/texts.csv")
        #expect(preview.output.contains("bad \"x\" 20, good, fine 20"), "\(preview.output)")
    }

    /// All rows gone through for each of them would not come to an end.
    @Test func aLongTableIsAnswered() throws {
        #expect(try project.ablate("run", "tiny").status == 0)
        try project.write("a,b\n" + String(repeating: "0.5,0.25\n", count: 200_000), to: "long.csv")
        let answer = try project.ablate("predict", "tiny:wide", "--csv", "long.csv")
        #expect(answer.output.split(separator: "\n").count == 200_002)
    }

    @Test func classesComeWithProbabilitiesAndBaselinesStandInTheReport() throws {
        try project.write(Self.grades, to: "experiments/grades.yaml")
        let run = try project.ablate("run", "grades")
        #expect(run.status == 0, "\(run.messages)")
        let report = try project.text("results/grades/report.md")
        for text in [
            "### Plain baselines", "| majority class", "| logistic regression", "| 5 nearest neighbours", "| `baseline` (network)",
            "validation macro-F1", "validation log loss", "## Results by class", "| true \\ predicted", "Most confident errors",
        ] {
            #expect(report.contains(text), "\(text)")
        }
        #expect(try project.ablate("report", "grades").status == 0)
        #expect(try project.text("results/grades/report.md") == report)

        let one = try project.ablate("predict", "grades", "--row", "a=0.1,b=0.9,y=0.3")
        #expect(one.status == 0, "\(one.messages)")
        let lines = one.output.split(separator: "\n")
        #expect(lines.count == 5 && lines[1].contains("grade") && lines[1].contains("probability"))
    }

    @Test func rowsOfTheFileAreAnsweredByTheReportAndTheCommand() throws {
        let asked = "predict:\n  small one: {a: 0.1, b: 0.1, grade: low}\n  large one: {a: 0.9, b: 0.2}\n"
        try project.write(
            SampleProject.tiny.replacing("[4], activation: tanh", with: "[]") + asked + "baselines: [linear]\n"
                + "reference: {baseline: {predict.small one: 0.2}}\n", to: "experiments/asked.yaml")
        #expect(try project.ablate("run", "asked").status == 0)
        let report = try project.text("results/asked/report.md")
        for text in [
            "## Predictions", "- small one: a 0.1, b 0.1, grade low", "| least squares", "| `baseline`, predict.small one ",
            "## Learned functions", "| `baseline`, exact |",
        ] {
            #expect(report.contains(text), "\(text)")
        }
        let answer = try project.ablate("predict", "asked")
        #expect(answer.status == 0, "\(answer.messages)")
        let lines = answer.output.split(separator: "\n").map { $0.split(separator: " ", omittingEmptySubsequences: true) }
        #expect(lines.count == 4 && lines[1] == ["row", "y", "±"] && lines[2].prefix(2) == ["small", "one"])

        let json = try project.ablate("predict", "asked", "--json")
        let all = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let predictions = try #require(all["predictions"] as? [[String: Any]])
        #expect(predictions.map { $0["row"] as? String } == ["small one", "large one"])
        #expect(predictions.allSatisfy { ($0["standard_deviation"] as? Double ?? -1) >= 0 })

        let index = try project.ablate("index")
        #expect(index.status == 0)
        #expect(try project.text("results/README.md").contains("predict.small one"))
    }

    @Test(arguments: [
        ("{a: 1}", "17:3: error: the row \"odd\" lacks the column \"b\""),
        ("{a: 1, b: x}", "17:15: error: found \"x\" in the column \"b\", where a number was expected"),
        ("{a: 1, b: 1, bb: 2}", "17:21: error: no variant has the input column \"bb\""),
    ])
    func wrongRowsOfTheFileAreFoundBeforeAnythingStarts(row: String, message: String) throws {
        try project.write(SampleProject.tiny + "predict:\n  odd: \(row)\n", to: "experiments/asked.yaml")
        let result = try project.ablate("validate", "asked")
        #expect(result.status == 2 && result.messages.contains("experiments/asked.yaml:" + message), "\(result.messages)")
    }

    @Test(arguments: [
        (
            "predict: {x: {a: 1, b: 1, y: 1}}\nreference: {baseline: {predict.x: 1}}",
            ":15:11: error: predict.x is one number for values and for two classes"
        ),
        (
            "reference: {baseline: {confusion: [[1, 2], [3, 4]]}}",
            ": error: the confusion matrix of baseline has 2 classes, the target \"grade\" has 3"
        ),
    ])
    func referencesThatManyClassesCannotHave(text: String, message: String) throws {
        try project.write(Self.grades + text + "\n", to: "experiments/grades.yaml")
        let result = try project.ablate("validate", "grades")
        #expect(result.status == 2 && result.messages.contains("experiments/grades.yaml" + message), "\(result.messages)")
    }

    @Test func runsThatDivergedDoNotAnswer() throws {
        try project.write(
            SampleProject.tiny.replacing("optimizer: adam", with: "optimizer: {sgd: {learning_rate: 0.01}}")
                .replacing("{model.mlp.hidden: [8]}", with: "{training.optimizer.sgd.learning_rate: 1e30}"), to: "experiments/wild.yaml")
        let run = try project.ablate("run", "wild")
        #expect(run.status == 0 && run.messages.contains("✓ wide, seed 1   diverged"), "\(run.messages)")
        let answer = try project.ablate("predict", "wild:wide", "--row", "a=1,b=1")
        #expect(answer.status == 1 && answer.messages.contains("training diverged in every one of the 2 runs"), "\(answer.messages)")
        #expect(try project.ablate("list", "--format", "csv").output.contains("\nwild,4,4,2,"))
        #expect(try project.ablate("show", "wild").output.contains("diverged"))
        let identity = try #require(
            try project.ablate("show", "wild").output.split(separator: "\n").first { $0.contains("diverged") }?.split(separator: " ").first)
        #expect(try project.ablate("show", String(identity)).output.contains("diverged: the loss was not finite"))
        #expect(try project.text("results/wild/report.md").contains("Diverged in every seed: `wide`."))
    }

    @Test(arguments: [
        (
            ["tiny", "--row", "a=1", "--csv", "x.csv"],
            "give rows, a table, or texts or pictures: --row column=value,…, --csv FILE, or behind the name"
        ),
        (["abcdef"], "no run begins with abcdef, and no experiment is called so"),
        (["tiny", "--row", "a=1"], "no run is finished; ablate run tiny"),
        (["tiny:wise", "--row", "a=1"], "tiny has no variant \"wise\"; did you mean \"wide\"? there are: baseline, wide"),
    ])
    func whatCannotBeAskedIsSaid(arguments: [String], message: String) throws {
        let result = try Running(["predict"] + arguments, in: project.folder).result()
        #expect(result.status == 2 && result.messages.contains(message), "\(result.messages)")
    }

    @Test func wrongRowsAreSaid() throws {
        #expect(try project.ablate("run", "tiny", "--only", "wide", "--seeds", "1").status == 0)
        for (row, message) in [
            ("a=1", "\"b\""), ("a=1,b=2,c=3", "\"c\""), ("a=1,b", "\"b\" is not of the form column=value; a value with a comma"),
            ("a=1,b=2,a=3", "a stands twice"), ("a=1,b=two", "\"two\""),
        ] {
            let result = try project.ablate("predict", "tiny:wide", "--row", row)
            #expect(result.status == 2 && result.messages.contains(message), "\(row): \(result.messages)")
        }
        let none = try project.ablate("predict", "tiny:wide")
        #expect(none.status == 2 && none.messages.contains("give rows: --row column=value,… or --csv FILE"), "\(none.messages)")
    }
}
