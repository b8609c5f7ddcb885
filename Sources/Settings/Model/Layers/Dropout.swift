import Documents

/// In training, each number is 0 with this probability.
public struct DropoutSettings: LayerKind {
    /// The probability of 0, at least 0 and below 1.
    public var rate: Double

    /// A layer that drops numbers with probability `rate`.
    public init(rate: Double) { self.rate = rate }
}

extension DropoutSettings {
    /// It does the same to any.
    public static var takesAnyShape: Bool { true }
    /// In use nothing is dropped; but the activation before a dropout is not what the network ends in.
    public var isLinear: Bool { true }

    /// Unless nothing is dropped.
    public var isRandom: Bool { rate > 0 }

    /// `dropout`.
    public static var key: String { "dropout" }

    /// `dropout: 0.3`, or with a name `dropout: {rate: 0.3, name: first}`.
    public static let written = Case<LayerSettings>(
        key,
        .either(
            probability.mapped(to: { LayerSettings(kind: DropoutSettings(rate: $0)) }, from: { ($0.kind as? DropoutSettings)?.rate ?? 0 }),
            Record<DropoutSettings>(
                key, Field("rate", \.rate, probability, doc: "The probability of 0."), build: DropoutSettings.init
            ).joined(with: LayerSettings.name).schema.mapped(
                to: { LayerSettings(name: $1, kind: $0) }, from: { ($0.kind as? DropoutSettings ?? DropoutSettings(rate: 0), $0.name) }),
            writing: { _ in 0 }),
        doc: "In training, each number is 0 with this probability.", make: { $0 }, get: { $0.kind is DropoutSettings ? $0 : nil })

    /// What a probability may be.
    static let probability = Schema<Double>.number(.from(0, below: 1).inSinglePrecision)
}
