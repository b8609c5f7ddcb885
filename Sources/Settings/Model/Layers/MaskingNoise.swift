import Documents

/// In training, each number is 0 with this probability, and the others stay as they are.
public struct MaskingNoiseSettings: LayerKind {
    /// The probability of 0, at least 0 and below 1.
    public var rate: Double

    /// A layer that sets numbers to 0 with probability `rate`.
    public init(rate: Double) { self.rate = rate }
}

extension MaskingNoiseSettings {
    /// It does the same to any.
    public static var takesAnyShape: Bool { true }
    /// In use nothing is set to 0.
    public var isLinear: Bool { true }
    /// Unless nothing is set to 0.
    public var isRandom: Bool { rate > 0 }

    /// `masking_noise`.
    public static var key: String { "masking_noise" }

    /// `masking noise`.
    public static var spokenKey: String { "masking noise" }

    /// `masking_noise: {rate: 0.3}`.
    public static let written = LayerSettings.withoutParameters(
        Record<MaskingNoiseSettings>(
            key, Field("rate", \.rate, DropoutSettings.probability, misnomers: ["p", "mask"], doc: "The probability of 0."),
            build: MaskingNoiseSettings.init),
        doc: "In training, each number is 0 with this probability, and the others stay as they are.")
}
