import Experiments
import Foundation
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

    private func cells(of report: Report) -> [[String]] {
        report.markdown.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
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
        let cells = cells(of: try report(rows))
        for expected in [
            ["rows", "class", "height", "kind=a"], ["generated", "low", "171.2", "0.25"], ["generated", "", "168.0", "0.88"],
            ["train", "", "180.0", "0.00"], ["train", "", "160.5", "1.00"],
            ["height", "170.2", "171.0", "3.5", "8.2"], ["kind=a", "0.50", "0.50", "0.25", "0.50"],
        ] {
            #expect(cells.contains(expected), "\(expected): \(cells.suffix(12))")
        }
        #expect(markdown.contains("Columns of 1,000 rows that are generated and of 48 train rows; 3 further columns are left out:"))
    }

    /// Tiny and huge numbers keep the digits that their spread justifies.
    @Test(
        arguments: [
            (1e-9, ["2.05×10⁻⁹", "1.80×10⁻⁹"], ["2.10×10⁻⁹", "2.00×10⁻⁹", "0.40×10⁻⁹", "0.30×10⁻⁹"]),
            (1e12, ["2.05×10¹²", "1.80×10¹²"], ["2.10×10¹²", "2.00×10¹²", "0.40×10¹²", "0.30×10¹²"]),
            (1, ["2.05", "1.80"], ["2.10", "2.00", "0.40", "0.30"]), (1000, ["2,050", "1,800"], ["2,100", "2,000", "400", "300"]),
        ] as [(Double, [String], [String])])
    func numbersOfAnySizeKeepTheirDigits(unit: Double, shown: [String], spreads: [String]) throws {
        let column = Exhibits.Rows.Column(
            name: "x", made: [2.05 * unit], real: [1.8 * unit], madeSpread: .init(mean: 2.1 * unit, deviation: 0.4 * unit),
            realSpread: .init(mean: 2 * unit, deviation: 0.3 * unit))
        let rows = Exhibits.Rows(name: "generated", part: "train", madeCount: 1000, realCount: 48, columns: [column])
        let cells = try cells(of: report(rows))
        #expect(cells.contains(["generated", shown[0]]) && cells.contains(["train", shown[1]]), "\(cells.suffix(8))")
        #expect(cells.contains(["x"] + spreads), "\(cells.suffix(8))")
    }

    /// A column of one number tells four digits of it; what is far from it is told by a power of ten of its own.
    @Test func aConstantColumnIsTold() throws {
        let column = Exhibits.Rows.Column(
            name: "x", made: [0, 3e20], real: [1.23456e-9, 1.23456e-9], madeSpread: .init(mean: .nan, deviation: nil),
            realSpread: .init(mean: 1.23456e-9, deviation: 0))
        let rows = Exhibits.Rows(name: "generated", part: "train", madeCount: 1000, realCount: 48, columns: [column])
        let cells = try cells(of: report(rows))
        for expected in [["generated", "0.000"], ["generated", "3.00×10²⁰"], ["train", "1.235×10⁻⁹"]] {
            #expect(cells.contains(expected), "\(expected): \(cells.suffix(8))")
        }
    }

    /// Rows that were made of a class, beside real ones with theirs.
    @Test func classesStandBesideRows() throws {
        let rows = Exhibits.Rows(
            name: "generated", captions: ["low", "high"], realCaptions: ["high", "low"], part: "train", madeCount: 1000, realCount: 48,
            columns: [Self.height])
        let cells = try cells(of: report(rows))
        for expected in [
            ["rows", "class", "height"], ["generated", "low", "171.2"], ["generated", "high", "168.0"], ["train", "high", "180.0"],
            ["train", "low", "160.5"],
        ] {
            #expect(cells.contains(expected), "\(expected): \(cells.suffix(12))")
        }
    }

    /// Runs of earlier versions made ten rows, of which means say little.
    @Test func ofFewMadeRowsNoSpreadsAreCompared() throws {
        let rows = Exhibits.Rows(name: "made of drawn codes", part: "train", madeCount: 10, realCount: 48, columns: [Self.height])
        let markdown = try report(rows).markdown
        #expect(markdown.contains("| made of drawn codes |"))
        #expect(!markdown.contains("standard deviation, made of drawn codes"))
        #expect(markdown.contains("\n\n10 rows were made, too few to compare means and spreads with those of train rows."))
    }

    @Test func columnsThatDoNotFitEachOtherAreLeftOut() throws {
        var short = Self.flag
        short.made = [1]
        let rows = Exhibits.Rows(name: "generated", part: "train", madeCount: 2, realCount: 2, columns: [Self.height, short])
        #expect(try !report(rows).markdown.contains("What the networks made"))
        #expect(try !report(nil).markdown.contains("What the networks made"))
    }
}
