import Documents
import FileSystem
import Foundation
import Projects
import RunStore
import TestSupport
import Training

/// Exported models: the folder is read, asked, described and written as ONNX, as the commands do.
struct ModelFiles: Subject {
    private let folder: String
    private let asked: String
    /// The files of the whole model by name, `model.json` and the weights.
    private let files: [(name: String, bytes: [UInt8])]
    private static let name = "model.json"

    init(in folder: String) throws {
        self.folder = folder + "/changed"
        asked = folder + "/asked.csv"
        let file = folder + "/experiments/small.yaml"
        try write(Array(Samples.table.utf8), to: folder + "/data/table.csv")
        try write(Array(Self.experiment.utf8), to: file)
        try write(Array(Self.rows.utf8), to: asked)
        let workspace = Workspace(Project(root: folder), isOffline: true)
        let prepared = try PreparedExperiment(file: file, workspace: workspace, store: workspace.store, checking: .changes)
        for run in prepared.runs {
            let writer = try workspace.store.begin(
                run.specification,
                provenance: Provenance(commit: nil, host: "host", processor: "processor", versions: ["instructions": "some"]))
            try writer.finish(Self.outcome(seed: run.specification.seed))
        }
        let subject = try PredictionSubject(named: file) { _ in workspace }
        let whole = folder + "/whole"
        try ModelFolder.write(try subject.model(), card: "A card.", to: whole, replaces: false)
        let names = try FileManager.default.contentsOfDirectory(atPath: whole).filter { $0 != "README.md" }.sorted()
        files = try names.map { ($0, Array(try Data(contentsOf: URL(fileURLWithPath: whole + "/" + $0)))) }
        for (name, bytes) in files { try write(bytes, to: self.folder + "/" + name) }
        try ask(ModelFolder.read(self.folder))
    }

    private static let experiment = """
        title: Small
        dataset: {csv: data/table.csv}
        inputs:
          a: {encode: numeric, scale: log1p}
          b: {encode: numeric, missing: mean}
          grade: {encode: ordinal, order: [low, middle, high]}
          city: {encode: one-hot, unknown: ignore}
        target: {y: {encode: numeric, scale: standard}}
        split: {validation: {folds: 2}}
        model: {mlp: {hidden: [3], activation: relu, output: linear}}
        training: {loss: mse, optimizer: adam, batch_size: 16, epochs: 3}

        """

    private static let rows = "city,grade,a,b\nRome,low,0.5,3\n\"Paris, FR\",high,0,\nOslo,middle,1,-7\n"

    private static let words = [
        "\"version\": 2", "\"seed\": 9223372036854775807", "\"fold\": 3", "\"encoder\": 7", "\"divisor\": 0", "\"shift\": 1e400",
        "\"order\": []",
        "\"categories\": []", "\"bytes\": -1", "\"file\": \"../../etc/passwd\"", "nan", "\"units\": 1000000000000", "\"runs\": []",
        "\"logarithm\": \"log\"", "[[[[[[[[", "\"missing\": \"x\"",
    ]

    func read(_ mutator: inout Mutator) throws {
        // The description decides most.
        let place = mutator.coin() ? files.firstIndex { $0.name == Self.name } ?? 0 : mutator.number(below: files.count)
        let (name, bytes) = files[place]
        var changed = mutator.changed(bytes, among: files.map(\.bytes), words: Self.words)
        let isSealed = mutator.coin()
        var described = files.first { $0.name == Self.name }?.bytes ?? []
        if isSealed {
            if name == Self.name { Sealing.seal(&changed) } else { described = try describing(changed, as: name, in: described) }
        }
        if name == Self.name { described = changed } else { try write(changed, to: folder + "/" + name) }
        try write(described, to: folder + "/" + Self.name)
        defer { for (name, bytes) in files { try? write(bytes, to: folder + "/" + name) } }
        let model = try ModelFolder.read(folder)
        try ask(model)
        if !isSealed, changed != bytes { throw Finding("the changed file \(name) passes for whole") }
    }

    private func ask(_ model: TrainedModel) throws {
        _ = try model.predictions { [try $0.encode(csv: asked)] }
        do { _ = try model.onnx() } catch { try checkWords(of: error) }
        _ = ModelCard(model, source: ModelCard.Source(name: "table"), ranges: [:], hasONNX: false).text
    }

    /// The description with a file of weights as it is now.
    private func describing(_ weights: [UInt8], as name: String, in description: [UInt8]) throws -> [UInt8] {
        guard case .object(var members) = try JSONValue(parsing: description), let runs = members["runs"]?.array else { return description }
        members["runs"] = .array(
            runs.map { run in
                guard var entry = run.object, entry["weights"]?["file"]?.string == name else { return run }
                entry["weights"] = .object([
                    "bytes": .integer(weights.count), "file": .string(name), "sha256": .string(SHA256.digest(of: weights).hex),
                ])
                return .object(entry)
            })
        var text = Array((JSONValue.object(members).prettyText + "\n").utf8)
        Sealing.seal(&text)
        return text
    }

    private static func outcome(seed: Int) -> RunOutcome {
        var history = History(columns: ["epoch", "loss", "val_loss", "seconds"])
        history.append([1, 1, 1, 0.1])
        func tensor(_ name: String, _ shape: [Int]) -> NamedTensor {
            NamedTensor(name: name, shape: shape, values: (0..<shape.reduce(1, *)).map { Float($0 * seed % 5) - 2 })
        }
        return RunOutcome(
            figures: ["loss": 1, "val_loss": 1], history: history,
            weights: [
                tensor("layer_1/kernel", [5, 3]), tensor("layer_1/bias", [3]), tensor("output/kernel", [3, 1]),
                tensor("output/bias", [1]),
            ], parameters: 22, inputs: ["a", "b", "grade", "city"], keptEpoch: 1,
            timings: Timings(train: 0.1, encode: 0.1, total: 0.2, peakMemory: 1))
    }
}
