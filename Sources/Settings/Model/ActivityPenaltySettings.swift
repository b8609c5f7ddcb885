import Documents

/// What the numbers that a layer gives add to the loss: (l1 Σ |y| + l2 Σ y²) / examples of the batch, and a divergence of the units' means.
public struct ActivityPenaltySettings: Hashable, Sendable {
    /// The factor of Σ |y|.
    public var l1: Double
    /// The factor of Σ y².
    public var l2: Double
    /// How far the units' means may be from a share; nil: anywhere.
    public var sparsity: Sparsity?

    /// weight Σ (t log(t / m) + (1 − t) log((1 − t) / (1 − m))) over the units, m being a unit's mean over the batch and t the target.
    public struct Sparsity: Hashable, Sendable {
        /// The mean that a unit should have, between 0 and 1.
        public var target: Double
        /// The factor.
        public var weight: Double

        /// A divergence from `target`.
        public init(target: Double = 0.05, weight: Double = 1) { (self.target, self.weight) = (target, weight) }
    }

    /// A penalty.
    public init(l1: Double = 0, l2: Double = 0, sparsity: Sparsity? = nil) {
        self.l1 = l1
        self.l2 = l2
        self.sparsity = sparsity
    }
}

// MARK: - In the file

extension ActivityPenaltySettings {
    private static let usual = ActivityPenaltySettings()

    static let schema = Record<ActivityPenaltySettings>(
        "activity_regularizer",
        Field("l1", \.l1, .number(.atLeast(0).inSinglePrecision), default: usual.l1, doc: "The factor of Σ |y|, an example's mean."),
        Field("l2", \.l2, .number(.atLeast(0).inSinglePrecision), default: usual.l2, doc: "The factor of Σ y², an example's mean."),
        Field(
            optional: "kl", \.sparsity, Sparsity.schema, misnomers: ["kl_divergence", "sparsity"],
            doc: "A divergence of each unit's mean over the batch from a target, for units that give numbers between 0 and 1."),
        build: { ActivityPenaltySettings(l1: $0, l2: $1, sparsity: $2) }
    ).schema
}

extension ActivityPenaltySettings.Sparsity {
    private static let usual = Self()

    fileprivate static let schema = Record<Self>(
        "kl",
        Field(
            "target", \.target, .number(.between(0, and: 1).inSinglePrecision), default: usual.target, misnomers: ["rho", "mean"],
            doc: "The mean that a unit should have."),
        Field("weight", \.weight, .number(.atLeast(0).inSinglePrecision), default: usual.weight, misnomers: ["beta"], doc: "The factor."),
        build: Self.init
    ).schema
}

extension WeightSettings {
    /// What is wrong with them: a divergence of means that are no shares.
    var problem: Problem? {
        guard activityRegularizer?.sparsity != nil, activation != .sigmoid, activation != .softmax else { return nil }
        return Problem(
            "kl compares a unit's mean with a share, and \(activation.name) gives other numbers than those between 0 and 1",
            help: "write activation: sigmoid", at: "activity_regularizer")
    }
}
