import Documents

/// A recurrent layer without gates: at each step activation(input · kernel + output of the step before · recurrent kernel + bias).
public struct SimpleRNNSettings: RecurrentKind {
    /// What recurrent layers have in common.
    public var recurrent: RecurrentSettings

    /// The defaults are those of Keras.
    public init(_ recurrent: RecurrentSettings) {
        self.recurrent = recurrent
    }
}

// MARK: - In the file

extension SimpleRNNSettings {
    /// `simple_rnn`.
    public static var key: String { "simple_rnn" }

    /// What is written of it.
    static let record = Record<SimpleRNNSettings>(
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
        build: {
            SimpleRNNSettings(
                RecurrentSettings(
                    units: $0, activation: $1, useBias: $2, kernelInitializer: $3, recurrentInitializer: $4, biasInitializer: $5,
                    kernelRegularizer: $6, recurrentRegularizer: $7, biasRegularizer: $8, dropout: $9, recurrentDropout: $10,
                    returnSequences: $11, goBackwards: $12))
        })

    /// `simple_rnn: {units: 32}`.
    public static let written = LayerSettings.written(
        record, doc: "activation(input · kernel + output of the step before · recurrent kernel + bias), step by step.")
}
