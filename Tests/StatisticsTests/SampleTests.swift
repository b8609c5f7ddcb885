import Foundation
import Statistics
import TestSupport
import Testing

@Suite struct SampleTests {
    @Test func figuresAgreeWithNumPyAndSciPy() throws {
        let rows = try Fixture.rows("samples.csv")
        #expect(rows.count == 5)
        for row in rows {
            let sample = try #require(Sample(row[0].split(separator: " ").compactMap { Double($0) }))
            let expected = row.dropFirst().compactMap(Double.init)
            let interval = try #require(sample.predictionInterval())
            let found = [sample.mean, try #require(sample.standardDeviation), interval.lower, interval.upper]
            for (found, expected) in try paired(found, expected) {
                #expect(relativeError(found, expected) < 1e-10, "\(row[0]): \(found), expected \(expected)")
            }
        }
    }

    @Test func noFiguresAreNoSample() {
        #expect(Sample([]) == nil)
    }

    @Test func oneFigureHasNoSpread() throws {
        let sample = try #require(Sample([0.8]))
        #expect(sample.mean == 0.8)
        #expect(sample.standardDeviation == nil)
        #expect(sample.predictionInterval() == nil)
    }

    @Test func equalFiguresHaveNoSpreadAtAll() throws {
        let sample = try #require(Sample([0.1, 0.1, 0.1]))
        #expect(sample.standardDeviation == 0)
        #expect(sample.predictionInterval()?.contains(0.1) == true)
    }

    @Test func aFigureThatIsNoNumberShows() throws {
        let sample = try #require(Sample([1, .nan, 2]))
        #expect(sample.mean.isNaN && sample.minimum.isNaN && sample.maximum.isNaN)
    }

    @Test func extremesOfASample() throws {
        let sample = try #require(Sample([3, -1, 2]))
        #expect(sample.minimum == -1 && sample.maximum == 3)
    }

    /// The bounds of the 95 % interval are as far off as 5 % of figures.
    @Test func distancesAgreeWithIntervals() throws {
        let sample = try #require(Sample([1, 2, 4, 8, 3]))
        let interval = try #require(sample.predictionInterval())
        #expect(abs(try #require(sample.probabilityOfDistance(interval.lower)) - 0.05) < 1e-9)
        #expect(abs(try #require(sample.probabilityOfDistance(interval.upper)) - 0.05) < 1e-9)
        #expect(sample.probabilityOfDistance(sample.mean) == 1)
        #expect(try #require(Sample([2, 2])).probabilityOfDistance(3) == 0)
        #expect(try #require(Sample([2])).probabilityOfDistance(3) == nil)
    }
}
