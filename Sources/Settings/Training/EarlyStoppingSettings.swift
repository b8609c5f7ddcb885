import Documents

/// Stops a run when a figure no longer improves.
public struct EarlyStoppingSettings: Hashable, Sendable {
    /// The figure that is watched.
    public var monitor: String
    /// Whether a larger figure is a better one.
    public var goal: Goal
    /// Epochs without improvement after which the run stops.
    public var patience: Int
    /// Changes up to this size count as no improvement.
    public var minDelta: Double
    /// Whether the weights of the best epoch are kept, instead of those of the last.
    public var restoreBestWeights: Bool

    /// Early stopping; the defaults are those of Keras, accuracies are to grow and the rest to shrink.
    public init(
        monitor: String = "val_loss", goal: Goal? = nil, patience: Int = 0, minDelta: Double = 0, restoreBestWeights: Bool = false
    ) {
        self.monitor = monitor
        self.goal = goal ?? Goal(of: monitor)
        self.patience = patience
        self.minDelta = minDelta
        self.restoreBestWeights = restoreBestWeights
    }
}

// MARK: - In the file

extension EarlyStoppingSettings {
    private static let usual = EarlyStoppingSettings()

    package static let schema = Record<EarlyStoppingSettings>(
        "early_stopping",
        Field(
            "monitor", \.monitor, .text("figure such as val_loss", pattern: Figures.pattern("val_", trained: true)), default: usual.monitor,
            doc: "The figure that is watched."),
        Field(
            optional: "goal", \.goal, Goal.schema, misnomers: ["mode"],
            doc: "Which way it is better; maximize for accuracies and minimize for the rest unless written."),
        Field(
            "patience", \.patience, .integer(.atLeast(0, upTo: 1_000_000)), default: usual.patience,
            doc: "Epochs without improvement before the run stops."),
        Field(
            "min_delta", \.minDelta, .number(.atLeast(0)), default: usual.minDelta, doc: "Changes up to this size count as no improvement."),
        Field(
            "restore_best_weights", \.restoreBestWeights, .boolean, default: usual.restoreBestWeights,
            doc: "Whether the weights of the best epoch are kept, instead of those of the last."),
        build: EarlyStoppingSettings.init
    ).schema
}
