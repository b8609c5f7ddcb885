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
    static let record = RecurrentSettings.record.mapped(named: key, to: { SimpleRNNSettings($0) }, from: \.recurrent)

    /// `simple_rnn: {units: 32}`.
    public static let written = LayerSettings.written(
        record, doc: "activation(input · kernel + output of the step before · recurrent kernel + bias), step by step.")
}
