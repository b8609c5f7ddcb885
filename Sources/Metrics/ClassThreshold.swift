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

    /// The mean of the thresholds of several runs; nil for none.
    public static func mean(of thresholds: [ClassThreshold]) -> ClassThreshold? {
        thresholds.first.map {
            ClassThreshold(of: $0.positive, above: thresholds.reduce(0) { $0 + $1.probability } / Double(thresholds.count))
        }
    }

    /// The class that the probabilities of both classes say; nil where there are not two.
    public func predictedClass(_ probabilities: [Double]) -> Int? {
        guard probabilities.count == 2, probabilities.indices.contains(positive) else { return nil }
        return probabilities[positive] > probability ? positive : 1 - positive
    }
}

extension OutputMeaning {
    /// The class that the outputs of an example say; of two classes by a threshold where there is one, else as ``predictedClass(_:)`` says.
    public func predictedClass(_ scores: some RandomAccessCollection<Float>, at threshold: ClassThreshold?) -> Int {
        guard let threshold, scores.count <= 2 else { return predictedClass(scores) }
        return probability(of: threshold.positive, scores) > threshold.probability ? threshold.positive : 1 - threshold.positive
    }
}
