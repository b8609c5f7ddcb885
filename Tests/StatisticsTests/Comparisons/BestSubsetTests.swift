import Statistics
import Testing

@Suite struct BestSubsetTests {
    /// 0.5, 1, 1.5, 2: t = 1.25 / (s / 2) = 3.87, one-sided p = .0152 with three degrees of freedom: below .05 / 3, not below .05 / 4.
    @Test(arguments: [(2, true), (4, true), (5, false), (1, false)]) func theLevelFallsWithTheVariants(variants: Int, told: Bool) throws {
        let lead = try #require(Sample([0.5, 1, 1.5, 2])?.seedsEstimate)
        #expect(BestSubset.isToldFromBest(lead, of: variants) == told)
    }

    @Test(arguments: [[-0.5, -1, -1.5, -2], [1, 1, 1]]) func whatIsAheadOrCannotBeTestedStaysIn(leads: [Double]) throws {
        let lead = try #require(Sample(leads)?.seedsEstimate)
        #expect(!BestSubset.isToldFromBest(lead, of: 2))
    }
}
