import Documents

/// How the report draws learning curves, and by which rule it says where overfitting starts. It decides no result, so it is no part of a
/// run's identity.
public struct CurveSettings: Hashable, Sendable {
    /// β of V_t = β V_{t−1} + (1 − β) x_t; 0 leaves curves as they were measured.
    public var smoothing: Double
    /// Whether V_t is divided by 1 − β^t, with V_0 = 0; otherwise V_1 = x_1.
    public var biasCorrection: Bool
    /// The first epoch that is drawn, smoothed and looked at; those before are left out.
    public var fromEpoch: Int
    /// The validation figure that tells of overfitting.
    public var monitor: String
    /// Which way the monitored figure is better.
    public var goal: Goal
    /// By what share of its best value the monitored figure must be worse to the end to count as overfitting.
    public var tolerance: Double

    /// Curves as they were measured, from the first epoch on; overfitting is a validation loss that ends 5 % above its lowest.
    public init(
        smoothing: Double = 0, biasCorrection: Bool = true, fromEpoch: Int = 1, monitor: String = "val_loss", goal: Goal? = nil,
        tolerance: Double = 0.05
    ) {
        self.smoothing = smoothing
        self.biasCorrection = biasCorrection
        self.fromEpoch = fromEpoch
        self.monitor = monitor
        self.goal = goal ?? Goal(of: monitor)
        self.tolerance = tolerance
    }
}

// MARK: - In the file

extension CurveSettings {
    private static let usual = CurveSettings()

    package static let schema = Record<CurveSettings>(
        "curves",
        Field(
            "smoothing", \.smoothing, .number(.from(0, below: 1)), default: usual.smoothing, misnomers: ["beta", "factor", "ema"],
            doc: "β of the exponential average V_t = β V_(t−1) + (1 − β) x_t, about 1 / (1 − β) epochs long; 0 for none."),
        Field(
            "bias_correction", \.biasCorrection, .boolean, default: usual.biasCorrection,
            doc: "Whether the average begins at 0 and is divided by 1 − β^t; false: it begins at the first point and is not corrected."),
        Field(
            "from_epoch", \.fromEpoch, .integer(.atLeast(1, upTo: 1_000_000)), default: usual.fromEpoch, misnomers: ["skip"],
            doc: "The first epoch that is drawn and smoothed; the epochs before are left out."),
        Field(
            "monitor", \.monitor, .text("figure such as val_loss", pattern: Figures.pattern("val_", trained: false)),
            default: usual.monitor,
            doc: "The validation figure whose best epoch is looked for, and from where on it gets worse."),
        Field(
            optional: "goal", \.goal, Goal.schema, misnomers: ["mode"],
            doc: "Which way it is better; maximize for accuracies and minimize for the rest unless written."),
        Field(
            "tolerance", \.tolerance, .number(.from(0, below: 1)), default: usual.tolerance,
            doc: """
                Overfitting starts where the figure becomes worse than its best by more than this share of it, and stays so to the end, while the \
                train figure does not get worse.
                """),
        build: CurveSettings.init
    ).schema
}
