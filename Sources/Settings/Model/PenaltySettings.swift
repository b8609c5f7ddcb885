import Documents

/// l1 Σ |w| + l2 Σ w², added to the loss.
public struct PenaltySettings: Hashable, Sendable {
    /// The factor of Σ |w|.
    public var l1: Double
    /// The factor of Σ w².
    public var l2: Double

    /// A penalty.
    public init(l1: Double = 0, l2: Double = 0) {
        self.l1 = l1
        self.l2 = l2
    }
}

// MARK: - In the file

extension PenaltySettings {
    private static let usual = PenaltySettings()

    static let schema = Record<PenaltySettings>(
        "regularizer",
        Field("l1", \.l1, .number(.atLeast(0).inSinglePrecision), default: usual.l1, doc: "The factor of Σ |w|."),
        Field("l2", \.l2, .number(.atLeast(0).inSinglePrecision), default: usual.l2, doc: "The factor of Σ w²."),
        build: PenaltySettings.init
    ).schema
}
