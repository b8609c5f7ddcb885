import Documents

/// A restricted Boltzmann machine: hidden units that see visible ones through a kernel which works both ways, with a bias for each unit of both sides.
public struct RBMSettings: LayerKind {
    /// What a visible unit is.
    public enum Visible: String, Hashable, Sendable, CaseIterable {
        /// 0 or 1; a number in between is the probability of 1.
        case bernoulli
        /// A number, normally distributed with variance 1 around what the hidden units say.
        case gaussian
    }

    /// How many hidden units.
    public var units: Int
    /// What its inputs are.
    public var visible: Visible
    /// The first weights.
    public var kernelInitializer: Initializer
    /// What the size of the weights adds to the loss; `nil`: nothing.
    public var kernelRegularizer: PenaltySettings?

    /// A machine; its first weights are as small as Hinton's *A practical guide to training restricted Boltzmann machines* (2010) advises.
    public init(
        units: Int, visible: Visible = .bernoulli, kernelInitializer: Initializer = .normal(mean: 0, standardDeviation: 0.01),
        kernelRegularizer: PenaltySettings? = nil
    ) {
        self.units = units
        self.visible = visible
        self.kernelInitializer = kernelInitializer
        self.kernelRegularizer = kernelRegularizer
    }
}

// MARK: - What follows

extension RBMSettings {
    /// Kernel and biases.
    public static var hasParameters: Bool { true }
    /// The probabilities of its hidden units come from a sigmoid.
    public var lastActivation: Activation? { .sigmoid }
    /// Its hidden units.
    public static var setsWidth: Bool { true }
    /// It gives again what it sees.
    public static var keepsUnitsHidden: Bool { true }
    /// Its hidden units.
    public var width: Int? { units }

    /// With so many hidden units.
    public func with(width: Int) -> RBMSettings {
        var other = self
        other.units = width
        return other
    }
}

// MARK: - In the file

extension RBMSettings {
    /// `rbm`.
    public static var key: String { "rbm" }

    private static let usual = RBMSettings(units: 1)

    /// What visible units are.
    static let visibleSchema = Schema<Visible>.enumeration(
        "kind of visible units", Choosable("bernoulli", .bernoulli, doc: "0 or 1; a number in between is the probability of 1."),
        Choosable("gaussian", .gaussian, doc: "Numbers, normally distributed with variance 1: scale them so."))

    /// `rbm: {units: 128}`.
    public static let written = LayerSettings.written(
        Record<RBMSettings>(
            key,
            Field("units", \.units, .integer(DenseSettings.widths), misnomers: ["hidden", "n_components"], doc: "How many hidden units."),
            Field("visible", \.visible, visibleSchema, default: usual.visible, doc: "What its inputs are."),
            Field(
                "kernel_initializer", \.kernelInitializer, Initializer.schema, default: usual.kernelInitializer,
                misnomers: ["initializer"], doc: "The first weights; biases begin at 0."),
            Field(
                optional: "kernel_regularizer", \.kernelRegularizer, PenaltySettings.schema, misnomers: ["regularizer", "weight_decay"],
                doc: "What the size of the weights adds to the loss: their decay, for l2."),
            build: RBMSettings.init),
        doc:
            "A restricted Boltzmann machine: sigmoid(input · kernel + bias), and back by the same kernel; the loss contrastive_divergence trains it."
    )
}
