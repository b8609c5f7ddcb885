import Documents

/// Stops a run when a figure no longer improves.
public struct EarlyStoppingSettings: Codable, Hashable, Sendable {
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

    /// Early stopping; the defaults are those of Keras.
    public init(
        monitor: String = "val_loss", goal: Goal = .minimize, patience: Int = 0, minDelta: Double = 0, restoreBestWeights: Bool = false
    ) {
        self.monitor = monitor
        self.goal = goal
        self.patience = patience
        self.minDelta = minDelta
        self.restoreBestWeights = restoreBestWeights
    }
}

// MARK: - In the file

extension EarlyStoppingSettings {
    package static let schema = Record<EarlyStoppingSettings>(
        "early_stopping",
        Field("monitor", \.monitor, .text("figure such as val_loss"), default: "val_loss", doc: "The figure that is watched."),
        Field(
            optional: "goal", \.goal, Goal.schema, misnomers: ["mode"],
            doc: "Which way it is better; maximize for accuracies and minimize for the rest unless written."),
        Field(
            "patience", \.patience, .integer(.atLeast(0, upTo: 1_000_000)), default: 0,
            doc: "Epochs without improvement before the run stops."),
        Field("min_delta", \.minDelta, .number(.atLeast(0)), default: 0, doc: "Changes up to this size count as no improvement."),
        Field(
            "restore_best_weights", \.restoreBestWeights, .boolean, default: false,
            doc: "Whether the weights of the best epoch are kept, instead of those of the last."),
        build: { monitor, goal, patience, minDelta, restore in
            EarlyStoppingSettings(
                monitor: monitor, goal: goal ?? Goal(of: monitor), patience: patience, minDelta: minDelta, restoreBestWeights: restore)
        }
    ).schema
}
