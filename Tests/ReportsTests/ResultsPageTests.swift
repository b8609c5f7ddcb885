import Experiments
import Foundation
import Reports
import RunStore
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

    @Test func thePageStandsAboveTheReports() throws {
        let (page, store) = try page()
        let path = try page.write(to: store.root)
        #expect(path == store.root + "/README.md")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == page.markdown)
    }
}
