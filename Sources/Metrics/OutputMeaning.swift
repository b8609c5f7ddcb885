#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the numbers are that a network gives: the one rule by which scores become probabilities and classes, in training, in predictions and in
/// reports.
public enum OutputMeaning: Hashable, Sendable {
    /// The outputs as they are: probabilities after a softmax or sigmoid, else plain values.
    case plain
    /// What a softmax is still to be applied to.
    case softmaxLogits
    /// What a sigmoid is still to be applied to.
    case sigmoidLogits
    /// Margins, as under a hinge: above 0 for the second of two classes.
    case margins
}

extension OutputMeaning {
    /// What one output is above for the second of two classes, a sigmoid applied where one is still to be.
    public var threshold: Double { self == .margins ? 0 : 0.5 }

    /// One output, a sigmoid applied where one is still to be.
    public func value(_ score: Float) -> Double {
        let score = Double(score)
        return self == .sigmoidLogits ? 1 / (1 + exp(-score)) : score
    }

    /// The outputs of an example, the softmax or sigmoid applied that is still to be.
    public func values(_ scores: some RandomAccessCollection<Float>) -> [Double] {
        guard self == .softmaxLogits else { return scores.map(value) }
        let largest = scores.max().map(Double.init) ?? 0
        let powers = scores.map { exp(Double($0) - largest) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }

    /// A number for each class, by the outputs of an example: ``values(_:)``, and where these are one number `y` for two classes, as far on the other
    /// side of the threshold for the first as for the second: `[2 · threshold - y, y]`.
    public func scoresByClass(_ scores: some RandomAccessCollection<Float>) -> [Double] {
        let values = values(scores)
        return values.count == 1 ? [2 * threshold - values[0], values[0]] : values
    }

    /// The class that the outputs of an example say: the largest (the first of equal ones), or for one output whether it is above ``threshold``.
    public func predictedClass(_ scores: some RandomAccessCollection<Float>) -> Int {
        guard scores.count == 1, let only = scores.first else { return scores.placeOfLargest }
        return value(only) > threshold ? 1 : 0
    }

    /// The probability of a class by the outputs of an example; not a number for a class that they do not tell of.
    public func probability(of label: Int, _ scores: some RandomAccessCollection<Float>) -> Double {
        guard label >= 0, label < max(scores.count, 2), let first = scores.first else { return .nan }
        guard scores.count > 1 else {
            let positive = value(first)
            return label == 1 ? positive : 1 - positive
        }
        let score = scores[scores.index(scores.startIndex, offsetBy: label)]
        guard self == .softmaxLogits else { return value(score) }
        let largest = scores.max().map(Double.init) ?? 0
        return exp(Double(score) - largest) / scores.reduce(0) { $0 + exp(Double($1) - largest) }
    }

    /// A number that grows with the probability of one of two classes, by the outputs of an example.
    func rank(of label: Int, _ scores: UnsafeBufferPointer<Float>) -> Float {
        switch (scores.count, self) {
        case (1, _): label == 1 ? scores[0] : -scores[0]
        case (_, .plain): scores[label]
        default: scores[label] - scores[1 - label]
        }
    }
}

extension RandomAccessCollection where Element: Comparable {
    /// How far from the start the largest element is, the first of equal ones; 0 when there is none.
    public var placeOfLargest: Int {
        var (best, place) = (startIndex, 0)
        for (offset, index) in indices.enumerated() where self[index] > self[best] { (best, place) = (index, offset) }
        return place
    }
}
