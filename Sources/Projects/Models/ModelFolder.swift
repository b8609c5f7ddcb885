import Datasets
import FileSystem
import RunStore

/// A folder with an exported model: `model.json`, a file of weights a run, a card for people, and where it was asked for an ONNX file.
///
/// Its weights are named after their runs, and `model.json` is written after them: at every moment the folder holds the old model or the new one.
public enum ModelFolder {
    static let card = "README.md"
    static let onnx = "model.onnx"

    static func weightsName(of identity: RunIdentity) -> String { "weights-\(identity.hex).safetensors" }

    /// Whether a name is that of a file of weights, and of nothing outside the folder.
    static func isWeightsName(_ name: String) -> Bool {
        guard name.hasPrefix("weights-"), name.hasSuffix(".safetensors") else { return false }
        return RunIdentity(hex: String(name.dropFirst("weights-".count).dropLast(".safetensors".count))) != nil
    }

    /// Whether there is an exported model at a path.
    public static func isOne(_ path: String) -> Bool {
        guard Files.isFolder(path), let folder = try? Folder(path: path) else { return false }
        return (try? folder.status(of: ModelFile.name)) != nil
    }

    /// The model in the folder at a path.
    public static func read(_ path: String) throws -> TrainedModel {
        do { return try ModelFile.model(in: Folder(path: path)) } catch let fault as FileFault { throw StoreError.file(fault) } catch let
            damage as DamagedFile
        {
            let help =
                if case .version = damage.reason { "it was exported by another version of the program" } else { "export it again" }
            throw Refusal("\(damage)", help: help)
        }
    }

    /// Writes a model into the folder at a path, which is made where it is missing. One that holds an exported model is taken only when `replaces`, one
    /// that holds anything else never; no link is followed at its end.
    public static func write(_ model: TrainedModel, card: String, onnx: [UInt8]? = nil, to path: String, replaces: Bool) throws {
        do {
            // A link would be followed to make the folder.
            if let folder = try existing(path) { try check(folder, replaces: replaces) } else { try Folder.make(path) }
            let folder = try Folder(path: path, followsLink: false)
            try check(folder, replaces: replaces)
            let old = ModelFile.weightFiles(in: folder)
            var weights: [ModelFile.Weights] = []
            for run in model.runs {
                let name = weightsName(of: run.identity)
                let written = try NamedTensor.write(try run.weights(), as: name, in: folder, isSynced: true)
                weights.append(ModelFile.Weights(file: name, bytes: written.length, sha256: written.digest ?? ""))
            }
            try folder.write(ModelFile.name, try ModelFile.bytes(of: model, weights: weights))
            try folder.write(Self.card, Array(card.utf8))
            if let onnx { try folder.write(Self.onnx, onnx) } else { try folder.remove(Self.onnx) }
            for name in old where !weights.contains(where: { $0.file == name }) { try folder.remove(name) }
            try folder.sync()
        } catch let fault as FileFault { throw StoreError.file(fault) } catch let damage as DamagedFile {
            throw Refusal("\(damage)", cause: .failure)
        }
    }

    /// Refuses what ``write(_:card:onnx:to:replaces:)`` would refuse, before anything is prepared.
    public static func check(_ path: String, replaces: Bool) throws {
        do {
            if let folder = try existing(path) { try check(folder, replaces: replaces) }
        } catch let fault as FileFault { throw StoreError.file(fault) }
    }

    /// The folder at a path; nil where nothing is.
    private static func existing(_ path: String) throws(FileFault) -> Folder? {
        do { return try Folder(path: path, followsLink: false) } catch {
            if error.isAbsence { return nil }
            throw error
        }
    }

    private static func check(_ folder: Folder, replaces: Bool) throws {
        let names = try folder.names()
        // What a process left that died before it wrote the first model.json.
        if names.allSatisfy({ isWeightsName($0) || UnfinishedFile.isOne($0) }) { return }
        guard ModelFile.isIn(folder) else {
            throw Refusal(
                "\(Files.spoken(folder.path)) is a folder with other files, which are not written over",
                help: "name another folder, or one that is not there yet")
        }
        guard replaces else {
            throw Refusal("\(Files.spoken(folder.path)) holds an exported model already", help: "name another folder, or add --force")
        }
    }
}
