/// Where two classes are told apart by another probability than one half: the positive one is said where its probability is above it.
public struct ClassThreshold: Hashable, Sendable {
    /// The number of the positive class, 0 or 1.
    public let positive: Int
    /// What its probability is above.
    public let probability: Double

    /// The class `positive` where its probability is above `probability`.
    public init(of positive: Int, above probability: Double) {
        self.positive = positive
        self.probability = probability
    }
}

extension OutputMeaning {
    /// The class that the outputs of an example say; of two classes by a threshold where there is one, else as ``predictedClass(_:)`` says.
    public func predictedClass(_ scores: some RandomAccessCollection<Float>, at threshold: ClassThreshold?) -> Int {
        guard let threshold, scores.count <= 2 else { return predictedClass(scores) }
        return probability(of: threshold.positive, scores) > threshold.probability ? threshold.positive : 1 - threshold.positive
    }
}
