import Foundation

/// A project in a temporary folder: a small table, an experiment that takes no time, and one that takes long enough to be disturbed.
final class SampleProject {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-\(UUID().uuidString)").resolvingSymlinksInPath()
        try write(Self.table, to: "data/table.csv")
        try write(Self.tiny, to: "experiments/tiny.yaml")
        try write(Self.long, to: "experiments/long.yaml")
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

    func write(_ bytes: Data, to path: String) throws {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
    }

    func remove(_ path: String) throws { try FileManager.default.removeItem(at: folder.appendingPathComponent(path)) }

    func start(_ arguments: String..., environment: [String: String] = [:]) throws -> Running {
        try Running(arguments, in: folder, environment: environment)
    }

    func ablate(_ arguments: String..., environment: [String: String] = [:]) throws -> Program.Result {
        try Running(arguments, in: folder, environment: environment).result()
    }

    func shell(_ script: String, environment: [String: String] = [:]) throws -> Program.Result {
        try Running(["-c", "ablate=\(Program.path); \(script)"], executable: "/bin/bash", in: folder, environment: environment).result()
    }

    // MARK: - What is on disk

    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
    }

    func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(path)), as: UTF8.self)
    }

    /// The identities of an experiment's runs, sorted; facts that lie beside them are left out.
    func runs(of experiment: String, results: String = "results") -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: folder.appendingPathComponent("\(results)/\(experiment)/runs").path)
        // What plain methods gave lies beside them, in a file of its own.
        return (names ?? []).filter { $0.count == 24 && $0.allSatisfy(\.isHexDigit) }.sorted()
    }

    /// What the records of an experiment's runs say, by identity.
    func states(of experiment: String) -> [String: String] {
        var states: [String: String] = [:]
        for run in runs(of: experiment) {
            guard let data = try? Data(contentsOf: folder.appendingPathComponent("results/\(experiment)/runs/\(run)/record.json")),
                let record = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
            else { continue }
            states[run] = record["status"] as? String
        }
        return states
    }

    // MARK: - Files

    private static var table: String {
        let rows = (0..<60).map { row in
            let (a, b) = (Double(row * 37 % 60) / 60, Double(row * 23 % 60) / 60)
            return "\(a),\(b),\(2 * a - b + 0.05 * Double(row % 7)),\(row % 3 == 0 ? "low" : row % 3 == 1 ? "middle" : "high")\n"
        }
        return "a,b,y,grade\n" + rows.joined()
    }

    static let tiny = """
        title: Does width matter on sixty rows?
        dataset: {csv: data/table.csv}
        inputs: {"*": {encode: numeric, scale: standard}, drop: [grade]}
        target: {y: {encode: numeric}}
        split: {validation: {first: 12}}
        model:
          mlp: {hidden: [4], activation: tanh, output: linear}
        training:
          loss: mse
          optimizer: adam
          batch_size: 8
          epochs: 3
        seeds: 2
        ablate:
          wide: {model.mlp.hidden: [8]}

        """

    private static let long = """
        extends: tiny.yaml
        title: Long enough to be disturbed
        training: {batch_size: 1, epochs: 6000}
        ablate: {wide: {model.mlp.hidden: [16]}}

        """

    /// A catalogue entry of a table that is nowhere.
    static let farAway = """
        title: Far away
        description: A table that is nowhere.
        licence: CC0
        citation: none
        format: {csv: {delimiter: ";", header: true}}
        rows: 1
        file: far.csv
        addresses: ["https://far.invalid/far.csv"]
        digest: \(String(repeating: "0", count: 64))

        """
}
