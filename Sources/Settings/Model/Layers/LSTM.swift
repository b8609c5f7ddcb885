import Documents

/// A long short-term memory: a state c ← f c + i g beside the output o activation(c), with the gates i, f, o.
public struct LSTMSettings: RecurrentKind {
    /// What recurrent layers have in common.
    public var recurrent: RecurrentSettings
    /// What the gates apply.
    public var recurrentActivation: Activation
    /// Whether the biases of the forget gate begin at 1.
    public var unitForgetBias: Bool

    /// The defaults are those of Keras.
    public init(
        _ recurrent: RecurrentSettings, recurrentActivation: Activation = RecurrentSettings.usualGates, unitForgetBias: Bool = true
    ) {
        self.recurrent = recurrent
        self.recurrentActivation = recurrentActivation
        self.unitForgetBias = unitForgetBias
    }
}

// MARK: - In the file

extension LSTMSettings {
    /// `lstm`.
    public static var key: String { "lstm" }

    private static let usual = LSTMSettings(RecurrentSettings(units: 1))

    /// What is written of it.
    static let record = Record<LSTMSettings>(
        key,
        RecurrentSettings.units.of(\.recurrent),
        RecurrentSettings.activation.of(\.recurrent),
        RecurrentSettings.useBias.of(\.recurrent),
        RecurrentSettings.kernelInitializer.of(\.recurrent),
        RecurrentSettings.recurrentInitializer.of(\.recurrent),
        RecurrentSettings.biasInitializer.of(\.recurrent),
        RecurrentSettings.kernelRegularizer.of(\.recurrent),
        RecurrentSettings.recurrentRegularizer.of(\.recurrent),
        RecurrentSettings.biasRegularizer.of(\.recurrent),
        RecurrentSettings.dropout.of(\.recurrent),
        RecurrentSettings.recurrentDropout.of(\.recurrent),
        RecurrentSettings.returnSequences.of(\.recurrent),
        RecurrentSettings.goBackwards.of(\.recurrent),
        RecurrentSettings.gates(\.recurrentActivation),
        Field(
            "unit_forget_bias", \.unitForgetBias, .boolean, default: usual.unitForgetBias,
            doc: "Whether the biases of the forget gate begin at 1."),
        build: {
            LSTMSettings(
                RecurrentSettings(
                    units: $0, activation: $1, useBias: $2, kernelInitializer: $3, recurrentInitializer: $4, biasInitializer: $5,
                    kernelRegularizer: $6, recurrentRegularizer: $7, biasRegularizer: $8, dropout: $9, recurrentDropout: $10,
                    returnSequences: $11, goBackwards: $12), recurrentActivation: $13, unitForgetBias: $14)
        })

    /// `lstm: {units: 32}`.
    public static let written = LayerSettings.written(
        record, doc: "A long short-term memory: a recurrent layer with a state that gates let in, keep and let out.")
}
