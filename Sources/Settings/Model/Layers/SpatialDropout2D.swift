import Documents

/// In training, each channel of an image is 0 throughout with this probability.
public struct SpatialDropout2DSettings: LayerKind {
    /// The probability of 0, at least 0 and below 1.
    public var rate: Double

    /// A layer that drops channels with probability `rate`.
    public init(rate: Double) { self.rate = rate }
}

extension SpatialDropout2DSettings {
    /// It sees rows and columns.
    public static var takesShapes: Bool { true }
    /// In use nothing is dropped.
    public var isLinear: Bool { true }
    /// Unless nothing is dropped.
    public var isRandom: Bool { rate > 0 }

    /// `spatial_dropout2d`.
    public static var key: String { "spatial_dropout2d" }

    /// `spatial_dropout2d: {rate: 0.2}`.
    public static let written = LayerSettings.withoutParameters(
        Record<SpatialDropout2DSettings>(
            key, Field("rate", \.rate, DropoutSettings.probability, misnomers: ["p"], doc: "The probability of 0."),
            build: SpatialDropout2DSettings.init),
        doc: "In training, each channel of images is 0 throughout with this probability.")
}
