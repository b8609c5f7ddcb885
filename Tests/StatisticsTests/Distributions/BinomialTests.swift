import Statistics
import Testing

@Suite struct BinomialTests {
    /// Sums by hand: of three coins 2 or more, 3/8 + 1/8; of 20 figures 2 or more miss, 1 − 0.95^20 − 20 · 0.05 · 0.95^19.
    @Test(arguments: [
        (3, 0.5, 2, 0.5), (3, 0.5, 0, 1), (3, 0.5, 4, 0), (1, 0.05, 1, 0.05), (20, 0.05, 2, 0.264161), (20, 0.05, 1, 0.641514),
        (0, 0.3, 0, 1), (0, 0.3, 1, 0),
    ])
    func upperTailsAreSums(trials: Int, probability: Double, hits: Int, expected: Double) throws {
        #expect(abs(try #require(Binomial(trials: trials, probability: probability)).upperTail(hits) - expected) < 1e-6)
    }

    /// Far out the tail keeps its digits: 0.05^60 for 60 of 60.
    @Test func farTailsDoNotBecomeZero() throws {
        let tail = try #require(Binomial(trials: 60, probability: 0.05)).upperTail(60)
        #expect(tail > 0.8673e-78 && tail < 0.8675e-78)
    }

    @Test(arguments: [(-1, 0.5), (3, 0), (3, 1), (3, .nan)]) func impossibleOnesAreRefused(trials: Int, probability: Double) {
        #expect(Binomial(trials: trials, probability: probability) == nil)
    }
}
