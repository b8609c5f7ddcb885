import Documents
import FileSystem

/// What a method without a network reaches, as the store keeps it.
public struct PlainMethodRecord: Hashable, Sendable {
    /// The method's name in experiment files, such as `majority`.
    public var name: String
    /// Figures by name, as in a run's record: once for each fold, or once without folds. Empty where ``note`` says why.
    public var figures: [[String: Double]]
    /// What it answers for validation and test rows, as many as ``figures``; nil in records of a version that kept none.
    public var predictions: [Predictions]?
    /// What the outputs stand for, where there are predictions.
    public var target: RecordedTarget?
    /// Why there are no figures, or what must be known of them.
    public var note: String?

    /// A method's figures.
    public init(
        name: String, figures: [[String: Double]], predictions: [Predictions]? = [], target: RecordedTarget? = nil, note: String? = nil
    ) {
        self.name = name
        self.figures = figures
        self.predictions = predictions
        self.target = target
        self.note = note
    }
}

/// `baselines-IDENTITY.json`, sealed, and beside it `baselines-IDENTITY-M-F.predictions` for the method and the fold of these places in it, counted from 0, in the form
/// of a run's predictions. The latter are written first: what the former counts is there.
extension RunStore {
    /// The version of the file's form. Version 2 had no predictions; a file of version 1 counts as none: nothing in it would show damage.
    private static let plainMethodsVersion = 3

    /// What was kept of an experiment's plain methods under an identity, which stands for all that decides them; nil when nothing was.
    /// Throws for a file that cannot be used.
    public func plainMethods(of experiment: String, as identity: RunIdentity) throws(DamagedFile) -> [PlainMethodRecord]? {
        let path = runsFolder(experiment) + "/" + Self.plainMethodsFile(identity)
        let runs: Folder
        let bytes: [UInt8]
        do {
            runs = try openRuns(of: experiment)
            bytes = try runs.read(Self.plainMethodsFile(identity))
        } catch {
            if error.isAbsence { return nil }
            throw DamagedFile(error)
        }
        let json: JSONValue
        do { json = try JSONValue(parsing: bytes) } catch { throw DamagedFile(path: path, reason: .form("is not JSON: \(error)")) }
        let isIntact = Seal.isIntact(bytes)
        if isIntact == false { throw DamagedFile(path: path, reason: .checksum) }
        let version = json["version"]?.integer ?? 0
        if version < 2 { return nil }
        guard version <= Self.plainMethodsVersion else {
            throw DamagedFile(path: path, reason: .version(found: version, expected: Self.plainMethodsVersion))
        }
        guard isIntact == true, let entries = json["baselines"]?.array else {
            throw DamagedFile(path: path, reason: .form("has no baselines under a digest"))
        }
        var records: [PlainMethodRecord] = []
        for (place, entry) in entries.enumerated() {
            guard var record = PlainMethodRecord(entry) else {
                throw DamagedFile(path: path, reason: .form("has a baseline that cannot be read"))
            }
            record.predictions = version < 3 ? nil : []
            for fold in 0..<(version < 3 ? 0 : min(max(entry["predictions"]?.integer ?? 0, 0), record.figures.count)) {
                let name = Self.plainPredictionsFile(identity, method: place, fold: fold)
                let bytes: [UInt8]
                do { bytes = try runs.read(name) } catch { throw DamagedFile(error) }
                record.predictions?.append(try Predictions(decoding: bytes, path: runs.path(of: name)))
            }
            records.append(record)
        }
        return records
    }

    /// Keeps an experiment's plain methods beside its runs.
    public func keep(_ plainMethods: [PlainMethodRecord], of experiment: String, as identity: RunIdentity) throws(StoreError) {
        let runs = try stored { () throws(FileFault) in try makeRuns(of: experiment) }
        for (place, record) in plainMethods.enumerated() {
            for (fold, predictions) in (record.predictions ?? []).enumerated() {
                let name = Self.plainPredictionsFile(identity, method: place, fold: fold)
                _ = try predictions.write(as: name, in: runs, isSynced: true)
            }
        }
        let bytes = Seal.sealed(["version": .integer(Self.plainMethodsVersion), "baselines": .array(plainMethods.map(\.json))])
        try stored { () throws(FileFault) in
            try runs.sync()
            try runs.write(Self.plainMethodsFile(identity), bytes)
            try runs.sync()
        }
    }

    private static func plainMethodsFile(_ identity: RunIdentity) -> String { "baselines-\(identity.hex).json" }

    private static func plainPredictionsFile(_ identity: RunIdentity, method: Int, fold: Int) -> String {
        "baselines-\(identity.hex)-\(method)-\(fold).predictions"
    }

    /// The identity of the plain methods that a file of this name is of; nil for any other file.
    static func plainMethodsIdentity(ofFile name: String) -> RunIdentity? {
        guard let match = name.wholeMatch(of: /baselines-([0-9a-f]+)(?:\.json|-[0-9]+-[0-9]+\.predictions)/) else { return nil }
        return RunIdentity(hex: String(match.1))
    }
}

extension PlainMethodRecord {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "figures": .array(figures.map { .object($0.mapValues(JSONValue.number)) }),
            "predictions": .integer(predictions?.count ?? 0),
        ]
        members["target"] = target?.json
        members["note"] = note.map(JSONValue.string)
        return .object(members)
    }

    /// All but for the predictions; nil for anything else.
    fileprivate init?(_ json: JSONValue) {
        guard let name = json["name"]?.string, let entries = json["figures"]?.array else { return nil }
        let figures = entries.compactMap { $0.object?.compactMapValues(\.double) }
        guard figures.count == entries.count else { return nil }
        self.init(name: name, figures: figures, target: json["target"].flatMap(RecordedTarget.init), note: json["note"]?.string)
    }
}
