import Documents

/// A code that is drawn: numbers of normal distributions whose means and variances two dense heads give.
public struct VariationalSettings: LayerKind {
    /// How many numbers the code has.
    public var units: Int
    /// The factor of what the distributions' distance from the standard normal one adds to the loss.
    public var divergenceWeight: Double
    /// The first weights of both heads.
    public var kernelInitializer: Initializer
    /// The first biases of both heads.
    public var biasInitializer: Initializer
    /// What the size of the weights adds to the loss; nil: nothing.
    public var kernelRegularizer: PenaltySettings?

    /// A code of so many numbers.
    public init(
        units: Int, divergenceWeight: Double = 1, kernelInitializer: Initializer = .glorotUniform, biasInitializer: Initializer = .zeros,
        kernelRegularizer: PenaltySettings? = nil
    ) {
        self.units = units
        self.divergenceWeight = divergenceWeight
        self.kernelInitializer = kernelInitializer
        self.biasInitializer = biasInitializer
        self.kernelRegularizer = kernelRegularizer
    }
}

// MARK: - What follows

extension VariationalSettings {
    /// Kernels and biases of both heads.
    public static var hasParameters: Bool { true }
    /// In use it gives the mean, which is one.
    public var isLinear: Bool { true }
    /// By what their distance from it adds to the loss.
    public static var isNearlyNormal: Bool { true }
    /// It draws.
    public var isRandom: Bool { true }
    /// Its units.
    public var width: Int? { units }

    /// With so many units.
    public func with(width: Int) -> VariationalSettings {
        var other = self
        other.units = width
        return other
    }
}

// MARK: - In the file

extension VariationalSettings {
    /// `variational`.
    public static var key: String { "variational" }

    private static let usual = VariationalSettings(units: 1)

    private static let record = Record<VariationalSettings>(
        key,
        Field("units", \.units, .integer(DenseSettings.widths), misnomers: ["width", "size"], doc: "How many numbers the code has."),
        Field(
            "kl_weight", \.divergenceWeight, .number(.atLeast(0).inSinglePrecision), default: usual.divergenceWeight,
            misnomers: ["beta", "weight"],
            doc: """
                The factor of KL(q ‖ N(0, 1)), summed over the code, an example's mean, added to the loss. With 1 and a loss of reduction: sum the loss is the \
                negative evidence lower bound.
                """),
        Field(
            "kernel_initializer", \.kernelInitializer, Initializer.schema, default: usual.kernelInitializer, misnomers: ["initializer"],
            doc: "The first weights of both heads."),
        Field(
            "bias_initializer", \.biasInitializer, Initializer.schema, default: usual.biasInitializer,
            doc: "The first biases of both heads."),
        Field(
            optional: "kernel_regularizer", \.kernelRegularizer, PenaltySettings.schema, misnomers: ["regularizer", "weight_decay"],
            doc: "What the size of the weights adds to the loss."),
        build: VariationalSettings.init)

    /// `variational: {units: 2}`.
    public static let written = LayerSettings.written(
        record,
        doc: "A code that is drawn in training, from normal distributions whose means and log variances are trained; in use the means.")
}
