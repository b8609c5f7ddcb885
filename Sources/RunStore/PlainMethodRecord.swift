import Documents
import FileSystem

/// What a method without a network reaches, as the store keeps it.
public struct PlainMethodRecord: Hashable, Sendable {
    /// The method's name in experiment files, such as `majority`.
    public var name: String
    /// Figures by name, as in a run's record: once for each fold, or once without folds. Empty where ``note`` says why.
    public var figures: [[String: Double]]
    /// Why there are no figures.
    public var note: String?

    /// A method's figures.
    public init(name: String, figures: [[String: Double]], note: String? = nil) {
        self.name = name
        self.figures = figures
        self.note = note
    }
}

extension RunStore {
    /// The version of the file's form. A file of an earlier version counts as none: nothing in it would show damage.
    private static let plainMethodsVersion = 2

    /// What was kept of an experiment's plain methods under an identity, which stands for all that decides them; nil when nothing was.
    /// Throws for a file that cannot be used.
    public func plainMethods(of experiment: String, as identity: RunIdentity) throws(DamagedFile) -> [PlainMethodRecord]? {
        let path = runsFolder(experiment) + "/" + Self.plainMethodsFile(identity)
        let bytes: [UInt8]
        do { bytes = try openRuns(of: experiment).read(Self.plainMethodsFile(identity)) } catch {
            if error.isAbsence { return nil }
            throw DamagedFile(error)
        }
        let json: JSONValue
        do { json = try JSONValue(parsing: bytes) } catch { throw DamagedFile(path: path, reason: .form("is not JSON: \(error)")) }
        let isIntact = Seal.isIntact(bytes)
        if isIntact == false { throw DamagedFile(path: path, reason: .checksum) }
        let version = json["version"]?.integer ?? 0
        if version < Self.plainMethodsVersion { return nil }
        guard version == Self.plainMethodsVersion else {
            throw DamagedFile(path: path, reason: .version(found: version, expected: Self.plainMethodsVersion))
        }
        guard isIntact == true, let entries = json["baselines"]?.array else {
            throw DamagedFile(path: path, reason: .form("has no baselines under a digest"))
        }
        let records = entries.compactMap { entry -> PlainMethodRecord? in
            guard let name = entry["name"]?.string, let figures = entry["figures"]?.array else { return nil }
            let read = figures.compactMap { $0.object?.compactMapValues(\.double) }
            return read.count == figures.count ? PlainMethodRecord(name: name, figures: read, note: entry["note"]?.string) : nil
        }
        guard records.count == entries.count else { throw DamagedFile(path: path, reason: .form("has a baseline that cannot be read")) }
        return records
    }

    /// Keeps an experiment's plain methods beside its runs.
    public func keep(_ plainMethods: [PlainMethodRecord], of experiment: String, as identity: RunIdentity) throws(StoreError) {
        let entries = plainMethods.map { record in
            var members: [String: JSONValue] = [
                "name": .string(record.name), "figures": .array(record.figures.map { .object($0.mapValues(JSONValue.number)) }),
            ]
            members["note"] = record.note.map(JSONValue.string)
            return JSONValue.object(members)
        }
        let bytes = Seal.sealed(["version": .integer(Self.plainMethodsVersion), "baselines": .array(entries)])
        try stored { () throws(FileFault) in
            let runs = try makeRuns(of: experiment)
            try runs.write(Self.plainMethodsFile(identity), bytes)
            try runs.sync()
        }
    }

    private static func plainMethodsFile(_ identity: RunIdentity) -> String { "baselines-\(identity.hex).json" }

    /// Whether a file of this name is one of plain methods.
    static func isPlainMethodsFile(_ name: String) -> Bool {
        guard name.hasPrefix("baselines-"), name.hasSuffix(".json") else { return false }
        return RunIdentity(hex: String(name.dropFirst(10).dropLast(5))) != nil
    }
}
