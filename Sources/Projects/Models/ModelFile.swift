import Datasets
import Documents
import Experiments
import FileSystem
import RunStore
import Settings

/// `model.json` of an exported model: everything but the numbers of the weights, sealed, with a version of its own.
struct ModelFile {
    static let name = "model.json"
    private static let kind = "ablate model"
    /// Grows when the form changes; files of a later version are refused.
    private static let version = 1
    /// More than any vocabulary needs.
    private static let mostBytes = 1 << 28

    /// The file of a run's weights.
    struct Weights: Codable {
        var file: String
        var bytes: Int
        var sha256: String
    }

    private struct Run: Codable {
        var identity: String
        var seed: Int
        var fold: Int?
        var encoder: Int
        var machine: TrainedModel.Machine
        var weights: Weights
    }

    // MARK: - Writing

    /// The file's bytes; `weights` tells of each run where its weights lie.
    static func bytes(of model: TrainedModel, weights: [Weights]) throws -> [UInt8] {
        let runs = try zip(model.runs, weights).map { run, weights in
            let entry = Run(
                identity: run.identity.hex, seed: run.seed, fold: run.fold, encoder: run.encoder, machine: run.machine, weights: weights)
            var members = try JSONValue(encoding: entry).object ?? [:]
            members["figures"] = .object(run.figures.mapValues(JSONValue.number))
            return JSONValue.object(members)
        }
        return Seal.sealed([
            "kind": .string(kind), "version": .integer(version), "program": .string(Versions.ablate),
            "experiment": .string(model.experiment), "title": .string(model.title), "variant": .string(model.variant),
            "settings": try JSONValue(parsing: model.settings.text), "table": try JSONValue(encoding: model.format),
            "encoders": .array(try model.encoders.map { try JSONValue(encoding: $0) }), "runs": .array(runs),
        ])
    }

    // MARK: - Reading

    /// Whether a folder holds a file of this kind, of whatever version.
    static func isIn(_ folder: Folder) -> Bool {
        guard let json = try? JSONValue(parsing: contents(in: folder)) else { return false }
        return json["kind"] == .string(kind)
    }

    /// The names of the files of weights that a folder's file of this kind speaks of.
    static func weightFiles(in folder: Folder) -> [String] {
        guard let json = try? JSONValue(parsing: contents(in: folder)) else { return [] }
        return (json["runs"]?.array ?? []).compactMap { $0["weights"]?["file"]?.string }.filter(ModelFolder.isWeightsName)
    }

    /// The model that a folder holds. The weights are read when they are asked for.
    static func model(in folder: Folder) throws(DamagedFile) -> TrainedModel {
        let path = folder.path(of: name)
        func damaged(_ what: String) -> DamagedFile { DamagedFile(path: path, reason: .form(what)) }
        let bytes = try contents(in: folder)
        let json: JSONValue
        do { json = try JSONValue(parsing: bytes) } catch { throw damaged("\(error)") }
        guard json["kind"] == .string(kind), let found = json["version"]?.integer else {
            throw damaged("is not the file of an exported model")
        }
        guard found == version else { throw DamagedFile(path: path, reason: .version(found: found, expected: version)) }
        guard Seal.isIntact(bytes) == true else { throw DamagedFile(path: path, reason: .checksum) }
        func text(_ key: String) throws(DamagedFile) -> String {
            guard let text = json[key]?.string else { throw damaged("\"\(key)\" is missing or no text") }
            return text
        }
        func decoded<Value: Decodable>(_ key: String, of json: JSONValue) throws(DamagedFile) -> Value {
            guard let part = json[key] else { throw damaged("\"\(key)\" is missing") }
            do { return try part.decoded() } catch {
                throw damaged("\"\(key)\" has a form that this version of the program does not know: \(Self.words(of: error))")
            }
        }
        guard let settings = json["settings"].flatMap({ TrialSettings(canonical: $0.compactText) }) else {
            throw damaged("the settings are not those of a trial that this version of the program knows")
        }
        let encoders: [FittedEncoder] = try decoded("encoders", of: json)
        for encoder in encoders {
            if let contradiction = encoder.contradiction { throw damaged("the encoder is damaged: \(contradiction)") }
        }
        let entries: [Run] = try decoded("runs", of: json)
        let allFigures = (json["runs"]?.array ?? []).map { ($0["figures"]?.object ?? [:]).compactMapValues(\.double) }
        var runs: [TrainedModel.Run] = []
        for (entry, figures) in zip(entries, allFigures) {
            guard let identity = RunIdentity(hex: entry.identity), encoders.indices.contains(entry.encoder),
                ModelFolder.isWeightsName(entry.weights.file), entry.weights.bytes >= 0
            else { throw damaged("a run is not described as it should be") }
            let folder = folder.path
            runs.append(
                TrainedModel.Run(
                    identity: identity, seed: entry.seed, fold: entry.fold, encoder: entry.encoder, figures: figures,
                    machine: entry.machine, place: folder
                ) { () throws(DamagedFile) in try weights(entry.weights, in: folder) })
        }
        guard !runs.isEmpty else { throw damaged("there is no run") }
        return TrainedModel(
            experiment: try text("experiment"), title: try text("title"), variant: try text("variant"), settings: settings,
            format: try decoded("table", of: json), encoders: encoders, runs: runs)
    }

    private static func words(of error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context), .keyNotFound(_, let context):
            let place = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
            return place.isEmpty ? context.debugDescription : "\(place): \(context.debugDescription)"
        @unknown default: return "\(error)"
        }
    }

    private static func contents(in folder: Folder) throws(DamagedFile) -> [UInt8] {
        let path = folder.path(of: name)
        let length = try length(of: name, in: folder)
        guard length <= mostBytes else {
            throw DamagedFile(path: path, reason: .form("has \(length) bytes, more than such a file can have"))
        }
        do { return try folder.read(name) } catch { throw DamagedFile(error) }
    }

    private static func length(of name: String, in folder: Folder) throws(DamagedFile) -> Int {
        let status: FileStatus?
        do { status = try folder.status(of: name) } catch { throw DamagedFile(error) }
        guard let status else { throw DamagedFile(path: folder.path(of: name), reason: .missing) }
        guard status.kind == .file else {
            throw DamagedFile(path: folder.path(of: name), reason: .kind(found: status.kind, expected: .file))
        }
        return status.length
    }

    private static func weights(_ file: Weights, in path: String) throws(DamagedFile) -> [NamedTensor] {
        let folder: Folder
        do { folder = try Folder(path: path) } catch { throw DamagedFile(error) }
        let path = folder.path(of: file.file)
        let found = try length(of: file.file, in: folder)
        guard found == file.bytes else { throw DamagedFile(path: path, reason: .length(found: found, expected: file.bytes)) }
        let bytes: [UInt8]
        do { bytes = try folder.read(file.file) } catch { throw DamagedFile(error) }
        guard SHA256.digest(of: bytes).hex == file.sha256 else { throw DamagedFile(path: path, reason: .checksum) }
        return try NamedTensor.read(bytes, path: path)
    }
}
