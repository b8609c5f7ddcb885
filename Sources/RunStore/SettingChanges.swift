import Documents
import Settings

extension JSONValue {
    /// The plain values below this one by dotted path, such as `model.layers[1].dense.units`.
    package var flattened: [String: JSONValue] {
        var flat: [String: JSONValue] = [:]
        flatten(path: "", into: &flat)
        return flat
    }

    private func flatten(path: String, into flat: inout [String: JSONValue]) {
        switch self {
        case .object(let members) where !members.isEmpty:
            for (key, value) in members { value.flatten(path: path.isEmpty ? key : "\(path).\(key)", into: &flat) }
        case .array(let elements) where !elements.isEmpty:
            for (index, value) in elements.enumerated() { value.flatten(path: "\(path)[\(index)]", into: &flat) }
        default:
            flat[path] = self
        }
    }

    /// A plain value as a person writes it: a string without quotes.
    package var plainText: String {
        if case .string(let text) = self { text } else { compactText }
    }
}

extension RunSpecification {
    /// What differs between a stored run and this one: settings in the order of their paths, then data and engine. Where data lie counts only when what
    /// lies there is something else.
    package func changes(since record: Record) -> [SettingChange] {
        let old = record.settings.flattened
        let new = (try? JSONValue(parsing: canonical))?.flattened ?? [:]
        let ignored = record.digests.content == digests.content ? DatasetSettings.places : []
        var changes = Set(old.keys).union(new.keys).sorted().filter { old[$0] != new[$0] && !ignored.contains($0) }.map {
            SettingChange(path: $0, old: old[$0]?.plainText, new: new[$0]?.plainText)
        }
        let others = [
            ("data content", record.digests.content, digests.content),
            ("data encoding", record.digests.encoding, digests.encoding),
            ("engine results version", String(record.resultsVersion), String(resultsVersion)),
        ]
        // A change of a data setting changes the encoding's digest as well; the setting alone says more.
        for (name, stored, planned) in others where stored != planned && !(name == "data encoding" && !changes.isEmpty) {
            changes.append(SettingChange(path: name, old: String(stored.prefix(12)), new: String(planned.prefix(12))))
        }
        if record.startingRun != start {
            func words(_ run: RunIdentity?) -> String? { run.map { String($0.hex.prefix(12)) } }
            changes.append(SettingChange(path: "starting run", old: words(record.startingRun), new: words(start)))
        }
        return changes
    }
}
