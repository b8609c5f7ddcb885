import Foundation
import RandomNumbers
import Statistics
import Testing

/// Intervals for figures that are no means over examples, from pseudo-values: area under the curve, F1 and root mean square error.
@Suite struct JackknifeCoverageTests {
    @Test(arguments: CoverageTests.sizes) func areasUnderTheCurve(seeds: Int, examples: Int) {
        expectCovered("AUC", seeds: seeds, examples: examples, truth: Scores.area(0) - Scores.area(1)) { positive, scores in
            areaPseudoValues(scores, positive)
        }
    }

    @Test(arguments: CoverageTests.sizes) func f1(seeds: Int, examples: Int) {
        expectCovered("F1", seeds: seeds, examples: examples, truth: Scores.f1Difference) { positive, scores in
            let predicted = scores.map { $0 > Scores.threshold }
            var (hits, errors) = (0.0, 0.0)
            for (truth, said) in zip(positive, predicted) { if truth && said { hits += 1 } else if truth != said { errors += 1 } }
            let without = zip(positive, predicted).map { truth, said in
                let (hits, errors) = (hits - (truth && said ? 1 : 0), errors - (truth != said ? 1 : 0))
                return 2 * hits / (2 * hits + errors)
            }
            return Jackknife.pseudoValues(figure: 2 * hits / (2 * hits + errors), leavingOut: without)
        }
    }

    @Test(arguments: CoverageTests.sizes) func rootMeanSquareErrors(seeds: Int, examples: Int) {
        let share = Simulation.share("RMSE, \(seeds) seeds, \(examples) rows") { stream in
            let shared = (0..<examples).map { _ in stream.normal() }
            let variants = Scores.errorScales.map { scale in
                let own = shared.map { $0 + 0.4 * stream.normal() }
                return (0..<seeds).map { _ in
                    let scale = scale + Scores.errorSpread * stream.normal()
                    let squares = own.map { pow(scale * $0 + 0.4 * stream.normal(), 2) }
                    let sum = squares.reduce(0, +)
                    return Jackknife.pseudoValues(
                        figure: (sum / Double(examples)).squareRoot(),
                        leavingOut: squares.map { ((sum - $0) / Double(examples - 1)).squareRoot() })
                }
            }
            return holds(variants, Scores.rootDifference)
        }
        expectCovered(share, seeds: seeds)
    }

    private func expectCovered(
        _ name: String, seeds: Int, examples: Int, truth: Double, _ pseudoValues: ([Bool], [Double]) -> [Double]
    ) {
        let share = Simulation.share("\(name), \(seeds) seeds, \(examples) rows") { stream in
            let (positive, scores) = Scores.draw(seeds: seeds, examples: examples, &stream)
            return holds(scores.map { $0.map { pseudoValues(positive, $0) } }, truth)
        }
        expectCovered(share, seeds: seeds)
    }

    private func holds(_ variants: [[[Double]]], _ truth: Double) -> Bool {
        let differences = zip(variants[0], variants[1]).map { zip($0, $1).map { $0 - $1 } }
        return PairedDifferences(differences)?.estimate.interval()?.contains(truth) ?? false
    }

    private func expectCovered(_ share: Double, seeds: Int) {
        let least = seeds >= 5 ? 0.94 : 0.925
        #expect(share >= least - Simulation.slack(least) && share <= 0.96 + Simulation.slack(0.96), "\(share)")
    }

    /// Leaving out an example takes its pairs away: for a positive one the negatives below it, for a negative one the positives above.
    private func areaPseudoValues(_ scores: [Double], _ positive: [Bool]) -> [Double] {
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        let positives = Double(positive.count { $0 })
        let negatives = Double(scores.count) - positives
        var pairs = [Double](repeating: 0, count: scores.count)
        var (below, positivesBelow) = (0.0, 0.0)
        var right = 0.0
        for place in order {
            if positive[place] {
                pairs[place] = below
                right += below
                positivesBelow += 1
            } else {
                pairs[place] = positives - positivesBelow
                below += 1
            }
        }
        let without = scores.indices.map { place in
            (right - pairs[place]) / (positive[place] ? (positives - 1) * negatives : positives * (negatives - 1))
        }
        return Jackknife.pseudoValues(figure: right / (positives * negatives), leavingOut: without)
    }
}

/// Two variants' scores of positive and negative examples: quality · class + luck, each seed with a quality and a shift of its own.
private enum Scores {
    static let threshold = 1.2
    static let errorScales = [1, 1.05]
    static let errorSpread = 0.03
    private static let qualities = [1.8, 2.0]
    private static let seedSpread = 0.1
    private static let positives = 0.3
    /// Variance of an example's score: of its ease, of the variant's luck with it, of the rest.
    private static let variance = 1 + 0.25 + 0.36

    static func draw(seeds: Int, examples: Int, _ stream: inout RandomStream) -> (positive: [Bool], scores: [[[Double]]]) {
        let positive = (0..<examples).map { _ in stream.uniform() < positives }
        let ease = (0..<examples).map { _ in stream.normal() }
        let scores = qualities.map { quality in
            let own = ease.map { $0 + 0.5 * stream.normal() }
            return (0..<seeds).map { _ in
                let (quality, shift) = (quality + seedSpread * stream.normal(), seedSpread * stream.normal())
                return own.indices.map { own[$0] + shift + (positive[$0] ? quality : 0) + 0.6 * stream.normal() }
            }
        }
        return (positive, scores)
    }

    /// Over seeds: positive above negative, both of the same run.
    static func area(_ variant: Int) -> Double {
        StandardNormal.upperTail(-qualities[variant] / (2 * variance + seedSpread * seedSpread).squareRoot())
    }

    static var f1Difference: Double {
        let figures = qualities.map { quality in
            expected { first in
                expected { second in
                    let (quality, shift) = (quality + seedSpread * first, seedSpread * second)
                    let found = positives * StandardNormal.upperTail((threshold - shift - quality) / variance.squareRoot())
                    let wrong = (1 - positives) * StandardNormal.upperTail((threshold - shift) / variance.squareRoot())
                    return 2 * found / (found + wrong + positives)
                }
            }
        }
        return figures[0] - figures[1]
    }

    static var rootDifference: Double {
        let figures = errorScales.map { scale in expected { (pow(scale + errorSpread * $0, 2) * 1.16 + 0.16).squareRoot() } }
        return figures[0] - figures[1]
    }

    /// The mean of a function of a standard normal figure, by Simpson's rule from −8 to 8.
    static func expected(_ function: (Double) -> Double) -> Double {
        (0...400).reduce(0) { sum, place in
            let z = Double(place) * 0.04 - 8
            let weight = place == 0 || place == 400 ? 1.0 : place % 2 == 1 ? 4 : 2
            return sum + weight * 0.04 / 3 * StandardNormal.density(z) * function(z)
        }
    }
}
