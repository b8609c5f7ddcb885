import Statistics
import Testing

@Suite struct FoldDifferencesTests {
    /// Differences 1, 2, 3 of variance 1; a third of the rows are tested, so SE² = 1/3 + 1/2.
    @Test func theErrorIsWidenedByTheShareOfTestRows() throws {
        let estimate = try #require(FoldDifferences([1, 2, 3], testShare: 0.5)).estimate
        #expect(estimate.mean == 2 && estimate.basis == .folds && estimate.degreesOfFreedom == 2 && estimate.effectSize == 2)
        #expect(relativeError(estimate.standardError, (5.0 / 6).squareRoot()) < 1e-14)
        #expect(estimate.seedsToSettle() == (estimate.p.map { $0 <= 0.05 } == true ? .none : .unknown))
    }

    @Test func equalFoldsAreATie() throws {
        #expect(try #require(FoldDifferences([0.1, 0.1, 0.1], testShare: 0.5)).estimate.isConstant)
    }

    @Test(arguments: [([], 0.5), ([1], 0.5), ([1, .nan], 0.5), ([1, 2], 0), ([1, 2], .infinity)] as [([Double], Double)])
    func impossibleFoldsAreRefused(folds: [Double], share: Double) {
        #expect(FoldDifferences(folds, testShare: share) == nil)
    }
}
