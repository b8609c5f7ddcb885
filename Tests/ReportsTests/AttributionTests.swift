import Experiments
import Foundation
import Reports
import RunStore
import Settings
import Testing

/// What a report lays to single settings, and what it says of the best of a search.
@Suite struct AttributionTests {
    private func report(
        _ names: [String], origin: Variant.Origin = .ablate, designs: [Design], seeds: [Int] = [1, 2, 3, 4, 5], hasAnswers: Bool = true,
        _ accuracy: (String, Int) -> Double?
    ) throws -> Report {
        let others = names.enumerated().map { number, name in
            Variant(
                name: name, origin: origin, changes: [Change(path: "training.batch_size", text: "\(number)")],
                trial: MadeUp.trial(hidden: [64, 64], batch: 1000 + number))
        }
        let experiment = Experiment(
            name: "made-up", file: "experiments/made-up.yaml", title: "What does what?", baseline: MadeUp.baseline(), others: others,
            seeds: seeds, selection: Selection(metric: "val_accuracy", goal: .maximize), designs: designs)
        let sample = SampleStore(experiment)
        try sample.finish { run in
            accuracy(run.variant, run.seed).map { value in
                let outcome = MadeUp.classification(run)
                if hasAnswers { return MadeUp.answering(outcome, run, accuracy: value) }
                var plain = outcome
                plain.figures["val_accuracy"] = value
                return plain
            }
        }
        return try Report(experiment: experiment, survey: sample.survey(), command: "make")
    }

    private func section(_ report: Report) -> String? {
        guard let start = report.markdown.range(of: "## What each setting does\n\n") else { return nil }
        let rest = report.markdown[start.upperBound...]
        return String(rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)])
    }

    private func noise(_ variant: String, _ seed: Int) -> Double { 0.004 * MadeUp.wobble(seed, variant.count) }

    private let twoChanges = Design.grid(
        Design.Grid(factors: [.change("clip"), .change("short")], cells: ["baseline", "short", "clip", "clip-and-short"]))

    @Test func changesThatAddUpHaveEffectsAndNoInteraction() throws {
        let text = try #require(
            section(
                report(["clip", "short", "clip-and-short"], designs: [twoChanges]) { variant, seed in
                    (variant.contains("clip") ? 0.8 : 0.7) + noise(variant, seed)
                }))
        #expect(text.hasPrefix("`clip` raises validation accuracy by 0.10"))
        #expect(text.contains("Undecided: `short`; the smallest detectable difference is "))
        #expect(text.contains("An effect is the mean of the 2 variants with a change minus that of the 2 without it."))
        #expect(text.contains("p and intervals are adjusted for 3 effects (Holm)."))
        #expect(text.contains("No two settings are shown to interact; the smallest detectable difference is "))
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.count == 3)
        #expect(rows[0].hasPrefix("| `clip`") && rows[0].contains("better"))
        #expect(rows[1].hasPrefix("| `short`") && rows[1].contains("undecided"))
        #expect(rows[2].hasPrefix("| `clip`, `short`"))
    }

    @Test func whatHelpsOnlyTogetherIsSaidToDoSo() throws {
        let text = try #require(
            section(
                report(["clip", "short", "clip-and-short"], designs: [twoChanges]) { variant, seed in
                    (variant == "clip-and-short" ? 0.9 : 0.7) + noise(variant, seed)
                }))
        #expect(text.contains("`clip` and `short` together bring validation accuracy 0.196 ["))
        #expect(text.contains("] above the sum of what each does alone, p "))
    }

    @Test func aGridIsToldByTheStepsFromTheBaseline() throws {
        let names = ["small", "large", "long-small", "long", "long-large"]
        let grid = Design.Grid(
            factors: [.setting("epochs", levels: ["5", "9"]), .setting("batch_size", levels: ["16", "32", "64"])],
            cells: ["small", "baseline", "large", "long-small", "long", "long-large"])
        let text = try #require(
            section(
                report(names, designs: [.grid(grid)]) { variant, seed in
                    (variant.hasSuffix("large") ? 0.6 : 0.75) + noise(variant, seed)
                }))
        #expect(text.hasPrefix("`batch_size 64` instead of 32 lowers validation accuracy by 0.15"))
        #expect(text.contains("32 → 64") && text.contains("32 → 16") && text.contains("5 → 9"))
        #expect(!text.contains("16 → 64"))
    }

    @Test func aGridWithACellThatHasNoFigureSaysSo() throws {
        let text = try #require(
            section(report(["clip", "short", "clip-and-short"], designs: [twoChanges]) { variant, _ in variant == "short" ? nil : 0.7 }))
        #expect(text.hasPrefix("Effects need every combination, and there is no validation accuracy of `short`."))
    }

    @Test func withoutPredictionsNothingIsTested() throws {
        let text = try #require(
            section(
                report(["clip", "short", "clip-and-short"], designs: [twoChanges], hasAnswers: false) { variant, seed in
                    (variant.contains("clip") ? 0.8 : 0.7) + noise(variant, seed)
                }))
        #expect(text.contains("Intervals cover the variation over seeds alone, and nothing is tested"))
        #expect(!text.contains("raises") && !text.contains("No setting is shown"))
    }

    @Test func aComponentIsWorthWhatIsLostWithoutIt() throws {
        let design = Design.leaveOneOut([
            Design.Component(name: "spare", without: "without-spare"), Design.Component(name: "clip", without: "without-clip"),
        ])
        let text = try #require(
            section(
                report(["without-spare", "without-clip"], designs: [design]) { variant, seed in
                    (variant == "without-clip" ? 0.7 : 0.8) + noise(variant, seed)
                }))
        #expect(text.hasPrefix("Helpful beside the others: `clip` (+0.099)."))
        #expect(text.contains("Not shown to have an effect: `spare`."))
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.map { $0.contains("helps") } == [true, false])
        #expect(rows[0].hasPrefix("| `clip`"))
    }

    // MARK: - Searches

    private func search(_ count: Int) -> Design {
        .search(
            Design.Search(
                settings: [
                    .init(name: "learning_rate", scale: .logarithmic(isWhole: false)), .init(name: "units", scale: .linear(isWhole: true)),
                    .init(name: "activation", scale: .choice(["relu", "tanh"])),
                ],
                points: (0..<count).map { number -> Design.Search.Point in
                    let rate: Double = pow(10, 3 * Double(number) / Double(count - 1) - 4)
                    let units = Double(number * 37 % 101)
                    let values: [Double?] = [rate, units, Double(number % 2)]
                    return Design.Search.Point(variant: "point-\(number)", values: values)
                }))
    }

    private func searched(_ count: Int, _ accuracy: @escaping (Int) -> Double) throws -> Report {
        try report((0..<count).map { "point-\($0)" }, origin: .sweep, designs: [search(count)], seeds: [1, 2, 3], hasAnswers: false) {
            variant, seed in
            (variant == "baseline" ? 0.5 : accuracy(Int(variant.dropFirst(6)) ?? 0)) + 0.001 * MadeUp.wobble(seed, 5)
        }
    }

    @Test func theSettingThatDecidesIsFoundWithItsBestRange() throws {
        let text = try #require(section(searched(60) { 0.8 - 0.2 * abs(Double($0) - 40) / 40 }))
        #expect(text.hasPrefix("**`learning_rate` mattered most, with 100 ± 0 %"))
        #expect(text.contains("The best region is `learning_rate` 0.0"))
        #expect(text.contains("highest in between"))
        #expect(text.contains("0.00010 to 0.10"))
        #expect(text.contains("Exploratory: a forest of trees on the mean figures of 60 configurations"))
    }

    @Test func settingsThatExplainNothingAreNotRanked() throws {
        let text = try #require(section(searched(60) { 0.7 + 0.05 * MadeUp.wobble($0, $0 * $0 % 89) }))
        #expect(text == "The settings explain too little of the differences to say which mattered.\n")
    }

    @Test func ofEqualsTheBestIsCorrectedDownwards() throws {
        let names = (0..<30).map { "point-\($0)" }
        let report = try report(names, origin: .sweep, designs: [], seeds: [1, 2, 3]) { variant, seed in
            0.75 + 0.01 * MadeUp.wobble(seed, Int(variant.dropFirst(6)) ?? 99)
        }
        let text = report.markdown
        #expect(text.contains("The best of 31 configurations looks better than it is; corrected, its validation accuracy is 0.7"))
        #expect(
            report.headline.contains(" over 3 seeds (standard error from the 400 examples: 0.02), 0.7")
                && report.headline.contains(" corrected for the choice.**"))
        let start = try #require(text.range(of: "corrected, its validation accuracy is "))
        let corrected = try #require(Double(text[start.upperBound...].prefix { $0.isNumber || $0 == "." }.prefix(5)))
        #expect(corrected < 0.757 && corrected > 0.74)
        #expect(text.contains("(Tsamardinos et al. 2018)"))
    }

    @Test func withoutPredictionsTheBestIsNotCorrected() throws {
        let text = try searched(12) { 0.7 + 0.01 * Double($0) }.markdown
        #expect(!text.contains("corrected"))
    }
}
