import Experiments
import Foundation
import Reports
import Settings
import Statistics
import TestSupport
import Testing

/// Which comparisons get more seeds, from made-up differences of seeds and examples.
@Suite struct SeedReviewTests {
    private static let growth = SeedGrowth(from: 4, to: 20)
    private static let levels = LookLevels(growth)

    /// Differences of a variant: `mean`, and luck of seeds and of examples of these sizes.
    private struct Luck {
        var mean = 0.0
        var seeds = 0.0
        var examples = 0.0
        var noise = 0.0
    }

    private static func table(_ luck: Luck, _ stream: inout SeededNumbers, rows: Int = 40) -> [[Double]] {
        let ofRows = (0..<rows).map { _ in luck.examples * stream.normal() }
        return (0..<20).map { _ in
            let ofSeed = luck.mean + luck.seeds * stream.normal()
            return ofRows.map { ofSeed + $0 + luck.noise * stream.normal() }
        }
    }

    private static func tables(_ lucks: [Luck], seed: Int = 1) -> [[[Double]]] {
        var stream = SeededNumbers(seed: seed)
        return lucks.map { table($0, &stream) }
    }

    /// The review where every variant has its first `finished` seeds.
    private static func review(_ tables: [[[Double]]], finished: Int = 20, margin: Double? = nil) -> SeedReview {
        SeedReview(
            growth, levels: levels, variants: tables.count + 1, goal: .maximize, margin: margin, isWhole: { $1 <= finished },
            estimate: { variant, seeds in PairedDifferences(Array(tables[variant - 1].prefix(seeds)))?.estimate })
    }

    @Test func aLargeDifferenceEndsAtTheFirstLookAndASmallOneGoesOn() {
        let review = Self.review(
            Self.tables([
                Luck(mean: 1, seeds: 0.05, noise: 0.1), Luck(mean: -1, seeds: 0.05, noise: 0.1), Luck(mean: 0.02, seeds: 0.1, noise: 0.1),
            ]),
            finished: 4)
        #expect(review.standings.map(\.ending) == [nil, .better, .worse, nil])
        #expect(review.standings.map(\.seeds) == [nil, 4, 4, 4])
        // The baseline goes on with the open one, as its pair.
        #expect(review.counts == [6, 4, 4, 6])
        #expect(review.next == 6 && review.open == [3])
        #expect(review.looks == [4, 6, 9, 13, 20])
    }

    @Test func aLookWaitsForAllRunsOfTheOpenOnes() {
        let review = Self.review(Self.tables([Luck(seeds: 1)]), finished: 3)
        #expect(review.standings.allSatisfy { $0.seeds == nil && $0.ending == nil })
        #expect(review.counts == [4, 4] && review.next == 4)
    }

    @Test func luckOfExamplesEndsItForGood() {
        let review = Self.review(Self.tables([Luck(mean: 0.01, seeds: 0.001, examples: 1, noise: 0.1)]))
        #expect(review.standings[1].ending == .examples && review.standings[1].seeds == 4)
        #expect(review.counts == [4, 4] && review.next == nil)
    }

    @Test func differencesWithinTheMarginEnd() {
        let tables = Self.tables([Luck(seeds: 0.001, noise: 0.001)])
        #expect(Self.review(tables, margin: 0.1).standings[1].ending == .same)
        #expect(Self.review(tables, margin: 0.1).counts == [4, 4])
    }

    @Test func equalRunsAreIdenticalAndVariantsWithoutFigureEndUnjudged() {
        let tables = [[[Double]](repeating: [Double](repeating: 0, count: 40), count: 20)]
        #expect(Self.review(tables).standings[1].ending == .identical)
        let without = SeedReview(
            Self.growth, levels: Self.levels, variants: 2, goal: .maximize, margin: nil, isWhole: { _, _ in true },
            estimate: { _, _ in nil })
        #expect(without.standings[1].ending == .unjudged && without.counts == [20, 20])
    }

    /// What is finished beyond a look changes nothing of what it found.
    @Test(arguments: 1...20) func laterRunsDoNotChangeALook(seed: Int) {
        let lucks = (0..<4).map { Luck(mean: 0.2 * Double($0), seeds: 0.3, examples: 0.3, noise: 0.5) }
        let tables = Self.tables(lucks, seed: seed)
        let whole = Self.review(tables)
        for finished in 4...20 {
            let part = Self.review(tables, finished: finished)
            for (one, other) in zip(part.standings, whole.standings) where one.ending != nil {
                #expect(one.ending == other.ending && one.seeds == other.seeds)
            }
            #expect(part.next == nil || part.next ?? 0 > finished)
            #expect(zip(part.counts, whole.counts).allSatisfy { $0 <= $1 })
        }
    }

    /// Equal variants, luck of seeds and examples: how often any of them is called better or worse, over all looks. At most .06; in the short form three
    /// standard errors more. `ABLATE_SIMULATIONS=10000` makes as many, and prints the share.
    @Test(arguments: [1, 4]) func equalsAreSeldomCalledBetterOrWorse(variants: Int) {
        let asked = ProcessInfo.processInfo.environment["ABLATE_SIMULATIONS"].flatMap { Int($0) }
        let experiments = asked ?? 1500
        let wrong = (0..<experiments).count { experiment in
            let lucks = [Luck](repeating: Luck(seeds: 0.3, examples: 0.3, noise: 1), count: variants)
            return Self.review(Self.tables(lucks, seed: experiment)).standings.contains { $0.ending == .better || $0.ending == .worse }
        }
        let share = Double(wrong) / Double(experiments)
        if asked != nil { print("simulated  seeds added from 4 to 20 by the built rule, \(variants + 1) equal variants: \(share)") }
        #expect(share <= 0.06 + (experiments < 10_000 ? 3 * (0.06 * 0.94 / Double(experiments)).squareRoot() : 0))
        #expect(share > 0.01)
    }
}

extension SeededNumbers {
    /// Normal, by Box and Muller.
    fileprivate mutating func normal() -> Double {
        (-2 * log(Double.random(in: 1e-12...1, using: &self))).squareRoot() * cos(2 * .pi * Double.random(in: 0...1, using: &self))
    }
}
