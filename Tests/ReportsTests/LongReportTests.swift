import Experiments
import Foundation
import Reports
import RunStore
import Settings
import Testing

/// Reports of more variants than anybody reads in a table.
@Suite struct LongReportTests {
    /// A baseline and `count` points; the more units, the better. Point 7 has no finished run.
    private func sample(_ count: Int) throws -> SampleStore {
        let others = (1...count).map { number in
            let changes = [Change(path: "model.mlp.hidden", text: "[64, \(number)]"), Change(path: "training.batch_size", text: "32")]
            return MadeUp.variant("point-\(number)", hidden: [64, number], batch: 32, changes: changes)
        }
        let experiment = Experiment(
            name: "long", file: "experiments/long.yaml", title: "Which of many?", baseline: MadeUp.baseline(), others: others,
            seeds: [1, 2, 3],
            selection: Selection(metric: "val_accuracy", goal: .maximize))
        let sample = SampleStore(experiment)
        try sample.finish { run in
            let number = Int(run.variant.split(separator: "-").last ?? "") ?? 0
            return number == 7 ? nil : ReportTests.constant(["val_accuracy": 0.5 + Double(number) / 1000], seed: run.seed)
        }
        return sample
    }

    private func report(_ sample: SampleStore, excerpt: ReportExcerpt? = nil) throws -> Report {
        try Report(experiment: sample.experiment, survey: sample.survey(), command: "make", excerpt: excerpt)
    }

    /// The names in the first column of the table below a heading, and of what is folded away below it.
    private func names(below heading: String, in markdown: String) throws -> [String] {
        let start = try #require(markdown.range(of: heading))
        let lines = markdown[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false).drop { !$0.hasPrefix("|") }
        func names(_ lines: ArraySlice<Substring>) -> [String] {
            lines.prefix { $0.hasPrefix("|") }.dropFirst(2).map {
                $0.split(separator: "|")[0].trimmingCharacters(in: CharacterSet(charactersIn: " *`"))
            }
        }
        let open = names(lines)
        let after = lines.dropFirst(open.count + 2).dropFirst()
        guard after.first?.hasPrefix("<details>") == true else { return open }
        return open + names(after.drop { !$0.hasPrefix("|") })
    }

    @Test func upToAHundredAndTwentyVariantsStandInTheirOrder() throws {
        let report = try report(sample(119))
        #expect(try names(below: "## Variants", in: report.markdown) == ["baseline"] + (1...119).map { "point-\($0)" })
        #expect(report.listing == nil)
        #expect(!report.markdown.contains("variants.csv"))
    }

    @Test func ofMoreTheBestAreShownAndTheRestIsCounted() throws {
        let sample = try sample(150)
        let report = try report(sample)
        let best = ["baseline"] + (121...150).reversed().map { "point-\($0)" }
        #expect(try names(below: "## Variants", in: report.markdown) == best)
        #expect(try names(below: "What differs between the variants of the table above", in: report.markdown) == best)
        #expect(try names(below: "Mean times of a run", in: report.markdown) == best)
        #expect(
            report.markdown.contains(
                "The baseline, then the best 30 of 150 variants, the best first. [figures/variants.csv](figures/variants.csv) has all of them."
            ))
        #expect(report.headline.hasPrefix("**`point-150` has the best validation accuracy"))
        #expect(report.markdown.contains("`point-7`: 0 of 3 runs are finished (3 new)."))
    }

    @Test func theListingHasAllOfThem() throws {
        let sample = try sample(150)
        let report = try report(sample)
        let lines = try #require(report.listing).split(separator: "\n").map(String.init)
        #expect(
            lines[0]
                == "variant,model.layers[1].dense.units,training.batch_size,parameters,val_accuracy,val_accuracy_sd,difference,difference_low,difference_high,p,verdict,seeds,runs,train_seconds,seconds"
        )
        #expect(lines.count == 152)
        #expect(lines[1].hasPrefix("baseline,64,128,"))
        #expect(lines[7].hasPrefix("point-6,6,32,"))
        #expect(lines[8] == "point-7,7,32,,,,,,,,,0,0,,")
        let path = try report.write(to: sample.store.output(of: "long"))
        let listing = sample.store.experimentFolder("long") + "/figures/variants.csv"
        #expect(try String(contentsOfFile: listing, encoding: .utf8) == report.listing)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == report.markdown)
    }

    @Test func anExcerptRefersToNoFile() throws {
        let report = try report(sample(150), excerpt: ReportExcerpt(sentence: "Only a part.", keepsSettings: true))
        #expect(report.listing == nil)
        #expect(report.markdown.contains("the best 30 of 150 variants, the best first. Mean"))
        #expect(!report.markdown.contains("variants.csv"))
    }

    /// Of a report that had a listing nothing stays when the next one has none.
    @Test func aListingGoesWithItsReport() throws {
        let sample = try sample(150)
        let output = sample.store.output(of: "long")
        try report(sample).write(to: output)
        let few = try self.sample(5)
        try report(few).write(to: output)
        #expect(!FileManager.default.fileExists(atPath: sample.store.experimentFolder("long") + "/figures/variants.csv"))
    }

    @Test func manyVariantsWithoutRunsAreCounted() throws {
        let others = (1...60).map { MadeUp.variant("point-\($0)", hidden: [64, $0]) }
        let experiment = Experiment(
            name: "long", file: "experiments/long.yaml", title: "Which of many?", baseline: MadeUp.baseline(), others: others,
            seeds: [1, 2, 3],
            selection: Selection(metric: "val_accuracy", goal: .maximize))
        let all = SampleStore(experiment)
        try all.finish { $0.variant == "baseline" ? ReportTests.constant(["val_accuracy": 0.5], seed: $0.seed) : nil }
        let warnings = try report(all).warnings
        #expect(warnings.count { $0.contains("0 of 3 runs are finished") } == 20)
        #expect(warnings.contains("40 more variants also lack finished runs."))
    }
}
