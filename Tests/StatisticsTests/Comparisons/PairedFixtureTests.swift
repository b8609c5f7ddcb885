import Statistics
import TestSupport
import Testing

/// What SciPy and statsmodels say of the same figures.
@Suite struct PairedFixtureTests {
    @Test func theTwoWayAnalysisAgreesWithStatsmodels() throws {
        let rows = try Fixture.rows("two_way.csv")
        #expect(rows.count == 4)
        for row in rows {
            let seeds = try #require(Int(row[0]))
            let values = numbers(row[1])
            let examples = values.count / seeds
            let estimate = try #require(PairedDifferences((0..<seeds).map { Array(values[$0 * examples..<($0 + 1) * examples]) })).estimate
            let interval = try #require(estimate.interval())
            let p = try #require(estimate.p)
            let found = [estimate.mean, estimate.standardError, estimate.degreesOfFreedom, interval.lower, interval.upper, p]
            for (found, expected) in try paired(found, row.dropFirst(2).compactMap(Double.init)) {
                #expect(relativeError(found, expected) < 1e-9, "\(seeds) × \(examples): \(found), expected \(expected)")
            }
        }
    }

    @Test func testsOfPairsAgreeWithSciPyAndStatsmodels() throws {
        let rows = try Fixture.rows("paired_tests.csv")
        #expect(rows.count == 4)
        for row in rows {
            let values = numbers(row[0])
            let expected = row.dropFirst().compactMap(Double.init)
            let estimate = try #require(Sample(values)?.seedsEstimate)
            #expect(relativeError(try #require(estimate.p), expected[0]) < 1e-9)
            // The larger p of two one-sided tests is the level from which on the interval of 1 − 2 · level lies within the margin.
            for (level, isWithin) in [(expected[1] * (1 + 1e-9), true), (expected[1] * (1 - 1e-9), false)] {
                let interval = try #require(estimate.interval(confidence: 1 - 2 * level))
                #expect((interval.lower > -expected[2] && interval.upper < expected[2]) == isWithin)
            }
            let flips = try #require(SignFlips(values))
            #expect(flips.isExact && relativeError(flips.p, expected[3]) < 1e-12, "\(row[0]): \(flips.p)")
        }
    }

    @Test func holmsValuesAgreeWithStatsmodels() throws {
        let rows = try Fixture.rows("holm.csv")
        #expect(rows.count == 5)
        for row in rows {
            for (found, expected) in try paired(Holm.adjusted(numbers(row[0])), numbers(row[1])) {
                #expect(relativeError(try #require(found), expected) < 1e-12)
            }
        }
    }

    /// The area from counts of pairs in the right order; without an example its own pairs are missing.
    @Test func pseudoValuesOfAreasAgreeWithSciPy() throws {
        let rows = try Fixture.rows("pseudo_values.csv")
        #expect(rows.count == 2)
        for row in rows {
            let (scores, positive) = (numbers(row[0]), numbers(row[1]).map { $0 == 1 })
            func area(without left: Int?) -> Double {
                let places = scores.indices.filter { $0 != left }
                let pairs = places.filter { positive[$0] }.flatMap { p in places.filter { !positive[$0] }.map { (p, $0) } }
                return pairs.reduce(0) { $0 + (scores[$1.0] > scores[$1.1] ? 1 : scores[$1.0] == scores[$1.1] ? 0.5 : 0) }
                    / Double(pairs.count)
            }
            let values = Jackknife.pseudoValues(figure: area(without: nil), leavingOut: scores.indices.map { area(without: $0) })
            #expect(relativeError(area(without: nil), try #require(Double(row[2]))) < 1e-12)
            for (found, expected) in try paired(values, numbers(row[3])) { #expect(abs(found - expected) < 1e-9) }
        }
    }

    private func numbers(_ list: String) -> [Double] { list.split(separator: " ").compactMap { Double($0) } }
}
