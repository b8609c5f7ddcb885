import Experiments
import Reports
import RunStore
import Settings
import Testing

/// What the headline may say when seeds are few, unequal, tied or lost.
@Suite struct HonestHeadlineTests {
    /// Runs whose validation accuracy is given by variant and seed; nil for a run that is not there.
    private func report(
        _ seeds: [Int], baselines: [PlainMethod] = [], methods: [PlainMethodRecord] = [], _ accuracy: @escaping (String, Int) -> Double?
    ) throws -> Report {
        let small = MadeUp.small()
        let experiment = Experiment(
            name: small.name, file: small.file, title: small.title, baseline: small.baseline, others: Array(small.variants.dropFirst()),
            seeds: seeds, selection: small.selection, baselines: baselines)
        let sample = SampleStore(experiment)
        try sample.finish { run in
            accuracy(run.variant, run.seed).map { value in
                var outcome = MadeUp.classification(run)
                if value.isNaN {
                    outcome.stopped = "diverged"
                } else {
                    outcome.figures["val_accuracy"] = value
                }
                return outcome
            }
        }
        return try Report(experiment: experiment, survey: sample.survey(), plainMethods: methods, command: "make")
    }

    @Test func unequalSeedsCompareOverTheCommonOnesAndNothingIsCalledBetter() throws {
        let answer = try report(Array(1...10)) { variant, seed in
            switch variant {
            case "baseline": seed == 1 ? 0.7 : nil
            case "wide": 0.72 - 0.01 * Double(seed - 1)
            default: 0.6
            }
        }.headline
        #expect(
            answer.hasPrefix(
                "**wide has the best validation accuracy, 0.67 ± 0.03 over 10 seeds (+0.020 against the baseline over the 1 seed that both have).**"
            ))
        #expect(!answer.contains("Better than"))
        #expect(answer.contains("Not compared with the best, for want of seeds: baseline (1 of 10 seeds)."))
        #expect(answer.contains("With one or two seeds in common with the baseline nothing is called better or worse: narrow (−0.1"))
    }

    @Test func twoSeedsAreTooFewForBetterAndWorse() throws {
        let answer = try report([1, 2]) { variant, seed in variant == "wide" ? 0.8 : variant == "narrow" ? 0.6 : 0.7 + 0.01 * Double(seed) }
            .headline
        #expect(answer.hasPrefix("**wide has the best validation accuracy, 0.8"))
        #expect(answer.contains("With two seeds in common with the baseline nothing is called better or worse: narrow"))
        #expect(!answer.contains("orse than the baseline") && !answer.contains("etter than the baseline"))
    }

    @Test func aTieToTheLastBitIsATie() throws {
        let answer = try report([1, 2, 3]) { variant, seed in variant == "narrow" ? 0.5 : 0.7 + 0.01 * Double(seed) }.headline
        #expect(answer.hasPrefix("**baseline and wide tie for the best validation accuracy, 0.720 ± 0.010 over 3 seeds.**"))
        #expect(answer.contains("The same as the baseline in every seed: wide (0.000)."))
    }

    @Test func aVariantThatLostASeedIsNotTheBestUnlessAllDid() throws {
        let lossy = try report([1, 2, 3, 4]) { variant, seed in
            variant == "wide" ? (seed == 2 ? .nan : 0.9) : 0.7 + 0.01 * Double(seed)
        }
        #expect(lossy.headline.contains("baseline and narrow tie for the best validation accuracy"))
        #expect(lossy.markdown.contains("| 3 of 4 |"))
        let all = try report([1, 2, 3, 4]) { variant, seed in
            seed == 2 ? .nan : variant == "wide" ? 0.9 : variant == "narrow" ? 0.5 : 0.7 + 0.01 * Double(seed)
        }
        #expect(all.headline.hasPrefix("**wide has the best validation accuracy, 0.900 ± 0.000 over 3 of 4 seeds"))
    }

    @Test func aMethodWithoutANetworkThatWinsIsNamed() throws {
        let methods = [
            PlainMethodRecord(name: "logistic", figures: [["val_accuracy": 0.95]]),
            PlainMethodRecord(name: "majority", figures: [["val_accuracy": 0.3]]),
        ]
        let answer = try report([1, 2, 3], baselines: [.logistic, .majority], methods: methods) { variant, seed in
            variant == "wide" ? 0.8 : 0.7 + 0.01 * Double(seed)
        }.headline
        #expect(answer.contains("**Logistic regression, without a network, is better: 0.95"))
    }

    @Test func chanceIsCountedExactly() throws {
        let shares = try #require(ChanceShares(counts: [300, 300]))
        #expect(shares.guessed == 0.5 && shares.mostFrequent == 0.5)
        let three = try #require(ChanceShares(counts: [6, 3, 1]))
        #expect(abs(three.guessed - 0.46) < 1e-12 && three.mostFrequent == 0.6)
        #expect(ChanceShares(counts: []) == nil)
    }
}
