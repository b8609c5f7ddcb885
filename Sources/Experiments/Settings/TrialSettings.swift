import Documents

/// Everything that decides the result of a trial: which data, how they are encoded and split, which network, how it is trained.
public struct TrialSettings: Codable, Hashable, Sendable {
    /// Where the rows come from.
    public var dataset: DatasetSettings
    /// How the columns become features.
    public var inputs: InputSettings
    /// What is to be predicted.
    public var target: ColumnSettings
    /// Which rows train, validate and test.
    public var split: SplitSettings
    /// The network.
    public var model: ModelSettings
    /// How the network is trained.
    public var training: TrainingSettings

    /// Puts the parts of a trial together.
    public init(
        dataset: DatasetSettings, inputs: InputSettings, target: ColumnSettings, split: SplitSettings = SplitSettings(),
        model: ModelSettings, training: TrainingSettings
    ) {
        self.dataset = dataset
        self.inputs = inputs
        self.target = target
        self.split = split
        self.model = model
        self.training = training
    }

    /// Whether some rows validate every epoch.
    var hasValidation: Bool {
        if case .csv(let table) = dataset, table.validation != nil { true } else { split.validation != nil }
    }
}

// MARK: - In the file

extension TrialSettings {
    /// The keys of an experiment file that decide a result.
    public static let record = Record<TrialSettings>(
        "the experiment",
        Field(
            "dataset", \.dataset, DatasetSettings.schema, misnomers: ["data"],
            doc: "Where the rows come from: an entry of the catalogue, or a table."),
        Field(
            "inputs", \.inputs, InputSettings.schema, misnomers: ["features", "input"],
            doc: "The columns that the network sees, and how they become numbers."),
        Field(
            "target", \.target, ColumnSettings.targetSchema, misnomers: ["output", "label"],
            doc: "The column to predict, and how it becomes numbers."),
        Field("split", \.split, SplitSettings.schema, default: SplitSettings(), doc: "Which rows train, validate and test."),
        Field("model", \.model, ModelSettings.schema, misnomers: ["network"], doc: "The network."),
        Field("training", \.training, TrainingSettings.schema, misnomers: ["train"], doc: "How the network is trained."),
        build: TrialSettings.init)

    /// All settings by address, with their values as text; names of layers are left out.
    public var flattened: [FlatSetting] {
        Self.record.schema.encode(self, for: .identity).flattened(as: .record(Self.record.shape))
    }
}

extension Trial {
    /// A trial of these settings.
    public init(_ settings: TrialSettings) {
        self.init(settings: settings, canonical: TrialSettings.record.schema.encode(settings, for: .identity).canonicalJSON)
    }

    /// The trial that a canonical text describes, such as a record on disk keeps; nil when the settings of an earlier version of the program
    /// are not understood.
    public init?(canonical: String) {
        var findings = Diagnostics()
        guard let node = Node.parse(Source(name: "settings", text: canonical), into: &findings), findings.errorCount == 0 else {
            return nil
        }
        var decoding = Decoding("the settings")
        guard let settings = TrialSettings.record.schema.decode(node, &decoding), decoding.findings.errorCount == 0 else { return nil }
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
