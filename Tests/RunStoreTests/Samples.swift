import FileSystem
import Foundation
import RunStore
import TestSupport
import Testing

/// A store in a folder that goes with the value.
final class TemporaryStore {
    let root: String
    let store: RunStore
    /// The disk in memory, where the store lies there.
    let memory: MemoryDisk?

    init(on kind: DiskKind = .disk) {
        memory = kind == .memory ? MemoryDisk() : nil
        root =
            memory == nil
            ? FileManager.default.temporaryDirectory.appendingPathComponent("ablate-store-\(UUID().uuidString)").path : "/store/results"
        store = RunStore(root: root, on: memory?.disk ?? .system) { Date(timeIntervalSince1970: 1_750_000_000.5) }
    }

    deinit {
        if memory == nil { try? FileManager.default.removeItem(atPath: root) }
    }

    // MARK: - Past the store

    /// A file as it is.
    func contents(of path: String) throws -> Data {
        try memory.map { Data(try $0.bytes(at: path)) } ?? Data(contentsOf: URL(filePath: path))
    }

    /// Puts a file there, at a time when the disk's clock has moved on.
    func write(_ data: Data, to path: String) throws {
        if let memory { return try memory.put(Array(data), at: path) }
        usleep(20_000)
        try data.write(to: URL(filePath: path))
    }

    /// Whether there is a file.
    func exists(_ path: String) -> Bool { memory?.exists(path) ?? FileManager.default.fileExists(atPath: path) }

    /// Changes a file.
    func damage(_ path: String, _ change: (inout Data) -> Void) throws {
        var data = try contents(of: path)
        let before = data
        change(&data)
        #expect(data != before, "the file is as it was")
        try write(data, to: path)
    }

    // MARK: - By the store

    /// Begins and finishes a run.
    @discardableResult
    func finish(_ specification: RunSpecification, durably: Bool = true) throws -> RunFolder {
        let writer = try store.begin(specification, provenance: .sample)
        try writer.finish(.sample, durably: durably)
        return writer.folder
    }

    func state(_ specification: RunSpecification, checking: Checking = .changes) -> RunState {
        store.survey([specification], checking: checking).runs[0].state
    }
}

extension RunSpecification {
    static func sample(
        experiment: String = "width", variant: String = "baseline", seed: Int = 1, fold: Int? = nil, epochs: Int = 10,
        content: String = "c0ffee", encoding: String = "facade", resultsVersion: Int = 1
    ) -> RunSpecification {
        RunSpecification(
            experiment: experiment, variant: variant, seed: seed, fold: fold,
            basis: RunBasis(
                canonical: #"{"model":{"layers":[{"dense":{"units":64}}]},"training":{"batch_size":128,"epochs":\#(epochs)}}"#,
                digests: DataDigests(content: content, encoding: encoding), resultsVersion: resultsVersion))
    }
}

extension Provenance {
    static let sample = Provenance(commit: "0123abcd", host: "host", processor: "processor", versions: ["ablate": "0.1.0"])
}

extension RunOutcome {
    static var sample: RunOutcome {
        var history = History(columns: ["epoch", "loss", "val_accuracy"])
        history.append([1, 0.1 + 0.2, 1.0 / 3])
        history.append([2, .nan, 5e-324])
        let part = Predictions.Part(rows: [7, 3], targets: [0, 2], outputs: [0.7, 0.2, 0.1, 0.1, 0.2, 0.7], width: 3)
        return RunOutcome(
            figures: ["val_accuracy": 1.0 / 3, "loss": .nan], history: history, predictions: Predictions(validation: part),
            weights: [
                NamedTensor(name: "dense/kernel", shape: [2, 3], values: [1, 2, 3, 4, 5, -6.5]),
                NamedTensor(name: "dense/bias", shape: [3], values: [0, 0.5, .infinity]),
            ], parameters: 9, keptEpoch: 2, stopped: "diverged",
            timings: Timings(train: 0.25, encode: 0.01, total: 0.3, peakMemory: 1_000_000))
    }
}

extension RunState {
    var isRunning: Bool { if case .running = self { true } else { false } }
}
