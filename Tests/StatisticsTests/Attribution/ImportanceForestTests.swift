import Foundation
import RandomNumbers
import Statistics
import TestSupport
import Testing

@Suite struct ImportanceForestTests {
    private func points(_ domains: [ImportanceForest.Domain], count: Int) -> [[Double]] {
        var stream = RandomStream(seed: 1, stream: .resample, path: "test")
        return (0..<count).map { _ in
            domains.map { domain in
                switch domain {
                case .range(let range): range.lowerBound + stream.uniform() * (range.upperBound - range.lowerBound)
                case .categories(let count): Double(stream.integer(below: count))
                }
            }
        }
    }

    /// Categories that each have many points: every tree is the grid itself, so its shares are the grid's, whatever is drawn.
    @Test func onAGridOfCategoriesSharesAreThoseOfTheGrid() throws {
        let domains: [ImportanceForest.Domain] = [.categories(3), .categories(2), .categories(4)]
        let grid = try #require(Factorial(levels: [3, 2, 4]))
        var stream = RandomStream(seed: 2, stream: .resample, path: "cells")
        let means = (0..<grid.cells).map { _ in stream.normal() }
        let points = points(domains, count: 1500)
        let values = points.map { point in means[grid.cell(of: point.map { Int($0) }) ?? 0] }
        let forest = try #require(ImportanceForest(domains: domains, points: points, values: values, trees: 8))
        let shares = try #require(grid.shares(of: means))
        for (found, expected) in try paired(forest.shares, shares.settings) {
            #expect(abs(found.mean - expected) < 1e-9 && found.deviation < 1e-9)
        }
        for a in 0..<3 {
            for b in (a + 1)..<3 { #expect(abs(forest.share(of: a, with: b).mean - shares.pairs[a][b - a - 1]) < 1e-9) }
        }
        let first = (0..<grid.cells).filter { grid.level(of: 0, in: $0) == 2 }.map { means[$0] }
        #expect(abs(forest.marginal(of: 0, at: 2).mean - first.reduce(0, +) / 8) < 1e-9)
    }

    /// Ishigami's function: the third setting does nothing alone, much together with the first. As near to Sobol's shares as scikit-learn's trees come.
    @Test func sharesOfTreesAreThoseOfScikitLearnAndNearSobols() throws {
        let rows = try Fixture.numbers("ishigami.csv")
        #expect(rows.count == 2)
        let domains = Array(repeating: ImportanceForest.Domain.range(-.pi ... .pi), count: 3)
        let points = points(domains, count: 3000)
        let values = points.map { sin($0[0]) + 7 * sin($0[1]) * sin($0[1]) + 0.1 * pow($0[2], 4) * sin($0[0]) }
        let forest = try #require(ImportanceForest(domains: domains, points: points, values: values, trees: 24))
        let found = forest.shares.map(\.mean) + [forest.share(of: 0, with: 2).mean]
        for (row, tolerance) in [(rows[0], 0.08), (rows[1], 0.03)] {
            for (found, expected) in try paired(found, row) { #expect(abs(found - expected) < tolerance, "\(found), expected \(expected)") }
        }
    }

    /// 4 · first + second, and luck: variances 16 and 1 of twelfths. Two more settings do nothing. 300 points.
    @Test func whatMatteredInASearchOfThreeHundred() throws {
        let domains: [ImportanceForest.Domain] = [.range(0...1), .range(-3...(-1)), .range(0...1), .categories(3)]
        let points = points(domains, count: 300)
        var stream = RandomStream(seed: 3, stream: .resample, path: "luck")
        let values = points.map { 4 * $0[0] + ($0[1] + 3) / 2 + 0.05 * stream.normal() }
        let forest = try #require(ImportanceForest(domains: domains, points: points, values: values))
        let shares = forest.shares.map(\.mean)
        #expect(abs(shares[0] - 16.0 / 17) < 0.04 && abs(shares[1] - 1.0 / 17) < 0.03 && shares[2] < 0.01 && shares[3] < 0.01, "\(shares)")
        #expect(forest.shares.allSatisfy { $0.deviation > 0 && $0.deviation < 0.05 })
        // The marginal curve rises by 4 from end to end, around the mean of the second setting, 0.5.
        let curve = [0, 0.5, 1].map { forest.marginal(of: 0, at: $0).mean }
        #expect(abs(curve[0] - 0.5) < 0.3 && abs(curve[1] - 2.5) < 0.3 && abs(curve[2] - 4.5) < 0.3, "\(curve)")
        #expect(abs(forest.prediction(at: [0.5, -2, 0.5, 1]).mean - 2.5) < 0.3)

        let region = forest.bestRegion(higherIsBetter: true)
        guard case .range(let first) = region.parts[0], case .range(let third) = region.parts[2],
            case .categories(let all) = region.parts[3]
        else {
            Issue.record("parts of another kind than their settings: \(region)")
            return
        }
        #expect(first.lowerBound > 0.8 && first.upperBound > 0.98 && third.lowerBound < 0.2 && third.upperBound > 0.8 && all == [0, 1, 2])
        #expect(region.mean > 4)
        guard case .range(let least) = forest.bestRegion(higherIsBetter: false).parts[0] else { return }
        #expect(least.upperBound < 0.2)
    }

    @Test func theSamePointsGiveTheSameForest() throws {
        let domains: [ImportanceForest.Domain] = [.range(0...1), .categories(2)]
        let points = points(domains, count: 40)
        let forests = (0..<2).map { _ in ImportanceForest(domains: domains, points: points, values: points.map { $0[0] * $0[1] }) }
        #expect(forests[0]?.shares == forests[1]?.shares)
        #expect(forests[0]?.bestRegion(higherIsBetter: true) == forests[1]?.bestRegion(higherIsBetter: true))
    }

    @Test func whatCannotBeDividedIsRefused() {
        let domains: [ImportanceForest.Domain] = [.range(0...1)]
        let points = (0..<12).map { [Double($0) / 12] }
        let values = points.map { $0[0] }
        #expect(ImportanceForest(domains: domains, points: points, values: values) != nil)
        #expect(ImportanceForest(domains: domains, points: points, values: values.map { _ in 1 }) == nil)
        #expect(ImportanceForest(domains: domains, points: Array(points.prefix(9)), values: Array(values.prefix(9))) == nil)
        #expect(ImportanceForest(domains: domains, points: points.map { [$0[0] + 1] }, values: values) == nil)
        #expect(ImportanceForest(domains: [.categories(65)], points: points.map { _ in [0] }, values: values) == nil)
        #expect(ImportanceForest(domains: [.categories(2)], points: points.map { _ in [0.5] }, values: values) == nil)
    }
}
