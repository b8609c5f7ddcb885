import Documents
import Settings

extension Trial {
    /// A trial of these settings.
    public convenience init(_ settings: TrialSettings) {
        self.init(settings: settings, canonical: TrialSettings.record.schema.encode(settings, for: .identity).canonicalJSON)
    }

    /// The canonical text of each key of the settings.
    static func canonicalTexts(of settings: TrialSettings) -> [String: String] {
        guard case .map(let members) = TrialSettings.record.schema.encode(settings, for: .identity) else { return [:] }
        return Dictionary(members.map { ($0.key, $0.value.canonicalJSON) }, uniquingKeysWith: { first, _ in first })
    }

    /// The canonical text of settings with these texts of their keys.
    static func canonical(of texts: [String: String]) -> String {
        "{" + texts.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    /// The trial that a canonical text describes, such as a record on disk keeps; nil when the settings of an earlier version of the program
    /// are not understood.
    public convenience init?(canonical: String) {
        guard let settings = TrialSettings(canonical: canonical) else { return nil }
        self.init(settings: settings, canonical: canonical)
    }

    /// The settings by address that a canonical text holds, such as a record on disk keeps; empty when the text is none.
    public static func flattened(canonical: String) -> [FlatSetting] {
        var findings = Diagnostics()
        guard let node = Node.parse(Source(name: "settings", text: canonical), into: &findings), node.entries != nil else { return [] }
        return PlainValue(node).flattened(as: .record(TrialSettings.record.shape))
    }

    /// What two canonical texts differ in, in the order of the settings' addresses.
    public static func differences(from old: String, to new: String) -> [SettingDifference] {
        let before = flattened(canonical: old)
        let after = flattened(canonical: new)
        let old = Dictionary(before.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(after.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        let paths = after.map(\.path) + before.map(\.path).filter { new[$0] == nil }
        return paths.compactMap { path in
            old[path] == new[path] ? nil : SettingDifference(path: path, old: old[path], new: new[path])
        }
    }
}

/// A setting in which two trials differ.
public struct SettingDifference: Hashable, Sendable {
    /// The setting's address, such as `training.epochs`.
    public let path: String
    /// The value before; `nil`: there was none.
    public let old: String?
    /// The value after; `nil`: there is none.
    public let new: String?

    /// A setting in which two trials differ.
    public init(path: String, old: String?, new: String?) {
        self.path = path
        self.old = old
        self.new = new
    }
}
