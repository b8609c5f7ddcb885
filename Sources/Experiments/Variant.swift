import Documents
import Settings

/// The baseline, one named change to it, or a point of a sweep.
public struct Variant: Sendable {
    /// Lower-case letters, digits and minus signs; `baseline` for the baseline.
    public let name: String
    /// Other names that the variant is known by: those of variants that came to the same trial, and a point's name with the baseline's values in it.
    public internal(set) var aliases: [String]
    /// The names of the variants and points that came to the same trial and were dropped for this one; a name twice where two points have it.
    public internal(set) var equals: [String] = []
    /// Where the variant stands in the file.
    public let origin: Origin
    /// What the file changes against the baseline, in the order of the file.
    public internal(set) var changes: [Change]
    /// The resolved settings.
    public internal(set) var trial: Trial
    /// Whether its hidden layers are to become as wide as gives it the baseline's number of parameters.
    public internal(set) var isMatched = false
    /// What the settings were decoded from.
    private let origins: Origins?
    /// The experiment's file.
    let file: String

    /// A tree, and settings that are laid over it. They are laid over it when a place is asked for: thousands of points would fill the memory.
    private final class Origins: Sendable {
        let tree: Node
        let settings: [Setting]

        init(tree: Node, settings: [Setting]) { (self.tree, self.settings) = (tree, settings) }
    }

    /// What was laid over the baseline.
    var settings: [Setting] { origins?.settings ?? [] }

    /// The tree that the settings were decoded from.
    var document: Node? {
        guard let origins else { return nil }
        var reader = ExperimentReader(file: file, name: nil, decoding: Decoding("the experiment"))
        return reader.changed(origins.tree, by: origins.settings)
    }

    /// Where a variant comes from.
    public enum Origin: String, Hashable, Sendable {
        /// The settings of the file itself.
        case baseline
        /// An entry of `ablate`.
        case ablate
        /// A point of `sweep`.
        case sweep
    }

    /// A variant that does not come from a file; errors about it have no place in one.
    public init(name: String, aliases: [String] = [], origin: Origin = .ablate, changes: [Change] = [], trial: Trial) {
        self.init(name: name, aliases: aliases, origin: origin, changes: changes, trial: trial, tree: nil, file: name)
    }

    /// - `tree` and `settings`: what the trial was decoded from, and what was laid over it.
    init(
        name: String, aliases: [String] = [], origin: Origin, changes: [Change], trial: Trial, tree: Node?, settings: [Setting] = [],
        file: String
    ) {
        self.name = name
        self.aliases = aliases
        self.origin = origin
        self.changes = changes
        self.trial = trial
        origins = tree.map { Origins(tree: $0, settings: settings) }
        self.file = file
    }
}

// MARK: - Places

extension Variant {
    /// Where a setting was written, or what it came from: `model.layers[2].units` leads to the third width of a `mlp`'s hidden layers.
    /// Where the setting is a default, the map stands for it that would hold it. `nil` for a variant that does not come from a file.
    public func locate(_ path: String) -> Place? {
        guard let document else { return nil }
        let asked = (SettingPath(path) ?? SettingPath([])).steps
        let steps = RepeatPath.steps(for: asked, in: document) ?? asked
        for candidate in [steps, ShortFormPath.steps(for: steps, in: document)].compactMap(\.self) {
            let found = document.deepest(along: SettingPath(candidate), as: ExperimentReader.trialShape)
            if found.steps == candidate.count { return found.node.place }
        }
        let way = ShortFormPath.steps(for: steps, in: document) ?? steps
        let found = document.deepest(along: SettingPath(way), as: ExperimentReader.trialShape)
        return found.steps == 0 ? document.entries?.first?.keyPlace ?? document.place : found.node.place
    }

    /// An error about a setting of this variant, at the place that `locate` finds.
    public func diagnostic(_ message: String, at path: String, help: String? = nil) -> Diagnostic {
        guard let place = locate(path) else { return Diagnostic(file: file, message: "\(name): \(path): \(message)", help: help) }
        return Diagnostic(message, at: place, help: help)
    }
}

extension Experiment {
    /// An error about the figure that chooses a winner, at its place where the file names it.
    public func diagnosticOfSelection(_ message: String, help: String? = nil) -> Diagnostic {
        guard let place = baseline.document?["select"]?["metric"]?.place else {
            return Diagnostic(file: file, message: message, help: help)
        }
        return Diagnostic(message, at: place, help: help)
    }
}

extension Experiment {
    /// An error about a setting of one of the methods without a network, at its place where the file has it.
    public func diagnosticOfMethod(_ index: Int, at keys: [String], _ message: String, help: String? = nil) -> Diagnostic {
        let method = baseline.document?["baselines"]?.items.flatMap { $0.indices.contains(index) ? $0[index] : nil }
        let node = keys.reduce(method) { node, key in node?[key] ?? node }
        guard let place = node?.place else { return Diagnostic(file: file, message: message, help: help) }
        return Diagnostic(message, at: place, help: help)
    }
}

/// The layer of a `repeat` that one of the layers came from.
private enum RepeatPath {
    /// `nil` where no `repeat` stands before the layer, so that its address is its place in the file.
    static func steps(for steps: [SettingPath.Step], in document: Node) -> [SettingPath.Step]? {
        guard steps.count >= 3, steps[0] == .key("model"), steps[1] == .key("layers"), case .index(let wanted) = steps[2],
            let items = document["model"]?["layers"]?.items, items.contains(where: { $0["repeat"] != nil })
        else { return nil }
        var first = 0
        for (place, item) in items.enumerated() {
            let group = item["repeat"]?["layers"]?.items?.count ?? 1
            let times = item["repeat"]?["times"]?.scalar.flatMap { Int($0.text) } ?? 1
            guard group > 0, wanted >= first else { return nil }
            if wanted - first < group * min(max(times, 0), 1000) {
                let inGroup: [SettingPath.Step] = item["repeat"] == nil ? [] : [.key("layers"), .index((wanted - first) % group)]
                return [.key("model"), .key("layers"), .index(place)] + inGroup + steps.dropFirst(3)
            }
            first += group * min(max(times, 0), 1000)
        }
        return nil
    }
}

/// The settings of a `mlp` or an `autoencoder` that settings of its layers came from.
private enum ShortFormPath {
    static func steps(for steps: [SettingPath.Step], in document: Node) -> [SettingPath.Step]? {
        guard steps.count >= 3, steps[0] == .key("model"), steps[1] == .key("layers"), case .index(let index) = steps[2],
            let model = document["model"]
        else { return nil }
        if let autoencoder = model["autoencoder"] {
            let rest = Array(steps.dropFirst(3))
            return [.key("model"), .key("autoencoder")] + ModelSettings.autoencoderSetting(of: autoencoder, layer: index, rest: rest)
        }
        guard let mlp = model["mlp"] else { return nil }
        let setting = steps.last { if case .key = $0 { true } else { false } }
        let key: String? = if case .key(let key) = setting { key } else { nil }
        return [.key("model"), .key("mlp")] + ModelSettings.mlpSetting(of: mlp, layer: index, key: key)
    }
}

/// One setting that a variant changes.
public struct Change: Hashable, Sendable {
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

/// One resolved point: settings, and the text that tells whether two points are the same. A class, since there are as many as a sweep has points.
public final class Trial: Hashable, Sendable {
    /// The settings.
    public let settings: TrialSettings
    /// Canonical JSON of what decides the result: keys sorted, numbers in their shortest form, no names but where the data lie, which is left out of a
    /// run's identity. Equal trials have equal text.
    public let canonical: String

    /// Settings with their canonical text.
    public init(settings: TrialSettings, canonical: String) {
        self.settings = settings
        self.canonical = canonical
    }

    /// Equal settings, names and all.
    public static func == (one: Trial, other: Trial) -> Bool {
        one === other || (one.canonical == other.canonical && one.settings == other.settings)
    }

    /// By the canonical text.
    public func hash(into hasher: inout Hasher) { hasher.combine(canonical) }
}
