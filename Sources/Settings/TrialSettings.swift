import Documents

/// Everything that decides the result of a trial: which data, how they are encoded and split, which network, how it is trained.
public struct TrialSettings: Hashable, Sendable {
    /// Where the rows come from.
    public var dataset: DatasetSettings
    /// How the columns become features.
    public var inputs: InputSettings
    /// What is to be predicted.
    public var target: ColumnSettings
    /// A column beside the target, whose classes tell rows apart in figures and judge clusters; no training sees it.
    public var labels: String?
    /// Which rows train, validate and test.
    public var split: SplitSettings
    /// The network.
    public var model: ModelSettings
    /// How the network is trained.
    public var training: TrainingSettings

    /// Puts the parts of a trial together.
    public init(
        dataset: DatasetSettings, inputs: InputSettings, target: ColumnSettings, labels: String? = nil,
        split: SplitSettings = SplitSettings(), model: ModelSettings, training: TrainingSettings
    ) {
        self.dataset = dataset
        self.inputs = inputs
        self.target = target
        self.labels = labels
        self.split = split
        self.model = model
        self.training = training
    }

    /// Whether some rows validate every epoch.
    package var hasValidation: Bool {
        dataset.tables?.validation != nil || split.validation != nil
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
            doc: "The column to predict, and how it becomes numbers; or inputs: the network is to give again what it sees."),
        Field(
            optional: "labels", \.labels, .text("column's name"),
            doc:
                "With target: inputs a column that is no input, whose classes tell rows apart in figures and judge clusters; no training sees it, and rows may have none."
        ),
        Field("split", \.split, SplitSettings.schema, default: SplitSettings(), doc: "Which rows train, validate and test."),
        Field("model", \.model, ModelSettings.schema, misnomers: ["network"], doc: "The network."),
        Field("training", \.training, TrainingSettings.schema, misnomers: ["train"], doc: "How the network is trained."),
        build: TrialSettings.init)

    /// Takes over what stands below one of the file's keys, such as `training`.
    package mutating func take(_ key: String, from other: TrialSettings) {
        switch key {
        case "dataset": dataset = other.dataset
        case "inputs": inputs = other.inputs
        case "target": target = other.target
        case "labels": labels = other.labels
        case "split": split = other.split
        case "model": model = other.model
        case "training": training = other.training
        default: break
        }
    }

    /// The settings that a canonical text describes, such as a record on disk keeps; nil when those of an earlier version of the program are not
    /// understood.
    public init?(canonical: String) {
        var findings = Diagnostics()
        guard let node = Node.parse(Source(name: "settings", text: canonical), into: &findings), findings.errorCount == 0 else {
            return nil
        }
        var decoding = Decoding("the settings")
        guard let settings = Self.record.schema.decode(node, &decoding), decoding.findings.errorCount == 0 else { return nil }
        self = settings
    }

    /// All settings by address, with their values as text; names of layers are left out.
    public var flattened: [FlatSetting] {
        Self.record.schema.encode(self, for: .identity).flattened(as: .record(Self.record.shape))
    }

    /// The settings as the text that a file would hold, names of layers and all; ``init(canonical:)`` reads it.
    public var text: String { Self.record.schema.encode(self, for: .reading).prettyJSON }
}
