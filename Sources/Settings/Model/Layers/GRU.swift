import Documents

/// A gated recurrent unit: its output is mixed of the one before and a candidate, which sees of the one before what a second gate lets through.
public struct GRUSettings: RecurrentKind {
    /// What recurrent layers have in common.
    public var recurrent: RecurrentSettings
    /// What the gates apply.
    public var recurrentActivation: Activation
    /// Whether the reset gate acts after the product with the recurrent kernel, or before.
    public var resetAfter: Bool

    /// The defaults are those of Keras.
    public init(
        _ recurrent: RecurrentSettings, recurrentActivation: Activation = RecurrentSettings.usualGates, resetAfter: Bool = true
    ) {
        self.recurrent = recurrent
        self.recurrentActivation = recurrentActivation
        self.resetAfter = resetAfter
    }
}

// MARK: - In the file

extension GRUSettings {
    /// `gru`.
    public static var key: String { "gru" }

    private static let usual = GRUSettings(RecurrentSettings(units: 1))

    /// What is written of it.
    static let record = Record<GRUSettings>(
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
            "reset_after", \.resetAfter, .boolean, default: usual.resetAfter,
            doc: "Whether the reset gate acts after the product with the recurrent kernel, which then has a bias of its own, or before."),
        build: {
            GRUSettings(
                RecurrentSettings(
                    units: $0, activation: $1, useBias: $2, kernelInitializer: $3, recurrentInitializer: $4, biasInitializer: $5,
                    kernelRegularizer: $6, recurrentRegularizer: $7, biasRegularizer: $8, dropout: $9, recurrentDropout: $10,
                    returnSequences: $11, goBackwards: $12), recurrentActivation: $13, resetAfter: $14)
        })

    /// `gru: {units: 32}`.
    public static let written = LayerSettings.written(
        record, doc: "A gated recurrent unit: a recurrent layer whose output gates keep or replace.")
}
