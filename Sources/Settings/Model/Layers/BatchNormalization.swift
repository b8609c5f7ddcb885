import Documents

/// Each column centred and scaled by figures of the batch, in use by running figures.
public struct BatchNormalizationSettings: LayerKind {
    /// The share of the running figures that a step keeps.
    public var momentum: Double
    /// Keeps the divisor away from 0.
    public var epsilon: Double

    /// The defaults are those of Keras.
    public init(momentum: Double = 0.99, epsilon: Double = 0.001) {
        self.momentum = momentum
        self.epsilon = epsilon
    }
}

extension BatchNormalizationSettings {
    /// γ and β.
    public static var hasParameters: Bool { true }

    /// `batch_normalization`.
    public static var key: String { "batch_normalization" }

    /// `batch norm`.
    public static var spokenKey: String { "batch norm" }

    private static let usual = BatchNormalizationSettings()

    /// `batch_normalization`, alone or with settings.
    public static let written = LayerSettings.written(
        Record<BatchNormalizationSettings>(
            key,
            Field(
                "momentum", \.momentum, .number(.from(0, below: 1).inSinglePrecision), default: usual.momentum,
                doc: "The share of the running figures that a step keeps."),
            Field(
                "epsilon", \.epsilon, .number(.above(0).inSinglePrecision), default: usual.epsilon, misnomers: ["eps"],
                doc: "Keeps the divisor away from 0."),
            build: BatchNormalizationSettings.init),
        aliases: ["batch_norm"], doc: "Each column centred and scaled by figures of the batch.")
}
