import Documents

/// Rows that are what a layer of another experiment's run makes of its data, or their principal components.
public struct FeatureSettings: Hashable, Sendable {
    /// What becomes of the other experiment's rows.
    public enum Making: Hashable, Sendable {
        /// What the layer gives: by its own name, or the one that weights carry, such as `layer_2`.
        case layer(String)
        /// So many principal components of those that train there.
        case components(Int)
    }

    /// The experiment, by the name of its file.
    public var experiment: String
    /// Its variant.
    public var variant: String
    /// The seed of the run.
    public var seed: Int
    /// What becomes of its rows.
    public var making: Making

    /// The run of the baseline and of seed 1 unless it is said otherwise.
    public init(experiment: String, variant: String = StartSource.usualVariant, seed: Int = 1, making: Making) {
        (self.experiment, self.variant, self.seed, self.making) = (experiment, variant, seed, making)
    }

    private static let usual = FeatureSettings(experiment: "", making: .layer(""))

    static let schema = Record<FeatureSettings>(
        "features", exclusive: ["layer", "pca"],
        Field(
            "experiment", \.experiment, .text("experiment"),
            doc: "The experiment, by the name of its file; its run is trained first where it is not finished."),
        Field("variant", \.variant, .text("variant"), default: usual.variant, doc: "The experiment's variant."),
        Field(
            "seed", \.seed, .integer(.atLeast(0, upTo: 1e15)), default: usual.seed,
            doc: "The seed of the run: one network makes the features of all runs on them."),
        Field(
            optional: "layer", { if case .layer(let name) = $0.making { name } else { nil } }, .text("layer's name"),
            doc: "The layer whose numbers are the columns: by its own name, or the one that weights carry, such as layer_2."),
        Field(
            optional: "pca", { if case .components(let count) = $0.making { count } else { nil } }, .integer(.atLeast(1, upTo: 4096)),
            misnomers: ["components"],
            doc: "Instead of a layer so many principal components of the rows that train there; no run is needed."),
        build: { experiment, variant, seed, layer, components in
            let making = layer.map(Making.layer) ?? components.map(Making.components)
            return making.map { FeatureSettings(experiment: experiment, variant: variant, seed: seed, making: $0) }
        }
    ).schema
}
