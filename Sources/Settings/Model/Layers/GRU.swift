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
    static let record = RecurrentSettings.record.joined(
        with: Record<(gates: Activation, resetAfter: Bool)>(
            "gates", RecurrentSettings.gates.of(\.gates),
            Field(
                "reset_after", \.resetAfter, .boolean, default: usual.resetAfter,
                doc: "Whether the reset gate acts after the product with the recurrent kernel, which then has a bias of its own, or before."
            ),
            build: { ($0, $1) })
    ).mapped(
        named: key, to: { GRUSettings($0.0, recurrentActivation: $0.1.0, resetAfter: $0.1.1) },
        from: { ($0.recurrent, ($0.recurrentActivation, $0.resetAfter)) })

    /// `gru: {units: 32}`.
    public static let written = LayerSettings.written(
        record, doc: "A gated recurrent unit: a recurrent layer whose output gates keep or replace.")
}
