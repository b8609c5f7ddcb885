import Statistics
import Testing

@Suite struct SignFlipsTests {
    /// Eight of one sign: this way and its mirror image, of 2^8.
    @Test func allOfOneSignAreTwoWays() throws {
        #expect(try #require(SignFlips([0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.4, 0.1])).p == 2.0 / 256)
        #expect(try #require(SignFlips(Array(repeating: -0.1, count: 8))).p == 2.0 / 256)
        #expect(try #require(SignFlips(Array(repeating: 1, count: 20))).p == 2.0 / 1_048_576)
    }

    @Test func noDifferenceAtAllIsCertainlyNone() throws {
        #expect(try #require(SignFlips(Array(repeating: 0, count: 9))).p == 1)
    }

    /// Of 24 equal pairs 17 up: |sum| ≥ 10, twice the binomial tail of 17 and more, 0.0639.
    @Test func beyondTwentyPairsWaysAreDrawn() throws {
        let flips = try #require(SignFlips((0..<24).map { $0 < 17 ? 1 : -1 }))
        #expect(!flips.isExact)
        let expected = try #require(Binomial(trials: 24, probability: 0.5)).upperTail(17) * 2
        #expect(abs(flips.p - expected) < 0.006, "\(flips.p), expected \(expected)")
        #expect(SignFlips((0..<24).map { $0 < 17 ? 1 : -1 }) == flips)
    }

    @Test(arguments: [Array(repeating: 1, count: 7), [], [1, 2, 3, 4, 5, 6, 7, .nan]] as [[Double]])
    func tooFewPairsAreRefused(pairs: [Double]) {
        #expect(SignFlips(pairs) == nil)
    }
}
