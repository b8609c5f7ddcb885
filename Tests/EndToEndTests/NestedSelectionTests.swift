import Foundation
import Testing

/// Folds that test by turns, and runs on all rows, from the file to what is taken away.
@Suite(.serialized) struct NestedSelectionTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
        let rows = (0..<48).map { row -> String in
            let (a, b) = (Double(row * 37 % 48) / 48, Double(row * 23 % 48) / 48)
            return "\(a),\(b),\(a < 0.5 ? "low" : "high")\n"
        }
        try project.write("a,b,grade\n" + rows.joined(), to: "data/nested.csv")
        try project.write(Self.nested, to: "experiments/nested.yaml")
    }

    private static let nested = """
        dataset: {csv: data/nested.csv}
        inputs: {a: {encode: numeric, scale: standard}, b: {encode: numeric, scale: standard}}
        target: {grade: {encode: label}}
        split: {test: {folds: 3, kind: stratified, seed: 5}, validation: {folds: 2, kind: shuffled}, refit: true}
        model: {mlp: {hidden: [6], activation: tanh, output: softmax}}
        training: {loss: sparse_categorical_crossentropy, optimizer: {adam: {learning_rate: 0.05}}, batch_size: 8, epochs: 6, metrics: [accuracy]}
        select: {metric: val_accuracy}
        baselines: [majority]
        expect: ["test_accuracy(baseline) > test_accuracy(idle) - 1"]
        ablate: {idle: {training.optimizer: {sgd: {learning_rate: 1e-9}}}}

        """

    private func table(_ text: String) -> [[String: String]] {
        let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        return lines.dropFirst().map { Dictionary(zip(lines.first ?? [], $0), uniquingKeysWith: { first, _ in first }) }
    }

    @Test func nestedSelectionTellsWhatChoosingIsWorth() throws {
        let plan = try project.ablate("plan", "nested")
        #expect(
            plan.output.contains("2 variants x 1 seed x 3 outer folds x 2 folds, and one on all rows a seed = 14 runs"),
            "\(plan.output)\(plan.messages)")
        #expect(try project.ablate("plan", "nested", "--json").status == 0)
        let preview = try project.ablate("data", "preview", "nested")
        #expect(
            preview.output.contains("The first of 3 folds that test by turns, and 2 folds of the rest validate."),
            "\(preview.output)\(preview.messages)")
        let run = try project.ablate("run", "nested")
        #expect(run.status == 0 && run.messages.contains("fold 2 of outer fold 3"), "\(run.messages)")
        // Outer folds are encoded each by its own rows.
        let report = try project.text("results/nested/report.md")
        for text in ["## Choosing and then using", "Chosen: `baseline` in 3", "## Trained on all rows", "   1 of 1 |"] {
            #expect(report.contains(text) || report.contains(text.replacing("baseline", with: "`baseline`")), "\(text)\n\(report)")
        }
        #expect(try project.ablate("report", "nested", "--format", "json").status == 0)
        let facts = try #require(
            try JSONSerialization.jsonObject(with: Data(project.text("results/nested/report.json").utf8)) as? [String: Any])
        let nested = try #require(facts["nested_selection"] as? [String: Any])
        let folds = try #require(nested["outer_folds"] as? [[String: Any]])
        #expect(folds.count == 3 && nested["figure"] as? String == "test_accuracy")
        let runs = try #require((facts["variants"] as? [[String: Any]])?.first?["runs"] as? [[String: Any]])
        #expect(runs.count == 6, "the run on all rows is not among them")
        let test = runs.compactMap { run -> Double? in (run["figures"] as? [String: Any])?["test_accuracy"] as? Double }
        let byFold = stride(from: 0, to: test.count, by: 2).map { (place: Int) -> Double in (test[place] + test[place + 1]) / 2 }
        let told = folds.compactMap { $0["test_accuracy"] as? Double }
        #expect(byFold == told)
        let mean: Double = byFold.reduce(0, +) / 3
        let toldMean = try #require(nested["mean"] as? Double)
        #expect(abs(mean - toldMean) < 1e-12)

        let predictions = try project.ablate("predictions", "nested", "--variant", "baseline", "--part", "test")
        let lines = table(predictions.output)
        #expect(predictions.output.hasPrefix("variant,run,part,fold,outer_fold,seed,row"), "\(predictions.messages)")
        #expect(Dictionary(grouping: lines) { $0["row"] ?? "" }.values.map(\.count) == Array(repeating: 2, count: 48))
        let folded = table(try project.ablate("predictions", "nested", "--variant", "baseline", "--part", "folds").output)
        #expect(Set(folded.compactMap { $0["row"] }).count == 48 && folded.count == 96)

        #expect(try project.ablate("check", "nested").status == 0)
        let compared = try project.ablate("compare", "nested:baseline", "nested:idle").output
        let line = try #require(compared.split(separator: "\n").first { $0.contains(" test_accuracy ") })
        #expect(line.hasSuffix(" 3") && line.contains("−") && !line.contains("-"), "\(line)")
        let shown = try project.ablate("list", "nested", "--where", "variant == baseline", "--columns", "fold", "--format", "csv").output
        #expect(shown.split(separator: "\n", omittingEmptySubsequences: false).count >= 8, "\(shown)")
    }

    @Test func theRunOnAllRowsAnswersAndIsExported() throws {
        try project.write(
            Self.nested.replacing("test: {folds: 3, kind: stratified, seed: 5}", with: "test: {fraction: 0.25}"),
            to: "experiments/refit.yaml")
        #expect(try project.ablate("run", "refit").status == 0)
        let report = try project.text("results/refit/report.md")
        #expect(report.contains("mean of the folds' runs") && !report.contains("Choosing and then using"))
        let answer = try project.ablate("predict", "refit", "--row", "a=0.1,b=0.2")
        #expect(answer.status == 0 && !answer.messages.contains("2 runs"), "\(answer.messages)\(answer.output)")
        let written = try project.ablate("export", "refit", "-o", "model")
        #expect(written.status == 0, "\(written.messages)")
        let card = try project.text("model/README.md")
        #expect(card.contains("| test accuracy |") && card.contains("which covers the luck of") && card.contains("| examples "), "\(card)")
        #expect(card.contains("One run (seed 1, all rows)") && card.contains("48, of which 36 train, 12 test"), "\(card)")
        let exported = try project.ablate("predict", "model", "--row", "a=0.1,b=0.2")
        #expect(exported.output == answer.output, "\(exported.messages)")

        // Folds that stand are not trained again.
        try project.write(
            Self.nested.replacing("test: {folds: 3, kind: stratified, seed: 5}", with: "test: {fraction: 0.25}").replacing(
                ", refit: true", with: ""),
            to: "experiments/refit.yaml")
        #expect(try project.ablate("plan", "refit", "--json").output.contains("\"to_train\": 0"))
        try project.write(
            Self.nested.replacing("epochs: 6,", with: "epochs: 6, early_stopping: {monitor: val_loss, patience: 1},"),
            to: "experiments/early.yaml")
        let refused = try project.ablate("plan", "early")
        #expect(refused.status == 2 && refused.messages.contains("the run on all rows (split.refit)"), "\(refused.messages)")
    }
}
