#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How examples that were made from noise fall into classes, as a classifier of real ones sees them: whether each is told well, and whether all classes are among
/// them. Source: Salimans et al., *Improved techniques for training GANs* (2016).
public struct ClassSpread: Sendable, Hashable {
    /// The entropy of the mean answer: ln of the number of classes where all come alike, 0 where one comes alone.
    public let classEntropy: Double
    /// The mean of the answers' entropies: 0 where the classifier is sure of each.
    public let answerEntropy: Double
    /// The share of classes that at least one example in a hundred is taken for.
    public let classesReached: Double
    /// The share of the class that most are taken for.
    public let largestClass: Double

    /// e to the difference of both entropies, from 1 to the number of classes: 1 where all answers are alike.
    public var classScore: Double { exp(classEntropy - answerEntropy) }

    /// Of the probabilities of the classes for each example, at least one.
    public init(_ answers: [[Double]]) {
        let classes = answers.first?.count ?? 0
        var (mean, counts) = ([Double](repeating: 0, count: classes), [Int](repeating: 0, count: classes))
        var entropies = 0.0
        for answer in answers {
            for place in 0..<classes { mean[place] += answer[place] / Double(answers.count) }
            entropies += Self.entropy(answer)
            if let most = answer.indices.max(by: { answer[$0] < answer[$1] }) { counts[most] += 1 }
        }
        classEntropy = Self.entropy(mean)
        answerEntropy = entropies / Double(max(answers.count, 1))
        classesReached = Double(counts.count { 100 * $0 >= answers.count && $0 > 0 }) / Double(max(classes, 1))
        largestClass = Double(counts.max() ?? 0) / Double(max(answers.count, 1))
    }

    /// -Σ p ln p.
    private static func entropy(_ shares: [Double]) -> Double { -shares.reduce(0) { $0 + ($1 > 0 ? $1 * log($1) : 0) } }
}
