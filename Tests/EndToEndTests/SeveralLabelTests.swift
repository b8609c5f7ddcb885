import Foundation
import Testing

/// A table whose target is several labels, from its preview to predictions.
@Suite struct SeveralLabelTests {
    private static let table =
        "a,b,tags\n"
        + (0..<80).map { row in
            let (a, b) = (Double(row * 37 % 80) / 80, Double(row * 23 % 80) / 80)
            let tags = [("high", a > 0.5), ("wide", b > 0.4), ("even", a > b)].filter(\.1).map(\.0)
            return "\(a),\(b),\(tags.joined(separator: " | "))\n"
        }.joined()

    private static let experiment = """
        title: Which tags?
        dataset: {csv: data/tags.csv}
        inputs: {"*": {encode: numeric, scale: standard}}
        target: {tags: {encode: multi-hot, separator: "|"}}
        split: {test: {fraction: 0.2}, validation: {shuffle: true, seed: 3, fraction: 0.25}}
        model: {mlp: {hidden: [8], activation: tanh, output: sigmoid}}
        training:
          loss: binary_crossentropy
          optimizer: {adam: {learning_rate: 0.05}}
          epochs: 30
          metrics: [binary_accuracy, f1_macro, f1_micro]
        seeds: 2
        select: {metric: val_f1_macro}
        ablate: {none: {model.mlp.hidden: []}}
        predict: {both: {a: 0.95, b: 0.9}, neither: {a: 0.1, b: 0.15}}

        """

    @Test func isTrainedReportedAndAsked() throws {
        let project = try SampleProject()
        try project.write(Self.table, to: "data/tags.csv")
        try project.write(Self.experiment, to: "experiments/tags.yaml")
        let preview = try project.ablate("data", "preview", "tags")
        #expect(preview.output.contains("\n3 labels of tags, "), "\(preview.output)\(preview.messages)")
        let run = try project.ablate("run", "tags", "-j", "1")
        #expect(run.status == 0, "\(run.messages)")
        #expect(run.messages.contains("rows have no label in \"tags\""), "\(run.messages)")
        let report = try project.text("results/tags/report.md")
        #expect(report.contains("best validation macro-F1"), "\(report)")
        #expect(report.contains("The labels of tags above one half, with their probabilities"))
        #expect(report.contains(" high: "), "\(report)")

        let answer = try project.ablate("predict", "tags", "--row", "a=0.95,b=0.9", "--json")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any], "\(answer.messages)")
        let first = try #require((json["predictions"] as? [[String: Any]])?.first)
        #expect((first["predicted"] as? [String])?.contains("high") == true)
        #expect((first["probabilities"] as? [String: Double])?.count == 3)
        try project.write("b,a\n0.9,0.95\n0.15,0.1\n", to: "new.csv")
        let table = try project.ablate("predict", "tags", "--csv", "new.csv")
        #expect(table.status == 0 && table.output.contains("row   tags"), "\(table.output)\(table.messages)")
    }

    @Test func whatDoesNotGoWithLabelsIsSaidAtItsPlace() throws {
        let project = try SampleProject()
        try project.write(Self.table, to: "data/tags.csv")
        try project.write(
            Self.experiment.replacing("target: {tags: {encode: multi-hot, separator: \"|\"}}", with: "target: {tags: {encode: multi-hot}}"),
            to: "experiments/tags.yaml")
        let words = try project.ablate("validate", "tags")
        #expect(words.status == 2 && words.messages.contains("write separator, what stands between them, such as |"), "\(words.messages)")
        try project.write(Self.experiment + "baselines: [majority]\n", to: "experiments/tags.yaml")
        let baseline = try project.ablate("validate", "tags")
        #expect(
            baseline.messages.contains("majority knows one class or one number a row, the target \"tags\" has several labels"),
            "\(baseline.messages)")
    }
}
