import Experiments
import Reports
import RunStore
import Testing

/// Rows of a table that runs made, beside real ones.
@Suite struct MadeRowsTests {
    private func report(_ rows: Exhibits.Rows?) throws -> Report {
        let experiment = MadeUp.small(seeds: [1])
        let sample = SampleStore(experiment)
        try sample.finish { run in
            var outcome = MadeUp.classification(run)
            outcome.exhibits = Exhibits(rows: rows)
            return outcome
        }
        return try Report(experiment: experiment, survey: sample.survey(), command: "make")
    }

    private static let height = Exhibits.Rows.Column(
        name: "height", made: [171.25, 168], real: [180, 160.5], madeSpread: .init(mean: 170.25, deviation: 3.5),
        realSpread: .init(mean: 171, deviation: 8.25))
    private static let flag = Exhibits.Rows.Column(
        name: "kind=a", made: [0.25, 0.875], real: [0, 1], madeSpread: .init(mean: 0.5, deviation: 0.25),
        realSpread: .init(mean: 0.5, deviation: 0.5))

    @Test func rowsAndSpreadsStandSideBySide() throws {
        let rows = Exhibits.Rows(
            name: "generated", captions: ["low"], part: "train", madeCount: 1000, realCount: 48, columns: [Self.height, Self.flag],
            omitted: 3)
        let markdown = try report(rows).markdown
        #expect(markdown.contains("## What the networks made\n\nRows that are generated beside train rows (`"))
        #expect(markdown.contains(", seed 1), in the units of the table where numbers were scaled:\n"))
        let cells = markdown.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        for expected in [
            ["rows", "made as", "height", "kind=a"], ["generated", "low", "171.2", "0.25"], ["generated", "", "168.0", "0.88"],
            ["train", "", "180.0", "0.00"], ["train", "", "160.5", "1.00"],
            ["height", "170.2", "171.0", "3.5", "8.2"], ["kind=a", "0.50", "0.50", "0.25", "0.50"],
        ] {
            #expect(cells.contains(expected), "\(expected): \(cells.suffix(12))")
        }
        #expect(markdown.contains("Columns of 1,000 rows that are generated and of 48 train rows; 3 further columns are left out:"))
    }

    @Test func columnsThatDoNotFitEachOtherAreLeftOut() throws {
        var short = Self.flag
        short.made = [1]
        let rows = Exhibits.Rows(name: "generated", part: "train", madeCount: 2, realCount: 2, columns: [Self.height, short])
        #expect(try !report(rows).markdown.contains("What the networks made"))
        #expect(try !report(nil).markdown.contains("What the networks made"))
    }
}
