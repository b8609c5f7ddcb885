import Experiments
import Foundation
import Reports
import RunStore
import Settings
import Testing

@Suite struct ResultsPageTests {
    /// The page of the small experiment, of the wines, and of one that was not run.
    private func page() throws -> (ResultsPage, SampleStore) {
        let small = SampleStore(MadeUp.small())
        try small.finish { $0.variant == "wide" && $0.seed == 3 ? nil : MadeUp.classification($0) }
        let wine = SampleStore(MadeUp.wine())
        try wine.finish { MadeUp.regression($0) }
        let width = SampleStore(MadeUp.width)
        let entries = [small, wine, width].map { ResultsPage.Entry(experiment: $0.experiment, survey: $0.survey()) }
        #expect(entries.map(\.hasFinishedRuns) == [true, true, false])
        return (ResultsPage(entries), small)
    }

    @Test func severalExperimentsGiveThePageThatWasLookedAt() throws {
        try expectGolden(page().0.markdown, "results.md")
    }

    @Test func theSameStoreGivesTheSameBytes() throws {
        #expect(try page().0.markdown == page().0.markdown)
    }

    @Test func figuresAreCountedOverAllExperiments() throws {
        let markdown = try page().0.markdown
        let rows = markdown.split(separator: "\n").filter { $0.hasPrefix("| ") }
        let verdicts = rows.filter { $0.contains("(one more run:") }
        let agreeing = verdicts.count { $0.contains("| yes (") }
        #expect(verdicts.count == 4)
        #expect(markdown.contains("**\(agreeing) of 4 figures of the notes agree with ours.**"))
        #expect(markdown.contains("(8 of 9 runs)"))
        #expect(markdown.contains("[reuters-width](../experiments/reuters-width.yaml)"))
        #expect(markdown.contains("## reuters-width\n\nNo run is finished."))
        #expect(markdown.contains("[wine-baseline](wine-baseline/report.md)"))
    }

    /// The printed 0.9 misses in the first experiment, and stands beside runs that have 0.9 in the second.
    private func explained(second: Double, shownBy: String? = "second") throws -> String {
        func experiment(_ name: String, _ disagreements: DisagreementSettings?) -> Experiment {
            Experiment(
                name: name, file: "experiments/\(name).yaml", title: "Why?", baseline: MadeUp.baseline(), seeds: [1, 2],
                selection: Selection(metric: "val_loss", goal: .minimize),
                references: [Reference(variant: "baseline", figure: "val_loss", value: 0.9)], disagreements: disagreements)
        }
        let first = SampleStore(experiment("first", DisagreementSettings(because: "another formula", shownBy: shownBy)))
        try first.finish { ReportTests.constant(["val_loss": 0.5], seed: $0.seed) }
        let other = SampleStore(experiment("second", nil))
        try other.finish { ReportTests.constant(["val_loss": second], seed: $0.seed) }
        return ResultsPage([first, other].map { ResultsPage.Entry(experiment: $0.experiment, survey: $0.survey()) }).markdown
    }

    @Test func aReasonIsLookedUpWhereItIsShown() throws {
        let markdown = try explained(second: 0.899)
        #expect(markdown.contains("| why not "))
        #expect(markdown.contains("agrees in [second](second/report.md): 0.8995"))
        #expect(markdown.contains("**Why figures disagree:** another formula."))
        #expect(markdown.contains("Of the other one, 1 agrees once the known reason"))
    }

    @Test func aReasonInWordsStandsBelowTheTable() throws {
        let markdown = try explained(second: 0.899, shownBy: nil)
        #expect(markdown.contains("| see below |") && markdown.contains("**Why figures disagree:** another formula."))
        #expect(markdown.contains("Of the other one, 1 is explained in words. ") && !markdown.contains("chance alone"))
    }

    @Test func aReasonThatDoesNotHoldIsNoReason() throws {
        let markdown = try explained(second: 0.6)
        #expect(!markdown.contains("agrees in [") && !markdown.contains("Why figures disagree"))
        #expect(markdown.contains("The reason looked for, another formula, shows in none of the figures."))
        #expect(
            markdown.contains(
                "1 of 1 misses, where chance alone gives as many or more with probability 0.050; but val_loss is too far off for chance among 1 figure, "
                    + "and no reason is known (roughly, since figures of one run are correlated)."))
    }

    /// Two seeds, 0.5 and 0.501: one more run lies within 0.4896 and 0.5114 with 95 % probability, so 0.5127 is a miss by little. Of 20 such
    /// figures one may miss.
    @Test(arguments: [(0.5127, "no more than chance explains"), (0.9, "too far off for chance among 20 figures")])
    func luckExplainsFewAndNearMisses(value: Double, words: String) throws {
        let near = (1...19).map { _ in Reference(variant: "baseline", figure: "val_loss", value: 0.5) }
        let experiment = Experiment(
            name: "near", file: "experiments/near.yaml", title: "Near?", baseline: MadeUp.baseline(), seeds: [1, 2],
            selection: Selection(metric: "val_loss", goal: .minimize),
            references: near + [Reference(variant: "baseline", figure: "val_loss", value: value)])
        let sample = SampleStore(experiment)
        try sample.finish { ReportTests.constant(["val_loss": 0.5], seed: $0.seed) }
        let markdown = try Report(experiment: experiment, survey: sample.survey(), command: "make").markdown
        #expect(markdown.contains("1 of 20 misses, where chance alone gives as many or more with probability 0.64"))
        #expect(markdown.contains(words))
    }

    @Test func thePageStandsAboveTheReports() throws {
        let (page, store) = try page()
        let path = try page.write(to: store.root)
        #expect(path == store.root + "/README.md")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == page.markdown)
    }
}
