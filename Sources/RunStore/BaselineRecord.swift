/// What a method without a network reaches, as the store keeps it.
public struct BaselineRecord: Hashable, Sendable {
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
    /// The version of the file's form. A file of another version counts as none.
    private static let baselinesVersion = 1

    /// What was kept of an experiment's plain baselines under an identity, which stands for all that decides them; nil when there is
    /// nothing that can be read.
    public func baselines(of experiment: String, as identity: RunIdentity) -> [BaselineRecord]? {
        guard let bytes = try? Files.read(baselinesFile(experiment, identity)), let json = try? JSONValue(parsing: bytes),
            json["version"]?.integer == Self.baselinesVersion, let entries = json["baselines"]?.array
        else { return nil }
        let records = entries.compactMap { entry -> BaselineRecord? in
            guard let name = entry["name"]?.string, let figures = entry["figures"]?.array else { return nil }
            let read = figures.compactMap { $0.object?.compactMapValues(\.double) }
            return read.count == figures.count ? BaselineRecord(name: name, figures: read, note: entry["note"]?.string) : nil
        }
        return records.count == entries.count ? records : nil
    }

    /// Keeps an experiment's plain baselines beside its runs.
    public func keep(_ baselines: [BaselineRecord], of experiment: String, as identity: RunIdentity) throws(StoreError) {
        let entries = baselines.map { record in
            var members: [String: JSONValue] = [
                "name": .string(record.name), "figures": .array(record.figures.map { .object($0.mapValues(JSONValue.number)) }),
            ]
            members["note"] = record.note.map(JSONValue.string)
            return JSONValue.object(members)
        }
        let file = JSONValue.object(["version": .integer(Self.baselinesVersion), "baselines": .array(entries)])
        try Files.makeFolder(runsFolder(experiment))
        try WholeFile.write(text: file.prettyText + "\n", to: baselinesFile(experiment, identity))
    }

    private func baselinesFile(_ experiment: String, _ identity: RunIdentity) -> String {
        "\(runsFolder(experiment))/baselines-\(identity.hex).json"
    }
}
