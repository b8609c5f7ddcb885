import Statistics
import Testing

@Suite struct PairedDifferencesTests {
    /// By hand: means of seeds 3/4, 1/2, 2; of examples 1, 1, 0, 7/3; MS_S = 4 · 31/48 = 31/12, MS_I = 3 · 11/12 = 11/4, MS_E = 1.5 / 6 = 1/4, I = 5/2.
    @Test func bothPartsAreThoseWorkedByHand() throws {
        let estimate = try #require(PairedDifferences([[1, 0, 0, 2], [0, 1, -1, 2], [2, 2, 1, 3]])).estimate
        #expect(estimate.basis == .seedsAndExamples && estimate.seeds == 3 && estimate.examples == 4)
        #expect(relativeError(estimate.mean, 13.0 / 12) < 1e-14)
        #expect(relativeError(estimate.standardError * estimate.standardError, 61.0 / 144) < 1e-14)
        #expect(relativeError(try #require(estimate.seedsPart), 31.0 / 144) < 1e-14)
        #expect(relativeError(try #require(estimate.examplesPart), 30.0 / 144) < 1e-14)
        let degrees = (61.0 * 61 / 144) / (31.0 * 31 / 144 / 2 + 121.0 / 16 / 3 + 1.0 / 16 / 6)
        #expect(relativeError(estimate.degreesOfFreedom, degrees) < 1e-14)
        // By SciPy's quantiles for these degrees of freedom.
        #expect(relativeError(try #require(estimate.interval()).upper - estimate.mean, 1.7435871184340979) < 1e-10)
        #expect(relativeError(try #require(estimate.p), 0.16477243202702563) < 1e-10)
        #expect(relativeError(try #require(estimate.smallestDetectable()), 2.3495649806051198) < 1e-10)
        #expect(relativeError(try #require(estimate.effectSize), 13.0 / 12 / (31.0 / 48).squareRoot()) < 1e-14)
        #expect(!estimate.needsExamplesRatherThanSeeds)
    }

    /// Seeds that are copies of each other leave the paired t test over examples: differences 0, 1, 2 of variance 1, over 3.
    @Test(arguments: [1, 2, 3, 5]) func equalSeedsLeaveTheLuckOfExamples(seeds: Int) throws {
        let estimate = try #require(PairedDifferences(Array(repeating: [0, 1, 2], count: seeds))).estimate
        #expect(estimate.basis == (seeds > 2 ? .seedsAndExamples : .examples))
        #expect(estimate.mean == 1 && relativeError(estimate.standardError, (1.0 / 3).squareRoot()) < 1e-14)
        #expect(abs(estimate.degreesOfFreedom - 2) < 1e-12)
        #expect(estimate.seedsPart == (seeds > 2 ? 0 : nil))
        #expect(estimate.needsExamplesRatherThanSeeds == (seeds > 2))
    }

    @Test func examplesThatAreAlikeLeaveTheLuckOfSeeds() throws {
        let estimate = try #require(PairedDifferences([[1, 1], [2, 2], [6, 6]])).estimate
        let seeds = try #require(Sample([1, 2, 6])?.seedsEstimate)
        #expect(estimate.mean == seeds.mean && relativeError(estimate.standardError, seeds.standardError) < 1e-14)
        #expect(relativeError(estimate.degreesOfFreedom, seeds.degreesOfFreedom) < 1e-12)
        #expect(estimate.examplesPart == 0)
        #expect(try #require(PairedDifferences([[1], [2], [6]])).estimate == seeds)
    }

    /// One error of 0.1 in a sum of tenths would do to make a spread out of nothing.
    @Test(arguments: [0, 0.1, -1]) func equalDifferencesAreNeverDividedBy(difference: Double) throws {
        for seeds in [1, 2, 3, 7] {
            let rows = Array(repeating: Array(repeating: difference, count: 11), count: seeds)
            let estimate = try #require(PairedDifferences(rows)).estimate
            #expect(estimate.isConstant && abs(estimate.mean - difference) < 1e-15)
            #expect(estimate.p == nil && estimate.interval() == nil && estimate.smallestDetectable() == nil && estimate.effectSize == nil)
            #expect(estimate.seedsToSettle() == .unknown)
        }
    }

    /// Means of 1/24 round differently in sums of several, which is no spread over seeds.
    @Test(arguments: 3...9) func equalMeansOfSeedsHaveNoEffectSize(seeds: Int) throws {
        for examples in [24, 49, 1000] {
            let rows = (0..<seeds).map { seed in (0..<examples).map { $0 == seed ? -1.0 : 0 } }
            let estimate = try #require(PairedDifferences(rows)).estimate
            #expect(estimate.deviation == 0 && estimate.effectSize == nil)
        }
    }

    /// As many hits in every seed, on other examples: that is no certainty.
    @Test func equalMeansOfUnequalDifferencesAreNoTie() throws {
        let estimate = try #require(PairedDifferences([[1, 0, 0], [0, 1, 0], [0, 0, 1]])).estimate
        // MS_E = 9 · mean of squares of (2/3, −1/3, −1/3) over 4 = 2/4.
        #expect(!estimate.isConstant && relativeError(estimate.standardError, (0.5 / 9).squareRoot()) < 1e-14)
        #expect(abs(estimate.degreesOfFreedom - 4) < 1e-12)
    }

    /// Four more hits of 400 in every seed, on changing examples: their means differ by rounding, which is no knowledge of the luck of seeds.
    @Test func equalCountsOnChangingExamplesAreNoCertainty() throws {
        let rows = (0..<5).map { seed in
            (0..<400).map { place in (place + 7 * seed) % 50 == 0 ? 1.0 : (place + 11 * seed) % 100 == 1 ? -1.0 : 0 }
        }
        #expect(Set(rows.map { $0.reduce(0, +) }) == [4])
        let estimate = try #require(PairedDifferences(rows)).estimate
        #expect(estimate.standardError > 0.002 && (estimate.p ?? 0) > 0.001, "\(estimate)")
    }

    @Test(arguments: [[], [[]], [[1]], [[1, 2], [1]], [[1, .nan]], [[1, 2], [.infinity, 3]]] as [[[Double]]])
    func incompleteDifferencesAreRefused(rows: [[Double]]) {
        #expect(PairedDifferences(rows) == nil)
    }

    // MARK: - Seeds alone

    /// scipy.stats.ttest_1samp([0.01, 0.03, 0.02, 0.05], 0): mean 0.0275, s = 0.01707825, t = 3.2205, p = 0.04857.
    @Test func seedsAloneAreThePairedTTest() throws {
        let estimate = try #require(Sample([0.01, 0.03, 0.02, 0.05])?.seedsEstimate)
        #expect(estimate.basis == .seeds && estimate.degreesOfFreedom == 3 && estimate.examples == nil)
        #expect(relativeError(estimate.standardError, 0.008539125638299666) < 1e-12)
        #expect(relativeError(try #require(estimate.p), 0.048566856559801044) < 1e-9)
        #expect(Sample([1])?.seedsEstimate == nil && Sample([1, .nan])?.seedsEstimate == nil)
        #expect(try #require(Sample([0.1, 0.1, 0.1])?.seedsEstimate).isConstant)
    }

    // MARK: - More seeds

    /// Standard deviation 1 over seeds, the mean 0.5: (t.975 + t.80) · 1 / √n ≤ 0.5 first at 34, as G*Power says of d_z = 0.5 (33.4).
    @Test func seedsThatWouldSettleIt() throws {
        let spread = (2.0 / 3).squareRoot()
        let estimate = try #require(
            Sample([0.5 - spread, 0.5 + spread, 0.5 - spread, 0.5 + spread].map { ($0 - 0.5) * 1.0606601717798212 + 0.5 })?.seedsEstimate)
        #expect(relativeError(try #require(estimate.deviation), 1) < 1e-9)
        #expect(estimate.seedsToSettle() == .seeds(34))
        #expect(estimate.seedsToSettle(most: 20) == .moreThan(20))
        #expect(try #require(Sample([1, 1.1, 0.9])?.seedsEstimate).seedsToSettle() == .none)
        #expect(try #require(Sample([1, -1])?.seedsEstimate).seedsToSettle() == .unknown)
    }

    @Test func whereExamplesKeepItOpenNoSeedsAreAskedFor() throws {
        let estimate = try #require(PairedDifferences(Array(repeating: [-1, 0, 1, 1], count: 4))).estimate
        #expect(estimate.seedsToSettle() == .examples)
        #expect(try #require(PairedDifferences([[-1, 0, 1, 1]])).estimate.seedsToSettle() == .unknown)
    }
}
