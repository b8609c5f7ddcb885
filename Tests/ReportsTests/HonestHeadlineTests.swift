import Documents
import Experiments
import Reports
import RunStore
import Settings
import Testing

/// What the headline may say when seeds are few, unequal, tied or lost.
@Suite struct HonestHeadlineTests {
    /// Runs whose validation accuracy is given by variant and seed; nil for a run that is not there.
    private func report(
        _ seeds: [Int], baselines: [PlainMethod] = [], methods: [PlainMethodRecord] = [], hasAnswers: Bool = true, margin: Double? = nil,
        as format: ReportFormat = .markdown, _ accuracy: @escaping (String, Int) -> Double?
    ) throws -> Report {
        let small = MadeUp.small()
        let experiment = Experiment(
            name: small.name, file: small.file, title: small.title, baseline: small.baseline, others: Array(small.variants.dropFirst()),
            seeds: seeds, selection: Selection(metric: "val_accuracy", goal: .maximize, margin: margin), baselines: baselines)
        let sample = SampleStore(experiment)
        try sample.finish { run in
            accuracy(run.variant, run.seed).map { value in
                var outcome = MadeUp.classification(run)
                if value.isNaN {
                    outcome.stopped = "diverged"
                } else {
                    outcome.figures["val_accuracy"] = value
                    if hasAnswers { outcome = MadeUp.answering(outcome, run, accuracy: value) }
                }
                return outcome
            }
        }
        return try Report(experiment: experiment, survey: sample.survey(), plainMethods: methods, command: "make", as: format)
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
                "**`wide` has the best validation accuracy, 0.68 ± 0.03 over 10 seeds (standard error from the 400 examples: 0.02); against the baseline +0.020 ["
            ))
        #expect(answer.contains("] over the 1 seed that both have.**"))
        #expect(!answer.contains("Better than") && !answer.contains("better than the baseline"))
        #expect(answer.contains("Left out of the choice of the best, with missing seeds: `baseline` (1 of 10 seeds)."))
        #expect(answer.contains("One seed has no spread to judge by: no variant is called better or worse."))
    }

    @Test func twoSeedsAreTooFewForBetterAndWorse() throws {
        let answer = try report([1, 2]) { variant, seed in variant == "wide" ? 0.8 : variant == "narrow" ? 0.6 : 0.7 + 0.01 * Double(seed) }
            .headline
        #expect(answer.hasPrefix("**`wide` has the best validation accuracy, 0.8"))
        #expect(answer.contains("Two seeds or fewer are too few: no variant is called better or worse."))
        #expect(!answer.contains("orse than the baseline") && !answer.contains("etter than the baseline"))
    }

    @Test func aTieToTheLastBitIsATie() throws {
        let answer = try report([1, 2, 3]) { variant, seed in variant == "narrow" ? 0.5 : 0.7 + 0.01 * Double(seed) }.headline
        #expect(
            answer.hasPrefix(
                "**`baseline` and `wide` tie for the best validation accuracy, 0.720 ± 0.010 over 3 seeds (standard error from the 400 examples: 0.02).**"
            ))
        #expect(answer.contains("Identical to the baseline in every seed: `wide` (0.000)."))
    }

    @Test func aClearDifferenceIsBetterOrWorseAndSaysHowSure() throws {
        let report = try report([1, 2, 3, 4, 5]) { variant, seed in
            (variant == "wide" ? 0.8 : variant == "narrow" ? 0.55 : 0.7) + 0.005 * Double(seed % 3)
        }
        #expect(report.headline.hasPrefix("**`wide` is better than the baseline: validation accuracy 0.80"))
        #expect(report.headline.contains(".** The difference is +0.1") && report.headline.contains("p < 0.001"))
        #expect(report.headline.contains("Worse than the baseline: `narrow` (−0.1"))
        #expect(report.markdown.contains("tested for the variation of both; p and intervals are adjusted for 2 comparisons (Holm)."))
    }

    /// What the intervals rest on is there for those who check them, sign flips from 8 seeds on.
    @Test(arguments: [5, 8]) func comparisonsAreToldInNumbers(seeds: Int) throws {
        let text = try report(Array(1...seeds)) { variant, seed in
            (variant == "wide" ? 0.8 : variant == "narrow" ? 0.55 : 0.7) + 0.01 * MadeUp.wobble(seed, variant.count)
        }.markdown
        #expect(text.contains("<details><summary>Comparisons in detail</summary>"))
        #expect(text.contains("| degrees of freedom | effect size | p alone |"))
        #expect(text.contains("p by sign flips") == (seeds == 8))
        // All eight differences have one sign: 2 of 2⁸ ways are as far from 0.
        #expect(text.contains("|           0.008 |") == (seeds == 8))
    }

    /// Wins in every seed, and yet by little and unevenly.
    @Test func aheadInEverySeedIsNotEnough() throws {
        let report = try report([1, 2, 3, 4, 5]) { variant, seed in
            (variant == "wide" ? 0.7 + [0.0025, 0.0075, 0.02, 0.005, 0.0025][seed - 1] : variant == "narrow" ? 0.55 : 0.7)
                + 0.0025 * Double(seed % 3)
        }
        #expect(
            report.headline.hasPrefix(
                "**No variant is shown to be better than the baseline.** `wide` has the best mean validation accuracy"))
        #expect(report.headline.contains("The smallest detectable difference is "))
        #expect(report.markdown.contains("| **`baseline`** |") && report.markdown.contains("| **`wide`**     |"))
        #expect(report.markdown.contains("| `narrow`       |"))
    }

    @Test func withinTheMarginIsTheSame() throws {
        let report = try report([1, 2, 3, 4, 5], margin: 0.1) { variant, seed in
            (variant == "wide" ? 0.71 : variant == "narrow" ? 0.35 : 0.7) + 0.0025 * Double(seed % 3)
        }
        #expect(report.headline.contains("Practically equivalent, within 0.10"))
        #expect(report.markdown.contains("| practically equivalent |"))
    }

    @Test func withoutPredictionsNothingIsCalledBetter() throws {
        let report = try report([1, 2, 3, 4, 5], hasAnswers: false) { variant, seed in
            (variant == "wide" ? 0.8 : variant == "narrow" ? 0.55 : 0.7) + 0.005 * Double(seed % 3)
        }
        #expect(report.headline.contains("The variation over examples is not known: no variant is called better or worse."))
        #expect(report.markdown.contains("intervals cover the variation over seeds alone."))
    }

    @Test func aVariantThatLostASeedIsNotTheBestUnlessAllDid() throws {
        let lossy = try report([1, 2, 3, 4]) { variant, seed in
            variant == "wide" ? (seed == 2 ? .nan : 0.9) : 0.7 + 0.01 * Double(seed)
        }
        #expect(lossy.headline.contains("`baseline` and `narrow` tie for the best validation accuracy"))
        #expect(lossy.markdown.contains("| 3 of 4 |"))
        let all = try report([1, 2, 3, 4]) { variant, seed in
            seed == 2 ? .nan : variant == "wide" ? 0.9 : variant == "narrow" ? 0.5 : 0.7 + 0.01 * Double(seed)
        }
        #expect(
            all.headline.hasPrefix(
                "**`wide` is better than the baseline: validation accuracy 0.900 ± 0.000 against 0.727 ± 0.015 over 3 of 4 seeds (standard error from the 400 examples: 0.014).**"
            ))
    }

    /// A method that answers the rows of the made-up runs, so many of them rightly.
    private func method(_ name: String, accuracy: Double) throws -> PlainMethodRecord {
        let run = try #require(SampleStore(MadeUp.small()).specifications.first)
        let answers = MadeUp.answering(MadeUp.classification(run), run, accuracy: accuracy)
        return PlainMethodRecord(
            name: name, figures: [["val_accuracy": accuracy]], predictions: [try #require(answers.predictions)], target: answers.target)
    }

    private static func accuracies(_ variant: String, _ seed: Int) -> Double { variant == "wide" ? 0.8 : 0.7 + 0.01 * Double(seed) }

    @Test func aMethodWithoutANetworkThatWinsIsNamed() throws {
        let methods = [try method("logistic", accuracy: 0.95), try method("majority", accuracy: 0.3)]
        let report = try report([1, 2, 3], baselines: [.logistic(), .majority], methods: methods, Self.accuracies)
        #expect(
            report.headline.contains(
                "**Logistic regression, without a network, is better: 0.950.** The difference from `wide` is +0.150 ["))
        let row = try #require(report.markdown.split(separator: "\n").first { $0.hasPrefix("| logistic regression") })
        #expect(row.contains("| < 0.001 | better "), "\(row)")
        #expect(report.markdown.contains("are adjusted for 2 comparisons (Holm)"))
    }

    @Test func aMethodWithoutANetworkThatCannotBeToldApartIsNamed() throws {
        let methods = [try method("logistic", accuracy: 0.81), try method("majority", accuracy: 0.3)]
        let report = try report([1, 2, 3], baselines: [.logistic(), .majority], methods: methods, Self.accuracies)
        #expect(report.headline.contains("**Logistic regression, without a network, cannot be distinguished from `wide`: 0.810.**"))
        #expect(!report.headline.contains("ajority class"))
    }

    @Test func aMethodWithoutPredictionsIsNotCalledBetter() throws {
        let methods = [PlainMethodRecord(name: "logistic", figures: [["val_accuracy": 0.95]], predictions: nil)]
        let answer = try report([1, 2, 3], baselines: [.logistic()], methods: methods, Self.accuracies).headline
        #expect(answer.contains("**Logistic regression, without a network, has 0.95"))
        #expect(!answer.contains("is better: 0.95"))
    }

    @Test func programsGetTheComparisonsOfMethods() throws {
        let methods = [try method("logistic", accuracy: 0.95)]
        let report = try report([1, 2, 3], baselines: [.logistic()], methods: methods, as: .json, Self.accuracies)
        let facts = try JSONValue(parsing: #require(report.facts))
        let found = try #require(facts["plain_baselines"]?.array?.first)
        #expect(found["against_baseline"]?["verdict"]?.string == "better")
        #expect(found["against_baseline"]?["basis"]?.string == "seeds_and_examples")
        #expect(abs((found["against_best"]?["difference"]?.double ?? 0) - 0.15) < 1e-9)
    }

    @Test func chanceIsCountedExactly() throws {
        let shares = try #require(ChanceShares(counts: [300, 300]))
        #expect(shares.guessed == 0.5 && shares.mostFrequent == 0.5)
        let three = try #require(ChanceShares(counts: [6, 3, 1]))
        #expect(abs(three.guessed - 0.46) < 1e-12 && three.mostFrequent == 0.6)
        #expect(ChanceShares(counts: []) == nil)
    }
}
