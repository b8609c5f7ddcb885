import Documents

/// Rows that are what a layer of another experiment's run makes of its data.
public struct FeatureSettings: Hashable, Sendable {
    /// The experiment, by the name of its file.
    public var experiment: String
    /// Its variant.
    public var variant: String
    /// The seed of the run.
    public var seed: Int
    /// The layer: by its own name, or the one that weights carry, such as `layer_2`.
    public var layer: String

    /// The run of the baseline and of seed 1 unless it is said otherwise.
    public init(experiment: String, variant: String = StartSource.usualVariant, seed: Int = 1, layer: String) {
        (self.experiment, self.variant, self.seed, self.layer) = (experiment, variant, seed, layer)
    }

    private static let usual = FeatureSettings(experiment: "", layer: "")

    static let schema = Record<FeatureSettings>(
        "features",
        Field(
            "experiment", \.experiment, .text("experiment"),
            doc: "The experiment, by the name of its file; its run is trained first where it is not finished."),
        Field("variant", \.variant, .text("variant"), default: usual.variant, doc: "The experiment's variant."),
        Field(
            "seed", \.seed, .integer(.atLeast(0, upTo: 1e15)), default: usual.seed,
            doc: "The seed of the run: one network makes the features of all runs on them."),
        Field(
            "layer", \.layer, .text("layer's name"),
            doc: "The layer whose numbers are the columns: by its own name, or the one that weights carry, such as layer_2."),
        build: FeatureSettings.init
    ).schema
}
