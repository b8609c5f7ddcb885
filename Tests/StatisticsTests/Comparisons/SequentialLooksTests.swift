import Statistics
import TestSupport
import Testing

@Suite struct SequentialLooksTests {
    @Test(arguments: [
        (4, 20, [4, 6, 9, 13, 20]), (3, 5, [3, 5]), (5, 30, [5, 8, 12, 19, 30]), (10, 10, [10]), (4, 5, [4, 5]), (3, 4, [3, 4]),
        (3, 10, [3, 4, 7, 10]), (19, 20, [19, 20]),
    ]) func looksAreAGeometricRow(from: Int, to: Int, seeds: [Int]) throws {
        #expect(try #require(SequentialLooks(from: from, to: to)).looks.map(\.seeds) == seeds)
    }

    /// To the last digit by the same integral in NumPy with 4,001 points; the usual table, from simulation, says .0147 .0105 .0130 .0157 .0208.
    @Test func levelsFromFourToTwenty() throws {
        let levels = try #require(SequentialLooks(from: 4, to: 20)).looks.map(\.level)
        let expected = [0.01476972645601738, 0.010649340224035297, 0.013078241904460428, 0.015693160292317945, 0.02089580808709881]
        for (found, expected) in try paired(levels, expected) { #expect(relativeError(found, expected) < 1e-8) }
        for (found, table) in try paired(levels, [0.0147, 0.0105, 0.0130, 0.0157, 0.0208]) { #expect(abs(found - table) < 0.00015) }
    }

    /// Eight million drawn paths: good to 2 % of a level.
    @Test func levelsAgreeWithDrawnPaths() throws {
        let rows = try Fixture.rows("looks.csv")
        #expect(rows.count == 4)
        for row in rows {
            let seeds = row[0].split(separator: " ").compactMap { Int($0) }
            let looks = try #require(SequentialLooks(from: seeds[0], to: seeds[seeds.count - 1])).looks
            #expect(looks.map(\.seeds) == seeds)
            for (look, expected) in try paired(looks, row[1].split(separator: " ").compactMap { Double($0) }) {
                #expect(relativeError(look.level, expected) < 0.02, "\(row[0]): \(look)")
            }
        }
    }

    @Test func oneLookHasTheWholeLevel() throws {
        #expect(relativeError(try #require(SequentialLooks(from: 10, to: 10)).looks[0].level, 0.05) < 1e-9)
        #expect(relativeError(try #require(SequentialLooks(from: 10, to: 10, level: 0.01)).looks[0].level, 0.01) < 1e-9)
    }

    @Test func looksThatAreCloseSpendNoMoreThanTheLevel() throws {
        for (from, to) in [(19, 20), (99, 100), (999, 1000), (3, 1000)] {
            let looks = try #require(SequentialLooks(from: from, to: to)).looks
            #expect(looks.allSatisfy { $0.level > 0 && $0.level <= 0.05 }, "\(looks)")
        }
    }

    @Test func theNextAndTheLatestLook() throws {
        let looks = try #require(SequentialLooks(from: 4, to: 20))
        #expect(looks.next(after: 0)?.seeds == 4 && looks.next(after: 4)?.seeds == 6 && looks.next(after: 20) == nil)
        #expect(looks.latest(with: 3) == nil && looks.latest(with: 8)?.seeds == 6 && looks.latest(with: 30)?.seeds == 20)
    }

    @Test(arguments: [(2, 5, 0.05), (5, 4, 0.05), (4, 20, 0), (4, 20, 1)]) func impossibleOnesAreRefused(from: Int, to: Int, level: Double)
    {
        #expect(SequentialLooks(from: from, to: to, level: level) == nil)
    }
}
