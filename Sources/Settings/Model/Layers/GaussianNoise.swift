import Documents

/// In training, numbers of a normal distribution around 0 are added.
public struct GaussianNoiseSettings: LayerKind {
    /// Their standard deviation.
    public var deviation: Double
    /// What the sums are held between; nil: anything.
    public var clip: ClosedRange<Double>?

    /// A layer that adds numbers of this standard deviation.
    public init(deviation: Double, clip: ClosedRange<Double>? = nil) { (self.deviation, self.clip) = (deviation, clip) }
}

extension GaussianNoiseSettings {
    /// It does the same to any.
    public static var takesAnyShape: Bool { true }
    /// In use nothing is added.
    public var isLinear: Bool { true }
    /// Unless nothing is added.
    public var isRandom: Bool { deviation > 0 }

    /// `gaussian_noise`.
    public static var key: String { "gaussian_noise" }

    /// `gaussian noise`.
    public static var spokenKey: String { "gaussian noise" }

    /// `gaussian_noise: {stddev: 0.5, clip: [0, 1]}`.
    public static let written = LayerSettings.withoutParameters(
        Record<GaussianNoiseSettings>(
            key,
            Field(
                "stddev", \.deviation, .number(.atLeast(0).inSinglePrecision), misnomers: ["std", "sigma", "standard_deviation", "noise"],
                doc: "The standard deviation of what is added."),
            Field(optional: "clip", \.clip, NumberRange.schema, doc: "What the sums are held between in training, such as [0, 1]."),
            build: { GaussianNoiseSettings(deviation: $0, clip: $1) }),
        doc: "In training, numbers of a normal distribution around 0 are added.")
}

/// Two numbers between which others are held.
enum NumberRange {
    /// `[0, 1]`.
    static let schema = Schema<[Double]>.list(of: .number(.any.inSinglePrecision), atLeast: 2, upTo: 2).checked { ends in
        ends[0] < ends[1] ? nil : Problem("% must begin with the smaller of two numbers", help: "write [0, 1]")
    }.mapped(to: { $0[0]...$0[1] }, from: { [$0.lowerBound, $0.upperBound] })
}
