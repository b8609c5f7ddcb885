import Documents

/// Lowers the learning rate when a figure no longer improves, as Keras's ReduceLROnPlateau does.
public struct PlateauSettings: Hashable, Sendable {
    /// The figure that is watched.
    public var monitor: String
    /// Whether a larger figure is a better one.
    public var goal: Goal
    /// What the learning rate is multiplied by.
    public var factor: Double
    /// Epochs without improvement after which the rate is lowered.
    public var patience: Int
    /// Changes up to this size count as no improvement.
    public var minDelta: Double
    /// Epochs after a change in which nothing is counted.
    public var cooldown: Int
    /// The rate is not lowered beyond this.
    public var minLearningRate: Double

    /// The defaults are those of Keras; accuracies are to grow and the rest to shrink.
    public init(
        monitor: String = "val_loss", goal: Goal? = nil, factor: Double = 0.1, patience: Int = 10, minDelta: Double = 1e-4,
        cooldown: Int = 0, minLearningRate: Double = 0
    ) {
        self.monitor = monitor
        self.goal = goal ?? Goal(of: monitor)
        self.factor = factor
        self.patience = patience
        self.minDelta = minDelta
        self.cooldown = cooldown
        self.minLearningRate = minLearningRate
    }
}

// MARK: - In the file

extension PlateauSettings {
    private static let usual = PlateauSettings()

    package static let schema = Record<PlateauSettings>(
        "reduce_on_plateau",
        Field(
            "monitor", \.monitor, .text("figure such as val_loss", pattern: Figures.pattern("val_", trained: true)), default: usual.monitor,
            doc: "The figure that is watched."),
        Field(
            optional: "goal", \.goal, Goal.schema, misnomers: ["mode"],
            doc: "Which way it is better; maximize for accuracies and minimize for the rest unless written."),
        Field(
            "factor", \.factor, .number(.above(0, upTo: 1).inSinglePrecision), default: usual.factor,
            doc: "What the learning rate is multiplied by."
        ),
        Field(
            "patience", \.patience, .integer(.atLeast(0, upTo: 1_000_000)), default: usual.patience,
            doc: "Epochs without improvement before the rate is lowered."),
        Field(
            "min_delta", \.minDelta, .number(.atLeast(0)), default: usual.minDelta, doc: "Changes up to this size count as no improvement."),
        Field(
            "cooldown", \.cooldown, .integer(.atLeast(0, upTo: 1_000_000)), default: usual.cooldown,
            doc: "Epochs after a change that do not count."),
        Field(
            "min_learning_rate", \.minLearningRate, .number(.atLeast(0).inSinglePrecision), default: usual.minLearningRate,
            misnomers: ["min_lr"],
            doc: "The rate is not lowered beyond this."),
        build: PlateauSettings.init
    ).schema
}
