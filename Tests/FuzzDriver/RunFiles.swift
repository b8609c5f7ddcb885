import Documents
import FileSystem
import Foundation
import Projects
import RunStore
import TestSupport
import Training

/// What the store keeps of runs: the whole is looked through, reported on and gone on with, as the commands do.
struct RunFiles: Subject {
    private let folder: String
    private let file: String
    private let workspace: Workspace
    private let planned: [SurveyedRun]
    private static let machine = ["instructions": "some"]

    init(in folder: String) throws {
        self.folder = folder
        file = folder + "/experiments/small.yaml"
        try write(Array(Samples.table.utf8), to: folder + "/data/table.csv")
        try write(Array(Self.experiment.utf8), to: file)
        workspace = Workspace(Project(root: folder), isOffline: true)
        planned = try PreparedExperiment(file: file, workspace: workspace, store: workspace.store, checking: .changes).runs
    }

    private static let experiment = """
        title: Small
        dataset: {csv: data/table.csv}
        inputs: {a: {encode: numeric}, id: {encode: numeric, scale: standard}}
        target: {grade: {encode: one-hot}}
        split: {validation: {first: 6}}
        model: {mlp: {hidden: [3], activation: relu, output: softmax}}
        training: {loss: categorical_crossentropy, optimizer: adam, batch_size: 16, epochs: 3, metrics: [accuracy]}
        seeds: 2
        baselines: [majority]
        ablate: {wide: {model.mlp.hidden: [5]}}

        """

    func read(_ mutator: inout Mutator) throws {
        let sample = try SampleStore(planned.map(\.specification), machine: Self.machine)
        let path = mutator.one(of: sample.paths)
        let bytes = try sample.memory.bytes(at: path)
        let others = try sample.paths.map { try sample.memory.bytes(at: $0) }
        var changed = mutator.changed(bytes, among: others, words: Self.words)
        let isSealed = mutator.coin()
        if isSealed { Sealing.seal(&changed) }
        try sample.memory.put(changed, at: path)
        if isSealed { try sample.record(changed, at: path) }
        if !isSealed, changed != bytes { try sample.checkThatNobodyUses(path) }
        try look(at: sample.store)
        try goOn(in: sample.store)
        _ = try PreparedExperiment(file: file, workspace: workspace, store: sample.store, checking: mutator.coin() ? .changes : .contents)
            .writeReport()
    }

    private static let words = [
        "\"version\": 3", "\"version\": 1", "\"figures\": {}", "\"val_loss\": 1e400", "\"status\": \"failed\"",
        "\"epoch\":9223372036854775807",
        "\"shape\":[4611686018427387904,4]", "\"shape\":[-1]", "\"element_bytes\":8", "nan", "\"files\": {}",
        "\"created\": \"9999-12-31T23:59:60Z\"",
    ]

    /// All that can be seen of the runs; what is refused is told.
    private func look(at store: RunStore) throws {
        for run in store.storedRuns(in: "small") {
            try telling { _ = try run.history() }
            try telling { _ = try run.predictions() }
            try telling { _ = try run.weights() }
            try telling { _ = try run.weightShapes() }
        }
        _ = store.garbage(in: "small", keeping: Set(planned.map(\.specification.identity)))
        var query = RunQuery(columns: ["run", "val_loss", "seconds", "training.batch_size", "created"])
        query.order = [RunQuery.Key("-val_loss")]
        query.condition = try Condition("val_loss > 0.1 or state == damaged or seed < 3")
        try telling { _ = try query.answer(among: store.storedRuns(in: "small")) }
    }

    /// The run that was interrupted goes on, or begins anew.
    private func goOn(in store: RunStore) throws {
        try telling {
            let writer = try store.begin(planned[planned.count - 1].specification, provenance: SampleStore.provenance)
            let checkpoints = Checkpoints(writer, machine: Self.machine, interval: .seconds(5))
            if let kept = checkpoints.kept {
                for tensor in kept.tensors {
                    var numbers = [UInt8](repeating: 0, count: tensor.shape.count * 4)
                    try numbers.withUnsafeMutableBytes { try kept.readNext(into: $0) }
                }
            }
            try writer.interrupt()
        }
    }

    private func telling(_ body: () throws -> Void) throws {
        do { try body() } catch { try checkWords(of: error) }
    }
}

/// A store in memory: finished runs, one that was interrupted with a checkpoint, a claim that somebody left.
private struct SampleStore {
    let memory = MemoryDisk()
    let store: RunStore
    private(set) var paths: [String] = []
    private let runs: [RunSpecification]

    static let provenance = Provenance(
        commit: "0123abcd", host: "host", processor: "processor", versions: ["ablate": "0.1.0", "instructions": "some"])

    init(_ runs: [RunSpecification], machine: [String: String]) throws {
        self.runs = runs
        store = RunStore(root: "/store/results", on: memory.disk) { Date(timeIntervalSince1970: 1_750_000_000.5) }
        for (place, run) in runs.enumerated() {
            let writer = try store.begin(run, provenance: Self.provenance)
            let folder = writer.folder
            if place < runs.count - 1 {
                try writer.finish(Self.outcome(place))
                // Records decide most.
                paths += [folder.recordFile, folder.recordFile, folder.historyFile, folder.predictionsFile, folder.weightsFile]
            } else {
                try Self.leaveCheckpoint(of: run, machine, by: writer)
                try writer.interrupt()
                paths += [folder.recordFile, folder.checkpointFile, folder.checkpointFile, folder.checkpointFile, folder.path + "/claim"]
                try memory.put(Array(Self.claim.utf8), at: folder.path + "/claim")
            }
        }
        try store.keep(
            [PlainMethodRecord(name: "majority", figures: [["val_accuracy": 0.4, "val_loss": 1.1]])], of: "small", as: runs[0].identity)
        paths.append("/store/results/small/runs/baselines-\(runs[0].identity.hex).json")
    }

    private static let claim = """
        {"boot":"another","host":"far","process":4,"since":"2026-01-01T00:00:00.000Z","space":"1","started":7,"token":"a1"}
        """

    private static func outcome(_ place: Int) -> RunOutcome {
        var history = History(columns: ["epoch", "loss", "accuracy", "val_loss", "val_accuracy", "seconds"])
        for epoch in 1...3 { history.append([Double(epoch), 1 / Double(epoch), 0.5, 1.1 / Double(epoch), 0.4 + Double(place) / 10, 0.01]) }
        let outputs: [Float] = (0..<6).flatMap { row in (0..<3).map { $0 == row % 3 ? 0.6 : 0.2 } }
        return RunOutcome(
            figures: ["loss": 0.33, "accuracy": 0.5, "val_loss": 0.4, "val_accuracy": 0.4 + Double(place) / 10], history: history,
            predictions: Predictions(validation: .init(rows: Array(0..<6), targets: [0, 1, 2, 0, 1, 2], outputs: outputs, width: 3)),
            weights: [
                NamedTensor(name: "dense_1/kernel", shape: [2, 3], values: [1, 2, 3, 4, 5, -6.5]),
                NamedTensor(name: "dense_1/bias", shape: [3], values: [0, 0.5, .infinity]),
            ], parameters: 21, target: .classes(["high", "low", "middle"]), inputs: ["a", "id"], keptEpoch: 3,
            timings: Timings(train: 0.25, encode: 0.01, total: 0.3, peakMemory: 1_000_000))
    }

    private static func leaveCheckpoint(of run: RunSpecification, _ machine: [String: String], by writer: RunWriter) throws {
        let state = """
            {"figures":["loss","val_loss"],"seconds":0.5,"stopping":{"best":0.25,"bestEpoch":1,"waited":1},"optimizers":[{"iteration":12,"rate":981668463}]}
            """
        let checkpoint = Checkpoint(
            identity: run.identity, machine: machine, place: EpochPlace(epoch: 2, of: 3), resumptions: 0,
            state: try JSONValue(parsing: state),
            tensors: [
                .init(name: "history", shape: [2, 3], elementBytes: 8), .init(name: "present:dense_1/kernel", shape: [2, 5]),
                .init(name: "present:dense_1/bias", shape: [5]),
            ])
        let bytes = [UInt8](repeating: 1, count: 48)
        let result = bytes.withUnsafeBytes { bytes in
            Result { try writer.write(checkpoint) { UnsafeRawBufferPointer(rebasing: bytes[..<[48, 40, 20][$0]]) } }
        }
        try result.get()
    }

    /// Has the record beside a changed file say what is in it now.
    func record(_ bytes: [UInt8], at path: String) throws {
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        let recordPath = path[..<slash] + "/record.json"
        let name = String(path[path.index(after: slash)...])
        guard memory.exists(String(recordPath)),
            case .object(var members) = try JSONValue(parsing: memory.bytes(at: String(recordPath))),
            case .object(var files)? = members["files"], files[name] != nil
        else { return }
        files[name] = .object([
            "bytes": .integer(bytes.count), "changed": .integer(0), "sha256": .string(SHA256.digest(of: bytes).hex),
        ])
        members["files"] = .object(files)
        var text = Array((JSONValue.object(members).prettyText + "\n").utf8)
        Sealing.seal(&text)
        try memory.put(text, at: String(recordPath))
    }

    /// A file that differs by a byte from what was written, under the old digest, counts for nothing.
    func checkThatNobodyUses(_ path: String) throws {
        for (identity, run) in store.inventory(of: "small") {
            let folder = store.folder(of: identity, in: "small")
            guard path.hasPrefix(folder.path + "/"), case .success(let run) = run else { continue }
            let isRecord = path == folder.recordFile
            if isRecord, Sealing.hasSeal(try memory.bytes(at: path)) { throw Finding("a changed record was read") }
            if !isRecord, run.record.files.keys.contains(where: { path == folder.path + "/" + $0 }), run.damage(checking: .changes) == nil {
                throw Finding("the changed file \(path) passes for whole")
            }
        }
    }
}
