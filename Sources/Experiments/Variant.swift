import Documents

/// The baseline, one named change to it, or a point of a sweep.
public struct Variant: Sendable {
    /// Lower-case letters, digits and minus signs; `baseline` for the baseline.
    public let name: String
    /// Names of variants that came to the same trial and were dropped for this one.
    public let aliases: [String]
    /// Where the variant stands in the file.
    public let origin: Origin
    /// What the file changes against the baseline, in the order of the file.
    public let changes: [Change]
    /// The resolved settings.
    public let trial: Trial
    /// The tree that the settings were decoded from.
    package let document: Node?

    /// Where a variant comes from.
    public enum Origin: String, Codable, Hashable, Sendable {
        /// The settings of the file itself.
        case baseline
        /// An entry of `ablate`.
        case ablate
        /// A point of `sweep`.
        case sweep
    }

    /// A variant that does not come from a file; errors about it have no place.
    public init(name: String, aliases: [String] = [], origin: Origin = .ablate, changes: [Change] = [], trial: Trial) {
        self.init(name: name, aliases: aliases, origin: origin, changes: changes, trial: trial, document: nil)
    }

    package init(name: String, aliases: [String] = [], origin: Origin, changes: [Change], trial: Trial, document: Node?) {
        self.name = name
        self.aliases = aliases
        self.origin = origin
        self.changes = changes
        self.trial = trial
        self.document = document
    }
}

/// One setting that a variant changes.
public struct Change: Codable, Hashable, Sendable {
    /// The setting, such as `model.mlp.hidden`.
    public let path: String
    /// Its new value as one line of YAML, such as `[64, 4]`.
    public let text: String

    /// A changed setting.
    public init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}

/// One resolved point: settings, and the text that tells whether two points are the same.
public struct Trial: Hashable, Sendable {
    /// The settings.
    public let settings: TrialSettings
    /// Canonical JSON of what decides the result: keys sorted, numbers in their shortest form, no names. Equal trials have equal text.
    public let canonical: String

    /// Settings with their canonical text.
    public init(settings: TrialSettings, canonical: String) {
        self.settings = settings
        self.canonical = canonical
    }
}
