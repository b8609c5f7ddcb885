import Datasets
import Experiments
import Foundation
import Settings
import TestSupport
import Training

/// A table on disk, and what a trial on it is: deleted with the object.
final class TableOnDisk: Sendable {
    let folder: String
    let file: String

    init(_ text: String) throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "ablate-training-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        folder = place.path
        file = place.appending(path: "table.csv").path
        try Data(text.utf8).write(to: URL(filePath: file))
    }

    /// A table of columns that rows of numbers fill.
    convenience init(columns: [String], rows: [[String]]) throws {
        try self.init(([columns] + rows).map { $0.joined(separator: ",") + "\n" }.joined())
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func open(_ settings: TrialSettings, fold: Int? = nil) throws -> EncodedDataset {
        try DatasetStore(folder: folder).open(request(settings, fold: fold))
    }

    func exact(_ settings: TrialSettings, fold: Int? = nil) throws -> ExactNumbers {
        let (store, request) = (DatasetStore(folder: folder), request(settings, fold: fold))
        return try store.exactNumbers(of: request, content: store.contentDigest(of: request))
    }

    private func request(_ settings: TrialSettings, fold: Int?) -> EncodingRequest {
        EncodingRequest(settings, source: .csv(path: file, format: CSVFormat(delimiter: UInt8(ascii: ","))), fold: fold)
    }
}

extension TrialSettings {
    /// A trial on numeric inputs and the column `y`.
    static func of(
        target: Encoding, layers: [any LayerKind], training: TrainingSettings, test: PartSettings? = nil,
        validation: ValidationSettings? = nil,
        inputs: Encoding = .numeric(scale: .none)
    ) -> TrialSettings {
        TrialSettings(
            dataset: .csv(CSVSettings(path: "table.csv")),
            inputs: InputSettings(columns: [.init(column: "*", encoding: inputs)]),
            target: ColumnSettings(column: "y", encoding: target), split: SplitSettings(test: test, validation: validation),
            model: ModelSettings(layers: layers.map { LayerSettings(kind: $0) }), training: training)
    }
}

/// Points of three classes around three centres, 90 rows.
enum Blobs {
    static func table() throws -> TableOnDisk {
        var numbers = SeededNumbers(seed: 12)
        let centres = [(0.0, 2.0), (2.0, -1.0), (-2.0, -1.0)]
        let rows = (0..<90).map { row in
            let (name, centre) = (["green", "red", "blue"][row % 3], centres[row % 3])
            return ["\(centre.0 + numbers.number(in: -1...1))", "\(centre.1 + numbers.number(in: -1...1))", name]
        }
        return try TableOnDisk(columns: ["a", "b", "y"], rows: rows)
    }

    static func settings(
        epochs: Int = 6, optimizer: OptimizerSettings = .rmsprop(RMSpropSettings(learningRate: 0.01)),
        stopping: EarlyStoppingSettings? = nil,
        batchSize: Int = 16
    ) -> TrialSettings {
        .of(
            target: .oneHot(), layers: [.dense(8, .relu), .dense(3, .softmax)],
            training: TrainingSettings(
                loss: LossSettings(kind: .categoricalCrossentropy), optimizer: optimizer, batchSize: batchSize, epochs: epochs,
                metrics: [.accuracy], earlyStopping: stopping),
            test: PartSettings(size: .first(15)), validation: .part(PartSettings(size: .first(20))))
    }
}

extension RunResult {
    func figure(_ name: String) -> Double? { figures.first { $0.name == name }?.value }
}

extension EpochFigures {
    func figure(_ name: String) -> Double? { figures.first { $0.name == name }?.value }
}
