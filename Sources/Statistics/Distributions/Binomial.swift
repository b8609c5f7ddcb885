#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The number of hits in `trials` independent tries, each with the same probability.
public struct Binomial: Hashable, Sendable {
    /// How many tries; 0 and more.
    public let trials: Int
    /// The probability of a hit, between 0 and 1, exclusively.
    public let probability: Double

    /// Returns nil for fewer than 0 tries or a probability that is not between 0 and 1.
    public init?(trials: Int, probability: Double) {
        guard trials >= 0, probability > 0, probability < 1 else { return nil }
        self.trials = trials
        self.probability = probability
    }

    /// The probability of `hits` hits or more: Σ C(n, k) p^k (1 − p)^(n − k) over k ≥ `hits`, summed from the smallest term.
    public func upperTail(_ hits: Int) -> Double {
        guard hits > 0 else { return 1 }
        guard hits <= trials else { return 0 }
        var term = Double(trials) * log(probability)
        var sum = exp(term)
        for count in stride(from: trials - 1, through: hits, by: -1) {
            // C(n, k) from C(n, k + 1), and one p less.
            term += log(Double(count + 1) / Double(trials - count)) + log1p(-probability) - log(probability)
            sum += exp(term)
        }
        return min(sum, 1)
    }
}
