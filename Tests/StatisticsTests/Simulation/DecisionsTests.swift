import RandomNumbers
import Statistics
import Testing

/// How often a difference is declared between equals.
@Suite struct DecisionsTests {
    /// Six variants beside a baseline, all equal: any of them declared better, or better or worse, by Holm's procedure.
    @Test(arguments: CoverageTests.sizes) func familiesOfComparisons(seeds: Int, examples: Int) {
        var better = 0
        let share = Simulation.share("six comparisons, any difference, \(seeds) seeds, \(examples) rows") { stream in
            let declared = declarations(equals(7, seeds: seeds, examples: examples, &stream))
            if declared.contains(where: { $0.mean > 0 }) { better += 1 }
            return !declared.isEmpty
        }
        Simulation.tell("six comparisons, better, \(seeds) seeds, \(examples) rows: \(Double(better) / Double(Simulation.count))")
        #expect(Double(better) / Double(Simulation.count) <= 0.055 + Simulation.slack(0.055))
        #expect(share <= 0.055 + Simulation.slack(0.055), "\(share)")
    }

    /// The same where seeds bring three times the luck. By Satterthwaite's degrees of freedom it would be .16 to .17 with three seeds and .08 with five.
    @Test(arguments: CoverageTests.sizes) func familiesWithMoreLuckOfSeeds(seeds: Int, examples: Int) {
        let share = Simulation.share("six comparisons, any difference, more luck of seeds, \(seeds) seeds, \(examples) rows") { stream in
            !declarations(equals(7, .moreOfSeeds, seeds: seeds, examples: examples, &stream)).isEmpty
        }
        #expect(share <= 0.06 + Simulation.slack(0.06), "\(share)")
    }

    /// The truly best, here one of equals, is among those that cannot be told from the best-looking one.
    @Test(arguments: [2, 7, 30], [3, 5, 10]) func theBestIsAmongThoseNotToldFromIt(variants: Int, seeds: Int) {
        let share = Simulation.share("\(variants) equal variants, one left out, \(seeds) seeds, 200 rows") { stream in
            let figures = equals(variants, seeds: seeds, examples: 200, &stream)
            let means = figures.map { $0.reduce(0) { $0 + $1.reduce(0, +) } }
            guard let top = means.indices.max(by: { means[$0] < means[$1] }), top != 0, let lead = difference(figures[top], figures[0])
            else { return false }
            return BestSubset.isToldFromBest(lead, of: variants)
        }
        #expect(share <= 0.055 + Simulation.slack(0.055), "\(share)")
    }

    /// Seeds are added from 4 to 20 until a difference is declared.
    @Test(arguments: [200, 1000]) func looksAtEquals(examples: Int) throws {
        let looks = try #require(SequentialLooks(from: 4, to: 20))
        for luck in [Luck.alike, .moreOfSeeds, .moreOfExamples] {
            let share = Simulation.share("looks from 4 to 20, \(luck), \(examples) rows") { stream in
                let differences = luck.figures(seeds: 20, examples: examples, &stream)
                return looks.looks.contains { look in
                    (PairedDifferences(Array(differences.prefix(look.seeds)))?.estimate.cautiousP ?? 1) <= look.level
                }
            }
            #expect(share <= 0.06 + Simulation.slack(0.06), "\(share)")
        }
    }

    /// By the luck of seeds alone: between equals, and where the difference is 0.8 standard deviations.
    @Test(arguments: [0, 0.8]) func looksAtSeedsAlone(effect: Double) throws {
        let looks = try #require(SequentialLooks(from: 4, to: 20))
        var used = 0
        let share = Simulation.share("looks from 4 to 20, seeds alone, effect \(effect)") { stream in
            let differences = (0..<20).map { _ in effect + stream.normal() }
            let ended = looks.looks.first { (Sample(Array(differences.prefix($0.seeds)))?.seedsEstimate?.p ?? 1) <= $0.level }
            used += ended?.seeds ?? 20
            return ended != nil
        }
        Simulation.tell("looks from 4 to 20, seeds alone, effect \(effect), seeds used: \(Double(used) / Double(Simulation.count))")
        if effect == 0 {
            #expect(share <= 0.06 + Simulation.slack(0.06), "\(share)")
        } else {
            #expect(share >= 0.84 - Simulation.slack(0.84), "\(share)")
        }
    }

    /// Two least squares fits on one of two inputs that tell as much: equal on fresh rows. A heuristic has no promised share; it is printed, and far from useless.
    @Test(arguments: [5, 10]) func foldsOfEquals(folds: Int) {
        for rows in [100, 500] {
            let share = Simulation.share("\(folds) folds of \(rows) rows, any difference") { stream in
                let inputs = (0..<2).map { _ in (0..<rows).map { _ in stream.normal() } }
                let targets = (0..<rows).map { inputs[0][$0] + inputs[1][$0] + stream.normal() }
                let differences = (0..<folds).map { fold in
                    let errors = inputs.map { input in heldOutError(input, targets, fold: fold, of: folds) }
                    return errors[0] - errors[1]
                }
                return (FoldDifferences(differences, testShare: 1 / Double(folds - 1))?.estimate.p ?? 1) <= 0.05
            }
            #expect(share < 0.1 + Simulation.slack(0.1), "\(share)")
        }
    }

    /// How much too good the best of equal variants looks on 1,000 rows, and how much is left of it.
    @Test(arguments: [20, 200]) func theBestOfMany(variants: Int) throws {
        let experiments = max(Simulation.count / 100, 10)
        var (plain, corrected) = (0.0, 0.0)
        for experiment in 0..<experiments {
            var stream = RandomStream(seed: experiment, stream: .resample, path: "best of \(variants)")
            let ease = (0..<1000).map { _ in stream.normal() }
            let truth = ease.reduce(0) { $0 + StandardNormal.upperTail(-1.5 - $1) } / 1000
            let scores = (0..<variants).map { _ in ease.map { $0 + stream.normal() > -1.5 ? 1.0 : 0 } }
            let best = try #require(BestOfMany(scores: scores, higherIsBetter: true, draws: 200))
            plain += (best.plain - truth) / Double(experiments)
            corrected += (best.corrected - truth) / Double(experiments)
        }
        Simulation.tell("best of \(variants): \(100 * plain) points too good, corrected \(100 * corrected)")
        #expect(plain > 0.01 && abs(corrected) < 0.004, "\(plain), corrected \(corrected)")
    }

    // MARK: - Figures

    /// Equal variants, [variant][seed][example].
    private func equals(_ variants: Int, _ luck: Luck = .alike, seeds: Int, examples: Int, _ stream: inout RandomStream) -> [[[Double]]] {
        (0..<variants).map { _ in luck.figures(seeds: seeds, examples: examples, &stream) }
    }

    /// The differences from the first variant that Holm's procedure declares.
    private func declarations(_ variants: [[[Double]]]) -> [DifferenceEstimate] {
        let estimates = variants.dropFirst().compactMap { difference($0, variants[0]) }
        return zip(estimates, Holm.adjusted(estimates.map(\.cautiousP))).filter { ($0.1 ?? 1) <= 0.05 }.map(\.0)
    }

    private func difference(_ a: [[Double]], _ b: [[Double]]) -> DifferenceEstimate? {
        PairedDifferences(zip(a, b).map { zip($0, $1).map { $0 - $1 } })?.estimate
    }

    /// The mean square error on the rows of a fold of the line through 0 fitted on all others.
    private func heldOutError(_ input: [Double], _ targets: [Double], fold: Int, of folds: Int) -> Double {
        var (products, squares) = (0.0, 0.0)
        for row in input.indices where row % folds != fold {
            products += input[row] * targets[row]
            squares += input[row] * input[row]
        }
        let slope = products / squares
        var (error, count) = (0.0, 0.0)
        for row in input.indices where row % folds == fold {
            error += (targets[row] - slope * input[row]) * (targets[row] - slope * input[row])
            count += 1
        }
        return error / count
    }
}
