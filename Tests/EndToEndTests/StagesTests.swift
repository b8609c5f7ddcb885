import Foundation
import Testing

/// Runs that follow from others: seeds that are added where a comparison is open, and finalists, by the built program.
@Suite struct StagesTests {
    /// A project with a product that a network must learn, and luck in its classes.
    private func project() throws -> SampleProject {
        let project = try SampleProject()
        var state: UInt64 = 7
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 23) - 1
        }
        let rows = (0..<360).map { _ in
            let (a, b, luck) = (next(), next(), next())
            return "\(a),\(b),\(a * b + 0.25 * luck > 0 ? "yes" : "no")\n"
        }
        try project.write("a,b,sign\n" + rows.joined(), to: "data/signs.csv")
        try project.write(Self.grow, to: "experiments/grow.yaml")
        try project.write(Self.search, to: "experiments/search.yaml")
        return project
    }

    private static let grow = """
        title: Which width does a product need?
        dataset: {csv: data/signs.csv}
        inputs: {"*": {encode: numeric, scale: standard}}
        target: {sign: {encode: label}}
        split: {validation: {first: 160}}
        model:
          mlp: {hidden: [8], activation: tanh, output: sigmoid}
        training:
          loss: binary_crossentropy
          optimizer: {adam: {learning_rate: 0.03}}
          batch_size: 16
          epochs: 8
          metrics: [accuracy]
        seeds: {from: 4, to: 9}
        ablate:
          linear: {model.mlp.hidden: []}
          wide: {model.mlp.hidden: [12]}
          longer: {training.epochs: 12}

        """

    private static let search = """
        extends: grow.yaml
        title: Which width is best?
        seeds: 2
        ablate: {}
        sweep:
          grid: {model.mlp.hidden: [[2], [4], [6], [12]]}
          finalists: {top: 2, seeds: 4}

        """

    @Test func seedsAreAddedWhereAComparisonIsOpen() throws {
        let project = try project()
        let plan = try project.ablate("plan", "grow").output
        #expect(plan.hasPrefix("grow: 4 variants x 4 seeds = 16 runs"), "\(plan)")
        #expect(plan.contains("4 seeds, up to 9 where the comparison with the baseline is open (looks at 4, 6, 9 seeds)\n"), "\(plan)")
        #expect(try project.ablate("validate", "grow").output.hasSuffix("16 runs to begin with, no error\n"))

        let run = try project.ablate("run", "grow")
        #expect(run.status == 0, "\(run.messages)")
        let after = try project.ablate("plan", "grow").output
        #expect(after.contains("nothing to train\n") && after.contains("linear (4 seeds: worse)"), "\(after)")
        #expect(after.contains("no comparison is open (looks at 4, 6, 9 seeds)\n"), "\(after)")
        let count = project.runs(of: "grow").count
        #expect(count > 16 && count < 32)
        #expect(after.contains(" = \(count) runs"), "\(after)")
        #expect(try project.ablate("list").output.contains(" \(count) "))
        let report = try project.text("results/grow/report.md")
        #expect(report.contains("## Seeds") && report.contains("an estimate tends to be a little too large: `linear`."), "\(report)")
        #expect(!report.contains("runs are finished ("), "\(report)")

        // The same store, the same decision; a number that is asked for by hand is fixed.
        #expect(try project.ablate("run", "grow").messages.contains("nothing to train, \(count) runs finished"))
        #expect(try project.ablate("report", "grow").status == 0)
        #expect(try project.text("results/grow/report.md") == report)
        #expect(try project.ablate("plan", "grow", "--seeds", "3").output.hasPrefix("grow: 4 variants x 3 seeds = 12 runs"))
        // What may come to be wanted is no garbage.
        #expect(try project.ablate("clean", "--unlisted").status == 0)
        #expect(project.runs(of: "grow").count == count)
    }

    @Test func anInterruptedGrowthEndsWithTheSameRuns() throws {
        let (whole, part) = (try project(), try project())
        #expect(try whole.ablate("run", "grow").status == 0)
        #expect(try part.ablate("run", "grow", "--only", "linear").status == 0)
        _ = try part.ablate("run", "grow", "-j", "1", "--max-time", "0.1s")
        let open = try part.ablate("run", "grow", "--seeds", "5")
        #expect(open.status == 0, "\(open.messages)")
        #expect(try part.ablate("run", "grow").status == 0)
        let runs = Set(part.runs(of: "grow"))
        // Those of the fifth seed are there beside them, and decide nothing.
        #expect(runs.isSuperset(of: whole.runs(of: "grow")))
        func seeds(_ project: SampleProject) throws -> Substring {
            let report = try project.text("results/grow/report.md")
            let start = try #require(report.range(of: "## Seeds"))
            let end = try #require(report.range(of: "## Learning curves"))
            return report[start.lowerBound..<end.lowerBound]
        }
        #expect(try seeds(part) == seeds(whole))
    }

    @Test func finalistsAreTrainedAgainOnFreshSeeds() throws {
        let project = try project()
        let plan = try project.ablate("plan", "search").output
        #expect(plan.hasPrefix("search: 5 variants x 2 seeds = 10 runs"), "\(plan)")
        #expect(plan.contains("then the 2 best and the baseline with 4 fresh seeds: 12 runs, about "), "\(plan)")
        // The sweep alone, then the rest from the store.
        #expect(try project.ablate("run", "search", "--only", "hidden-2", "--only", "hidden-4").status == 0)
        #expect(project.runs(of: "search").count == 4)
        let run = try project.ablate("run", "search")
        #expect(run.status == 0, "\(run.messages)")
        #expect(project.runs(of: "search").count == 22)
        let after = try project.ablate("plan", "search").output
        #expect(after.contains("finalists, with 4 fresh seeds from 3 on: ") && after.contains("nothing to train\n"), "\(after)")
        let report = try project.text("results/search/report.md")
        #expect(
            report.contains("## Finalists\n\nThe 2 best of the search and the baseline, trained again on the seeds 3 to 6"), "\(report)")
        #expect(report.contains("This rests on 4 seeds that the search did not use"), "\(report)")
        let section = try #require(report.range(of: "## Finalists"))
        #expect(report[section.lowerBound...].contains("over 4 seeds") && !report.contains("over 6 seeds"))
        #expect(try project.ablate("run", "search", "--smoke").status == 0)
    }
}
