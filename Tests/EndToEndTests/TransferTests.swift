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
}
