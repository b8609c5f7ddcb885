import Documents

/// Each example centred and scaled by its own figures.
public struct LayerNormalizationSettings: LayerKind {
    /// Keeps the divisor away from 0.
    public var epsilon: Double

    /// The default is that of Keras.
    public init(epsilon: Double = 0.001) { self.epsilon = epsilon }
}

extension LayerNormalizationSettings {
    /// γ and β.
    public static var hasParameters: Bool { true }

    /// `layer_normalization`.
    public static var key: String { "layer_normalization" }

    /// `layer norm`.
    public static var spokenKey: String { "layer norm" }

    private static let usual = LayerNormalizationSettings()

    /// `layer_normalization`, alone or with settings.
    public static let written = LayerSettings.written(
        Record<LayerNormalizationSettings>(
            key,
            Field(
                "epsilon", \.epsilon, .number(.above(0).inSinglePrecision), default: usual.epsilon, misnomers: ["eps"],
                doc: "Keeps the divisor away from 0."),
            build: LayerNormalizationSettings.init),
        aliases: ["layer_norm"], doc: "Each example centred and scaled by its own figures.")
}
