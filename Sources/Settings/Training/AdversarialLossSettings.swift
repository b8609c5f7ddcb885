import Documents

/// What goes with the losses of two networks that learn against each other.
public struct AdversarialLossSettings: Hashable, Sendable {
    /// How far below 1 the discriminator's target for real examples lies.
    public var labelSmoothing: Double
    /// The largest size of the discriminator's weights, to which they are cut after each of its steps; nil: none.
    public var clip: Double?
    /// What the squared distance of the discriminator's slope from 1 counts, between real and made examples; nil: nothing.
    public var gradientPenalty: Double?

    /// Targets of 0 and 1, weights and slopes of any size.
    public init(labelSmoothing: Double = 0, clip: Double? = nil, gradientPenalty: Double? = nil) {
        self.labelSmoothing = labelSmoothing
        self.clip = clip
        self.gradientPenalty = gradientPenalty
    }
}

// MARK: - In the file

extension AdversarialLossSettings {
    private static let usual = AdversarialLossSettings()

    /// Beside a loss with a target for real examples.
    static func smoothed(_ kind: LossKind) -> Record<AdversarialLossSettings> {
        Record<AdversarialLossSettings>(
            kind.rawValue,
            Field(
                "label_smoothing", \.labelSmoothing, .number(.from(0, below: 1).inSinglePrecision), default: usual.labelSmoothing,
                doc: "How far below 1 the discriminator's target for real examples lies; that for made ones stays 0."),
            build: { AdversarialLossSettings(labelSmoothing: $0) })
    }

    /// Beside a loss whose discriminator must be smooth.
    static let constrained = Record<AdversarialLossSettings>(
        LossKind.wasserstein.rawValue, exclusive: ["clip", "gradient_penalty"],
        Field(
            optional: "clip", \.clip, .number(.above(0).inSinglePrecision),
            doc: "The largest size of the discriminator's weights, to which they are cut after each of its steps; 0.01 in the paper."),
        Field(
            optional: "gradient_penalty", \.gradientPenalty, .number(.above(0).inSinglePrecision),
            doc:
                "How much (|∇D| − 1)² counts at random places between real and made examples, instead of a bound on weights; 10 in the paper."
        ),
        build: { AdversarialLossSettings(clip: $0, gradientPenalty: $1) })
}
