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
    static let record = RecurrentSettings.record.joined(
        with: Record<(gates: Activation, unitForgetBias: Bool)>(
            "gates", RecurrentSettings.gates.of(\.gates),
            Field(
                "unit_forget_bias", \.unitForgetBias, .boolean, default: usual.unitForgetBias,
                doc: "Whether the biases of the forget gate begin at 1."),
            build: { ($0, $1) })
    ).mapped(
        named: key, to: { LSTMSettings($0.0, recurrentActivation: $0.1.0, unitForgetBias: $0.1.1) },
        from: { ($0.recurrent, ($0.recurrentActivation, $0.unitForgetBias)) })

    /// `lstm: {units: 32}`.
    public static let written = LayerSettings.written(
        record, doc: "A long short-term memory: a recurrent layer with a state that gates let in, keep and let out.")
}
