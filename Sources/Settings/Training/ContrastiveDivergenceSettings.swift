import Documents

/// How contrastive divergence follows the likelihood of a restricted Boltzmann machine.
///
/// Sources: Hinton, *Training products of experts by minimizing contrastive divergence* (2002); Tieleman, *Training restricted Boltzmann machines using
/// approximations to the likelihood gradient* (2008), for persistent chains.
public struct ContrastiveDivergenceSettings: Hashable, Sendable {
    /// What a chain hands on from its visible units.
    public enum Visible: String, Hashable, Sendable {
        /// Their probabilities, or means: less noise.
        case probabilities
        /// States that are drawn from these: what the theory says.
        case states
    }

    /// A share of examples that each hidden unit is to be on for.
    public struct Sparsity: Hashable, Sendable {
        /// The share.
        public var target: Double
        /// The factor of Σ (target − mean)² in the loss.
        public var weight: Double

        /// A share, and how much it counts.
        public init(target: Double, weight: Double) {
            self.target = target
            self.weight = weight
        }
    }

    /// How often a chain goes down and up before it is compared with the data.
    public var steps: Int
    /// Whether chains go on from update to update, instead of beginning at the data.
    public var persistent: Bool
    /// What a chain hands on from its visible units.
    public var visible: Visible
    /// A share of examples that each hidden unit is to be on for; `nil`: whatever comes.
    public var sparsity: Sparsity?

    /// One step from the data, by probabilities, unless it is said otherwise.
    public init(steps: Int = 1, persistent: Bool = false, visible: Visible = .probabilities, sparsity: Sparsity? = nil) {
        self.steps = steps
        self.persistent = persistent
        self.visible = visible
        self.sparsity = sparsity
    }
}

// MARK: - In the file

extension ContrastiveDivergenceSettings {
    private static let usual = ContrastiveDivergenceSettings()
    /// How many steps are possible.
    static let possibleSteps = Bounds.atLeast(1, upTo: 1000)

    static let schema = Record<ContrastiveDivergenceSettings>(
        "contrastive_divergence",
        Field(
            "steps", \.steps, .integer(possibleSteps), default: usual.steps, misnomers: ["k", "gibbs_steps"],
            doc: "How often a chain goes down and up before it is compared with the data: k."),
        Field(
            "persistent", \.persistent, .boolean, default: usual.persistent,
            doc: "Whether chains, batch_size of them, go on from update to update, instead of beginning at the data."),
        Field(
            "visible", \.visible,
            .enumeration(
                "way of visible units",
                Choosable("probabilities", .probabilities, doc: "Probabilities, or means: less noise."),
                Choosable("states", .states, doc: "States that are drawn from them.")),
            default: usual.visible, doc: "What a chain hands on from its visible units; hidden ones are always drawn."),
        Field(
            optional: "sparsity", \.sparsity, Sparsity.schema,
            doc: "A share of examples that each hidden unit is to be on for: adds weight · Σ (target − mean of the batch)²."),
        build: ContrastiveDivergenceSettings.init
    ).schema
}

extension ContrastiveDivergenceSettings.Sparsity {
    fileprivate static let schema = Record<Self>(
        "sparsity",
        Field("target", \.target, .number(.above(0, upTo: 1).inSinglePrecision), doc: "The share, such as 0.1."),
        Field("weight", \.weight, .number(.above(0).inSinglePrecision), doc: "How much it counts."),
        build: Self.init
    ).schema
}
