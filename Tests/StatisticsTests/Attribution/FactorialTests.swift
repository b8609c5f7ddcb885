import Statistics
import TestSupport
import Testing

@Suite struct FactorialTests {
    /// Two settings of two levels: cells 1, 2, 3, 8 in the order 00, 01, 10, 11.
    @Test func effectsOfAGridOfFourAreThoseWorkedByHand() throws {
        let grid = try #require(Factorial(levels: [2, 2]))
        func value(_ weights: [Double]) -> Double { zip(weights, [1, 2, 3, 8]).reduce(0) { $0 + $1.0 * $1.1 } }
        #expect(value(grid.effect(of: .init(of: 0, to: 1))) == 4)
        #expect(value(grid.effect(of: .init(of: 1, to: 1))) == 3)
        #expect(value(grid.effect(of: .init(of: 1, from: 1, to: 0))) == -3)
        // (8 − 2) − (3 − 1)
        #expect(value(grid.interaction(of: .init(of: 0, to: 1), with: .init(of: 1, to: 1))) == 4)
        #expect(value(grid.interaction(of: .init(of: 0, to: 1), with: .init(of: 1, from: 1, to: 0))) == -4)
        // Beside a third setting that does nothing: means over it.
        let three = try #require(Factorial(levels: [2, 2, 3]))
        let weights = three.interaction(of: .init(of: 0, to: 1), with: .init(of: 1, to: 1))
        #expect(abs(zip(weights, [1.0, 2, 3, 8].flatMap { [$0, $0, $0] }).reduce(0) { $0 + $1.0 * $1.1 } - 4) < 1e-14)
        // Around the mean 3.5: halves ±2 and ±1.5, the rest ±1; squares 4, 2.25, 1 of 7.25.
        let shares = try #require(grid.shares(of: [1, 2, 3, 8]))
        #expect(abs(shares.settings[0] - 4 / 7.25) < 1e-14 && abs(shares.settings[1] - 2.25 / 7.25) < 1e-14)
        #expect(abs(shares.pairs[0][0] - 1 / 7.25) < 1e-14 && shares.rest < 1e-14)
    }

    @Test func cellsCountTheLastSettingFastest() throws {
        let grid = try #require(Factorial(levels: [2, 3, 2]))
        #expect(grid.cells == 12 && grid.cell(of: [1, 2, 0]) == 10 && grid.cell(of: [0, 3, 0]) == nil && grid.cell(of: [0]) == nil)
        #expect((0..<3).map { grid.level(of: $0, in: 10) } == [1, 2, 0])
        #expect(Factorial(levels: []) == nil && Factorial(levels: [2, 1]) == nil)
    }

    @Test func sharesAgreeWithStatsmodels() throws {
        let rows = try Fixture.rows("factorial.csv")
        #expect(rows.count == 3)
        func numbers(_ list: String) -> [Double] { list.split(separator: " ").compactMap { Double($0) } }
        for row in rows {
            let grid = try #require(Factorial(levels: numbers(row[0]).map { Int($0) }))
            let shares = try #require(grid.shares(of: numbers(row[1])))
            let found = shares.settings + shares.pairs.joined()
            for (found, expected) in try paired(found, numbers(row[2]) + numbers(row[3])) {
                #expect(abs(found - expected) < 1e-9, "\(row[0]): \(found), expected \(expected)")
            }
            #expect(abs(found.reduce(shares.rest, +) - 1) < 1e-12)
        }
    }

    @Test func equalCellsHaveNoShares() throws {
        let grid = try #require(Factorial(levels: [2, 2]))
        #expect(
            grid.shares(of: [0.1, 0.1, 0.1, 0.1]) == nil && grid.shares(of: [1, 2, 3]) == nil && grid.shares(of: [1, 2, 3, .nan]) == nil)
    }

    /// A contrast of two cells is their paired difference.
    @Test func contrastsGeneraliseDifferences() throws {
        let cells = [[[1.0, 2, 4], [2, 2, 3], [0, 5, 1]], [[2, 2, 5], [2, 4, 3], [1, 5, 3]], [[9, 9, 9], [9, 9, 9], [9, 9, 9]]]
        let plain = try #require(PairedDifferences(zip(cells[1], cells[0]).map { zip($0, $1).map { $0 - $1 } })).estimate
        #expect(try #require(PairedDifferences(contrast: [-1, 1, 0], of: cells)).estimate == plain)
        #expect(PairedDifferences(contrast: [1, -1], of: cells) == nil)
        #expect(PairedDifferences(contrast: [1, -1], of: [cells[0], [[1], [2], [3]]]) == nil)
        #expect(Sample(contrast: [0.5, 0.5, -1], of: [[1, 2], [3, 4], [1, 1]])?.values == [1, 2])
        #expect(Sample(contrast: [1, -1], of: [[1, 2], [3]]) == nil)
    }
}
