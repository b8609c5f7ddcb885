import Foundation
import Testing

/// Runs that take some layers from those of another experiment.
@Suite(.serialized) struct TransferTests {
    private let project: SampleProject

    init() throws { project = try SampleProject() }

    /// Layers of the tiny experiment's baseline for other classes, which it does not know.
    private static func classes(_ training: String, layers: String = "") -> String {
        """
        dataset: {csv: data/table.csv}
        inputs: {a: {encode: numeric, scale: standard}, b: {encode: numeric, scale: standard}}
        target: {grade: {encode: label}}
        split: {validation: {first: 12}}
        model: {layers: [{dense: {units: 4, activation: tanh, name: features}}, {dense: {units: classes, activation: softmax}}]}
        training: {loss: sparse_categorical_crossentropy, epochs: 2, \(training)}
        seeds: 2

        """
    }

    private func weights(of experiment: String, seed: Int = 1) throws -> [String: [Float]] {
        for run in project.runs(of: experiment) {
            let folder = project.folder.appendingPathComponent("results/\(experiment)/runs/\(run)")
            let record = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appendingPathComponent("record.json")))
            guard let record = record as? [String: Any], record["variant"] as? String == "baseline", record["seed"] as? Int == seed else {
                continue
            }
            let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent("weights.safetensors")))
            let size = (0..<8).reduce(0) { $0 + Int(bytes[$1]) << (8 * $1) }
            let header = try JSONSerialization.jsonObject(with: Data(bytes[8..<8 + size])) as? [String: Any] ?? [:]
            return header.reduce(into: [:]) { found, tensor in
                guard let places = (tensor.value as? [String: Any])?["data_offsets"] as? [Int] else { return }
                found[tensor.key] = stride(from: 8 + size + places[0], to: 8 + size + places[1], by: 4).map { place in
                    Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * $1) })
                }
            }
        }
        return [:]
    }

    @Test(arguments: ["all-but-last", "[features]", "[layer_1]"])
    func whatItStartsFromIsTrainedFirst(layers: String) throws {
        try project.write(
            Self.classes("continue_from: {experiment: tiny, layers: \(layers)}, freeze: \(layers)"), to: "experiments/other.yaml")
        #expect(try project.ablate("validate", "other").status == 0)
        let plan = try project.ablate("plan", "other")
        #expect(plan.output.contains("first: 2 runs of tiny, baseline, whose weights these start from\n"), "\(plan.messages)\(plan.output)")
        let run = try project.ablate("run", "other")
        #expect(run.status == 0, "\(run.messages)")
        #expect(run.messages.contains("first 2 runs of tiny, baseline, which other starts from\n"), "\(run.messages)")
        // Neither the other variants of that experiment nor its report.
        #expect(project.runs(of: "tiny").count == 2 && !project.exists("results/tiny/report.md"))
        for seed in 1...2 {
            let (start, end) = (try weights(of: "tiny", seed: seed), try weights(of: "other", seed: seed))
            #expect(end["layer_1/kernel"] == start["layer_1/kernel"] && end["layer_1/bias"] == start["layer_1/bias"])
            #expect(start["output/kernel"]?.count == 4 && end["output/kernel"]?.count == 12)
        }
        let again = try project.ablate("plan", "other")
        #expect(!again.output.contains("first:") && again.output.contains("nothing to train"), "\(again.output)")
    }

    @Test func withoutFreezeAllLayersGoOn() throws {
        try project.write(Self.classes("continue_from: {experiment: tiny, layers: all-but-last}"), to: "experiments/other.yaml")
        #expect(try project.ablate("run", "other").status == 0)
        #expect(try weights(of: "other")["layer_1/kernel"] != weights(of: "tiny")["layer_1/kernel"])
    }

    @Test(arguments: [
        ("continue_from: {experiment: tiny, layers: all}", "output/bias is [1] there, expected [3]"),
        ("continue_from: {experiment: tiny, layers: [feature]}", "there is no layer \"feature\""),
        ("freeze: [output, layer_9]", "there is no layer \"layer_9\""),
        ("continue_from: {experiment: tiny, variant: wide, layers: all-but-last}", "layer_1/bias is [8] there, expected [4]"),
    ])
    func whatDoesNotFitIsSaidBeforeAnythingIsTrained(training: String, words: String) throws {
        try project.write(Self.classes(training), to: "experiments/other.yaml")
        for command in ["validate", "plan", "run"] {
            let result = try project.ablate(command, "other")
            #expect(result.status == 2 && result.messages.contains(words), "\(result.messages)")
        }
        #expect(project.runs(of: "tiny").isEmpty)
    }

    /// What holds for all seeds and folds is said once.
    @Test(arguments: [
        ("{dense: {units: 4, activation: tanh, name: features}}", "{dense: {units: 5}}", "layer_1/bias is [4] there, expected [5]"),
        ("[{dense: {units: 4, activation: tanh, name: features}}, ", "[", "layer_1/bias is [4] there, and there is none here"),
        ("name: features}}, ", "name: features}}, {dense: {units: 4, name: more}}, ", "layer_2/bias is not there, expected [4]"),
        ("{first: 12}", "{folds: 2}", "tiny, baseline has no folds, this experiment has 2 folds"),
        ("seeds: 2", "seeds: [2, 4, 5]", "tiny, baseline has the seeds 1, 2 alone, this experiment has others"),
        ("experiment: tiny", "experiment: other", "the starts lead to each other in a circle"),
    ])
    func whatDoesNotFitIsSaidOnce(old: String, new: String, words: String) throws {
        let layers = new.contains("more") ? "[features, more]" : "all-but-last"
        let text = Self.classes("continue_from: {experiment: tiny, layers: \(layers)}")
        try project.write(text.replacing(old, with: new), to: "experiments/other.yaml")
        let result = try project.ablate("validate", "other")
        #expect(result.status == 2 && result.messages.contains(words), "\(result.messages)")
        #expect(result.messages.hasSuffix("\n1 error\n"), "\(result.messages)")
    }

    @Test func foldsOfAnotherNumberAreRefused() throws {
        try project.write(
            Self.classes("metrics: []").replacing("{first: 12}", with: "{folds: 3}"), to: "experiments/source.yaml")
        let text = Self.classes("continue_from: {experiment: source}").replacing("{first: 12}", with: "{folds: 2}")
        try project.write(text, to: "experiments/other.yaml")
        let result = try project.ablate("validate", "other")
        #expect(result.messages.contains("source, baseline has 3 folds, this experiment has 2 folds"), "\(result.messages)")
        try project.write(text.replacing("{folds: 2}", with: "{folds: 3}"), to: "experiments/other.yaml")
        #expect(try project.ablate("run", "other").status == 0)
        #expect(project.runs(of: "source").count == 6)
    }

    /// A run that no file asks for stays while another experiment names it.
    @Test func aNamedStartIsNotCleanedAway() throws {
        #expect(try project.ablate("run", "tiny").status == 0)
        let start = try #require(project.runs(of: "tiny").sorted().first)
        try project.write(
            Self.classes("continue_from: {run: \(start), layers: all-but-last}"), to: "experiments/other.yaml")
        for name in ["long", "tiny"] { try project.remove("experiments/\(name).yaml") }
        let cleaned = try project.ablate("clean", "--unlisted")
        #expect(cleaned.status == 0, "\(cleaned.messages)")
        #expect(project.runs(of: "tiny") == [start])
    }
}
