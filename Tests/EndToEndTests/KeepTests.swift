import Foundation
import Testing

/// What is kept of runs, and what is told of the rest.
@Suite(.serialized) struct KeepTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
        // They plan some of the same runs, and would keep them.
        for name in ["tiny", "long"] { try project.remove("experiments/\(name).yaml") }
        try project.write(Self.search("{weights: best, predictions: none}"), to: "experiments/search.yaml")
    }

    /// A sweep of five points over two seeds.
    private static func search(_ keep: String) -> String {
        SampleProject.tiny.replacing("ablate:\n  wide: {model.mlp.hidden: [8]}\n", with: "")
            + "keep: \(keep)\nsweep:\n  grid: {training.optimizer: [adam, sgd], model.mlp.hidden: [[4], [8], [16]]}\n"
    }

    private func record(of run: String, in experiment: String = "search") throws -> [String: Any] {
        let text = try project.text("results/\(experiment)/runs/\(run)/record.json")
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// The variants of which some run has this file.
    private func variants(with file: String = "record.json", in experiment: String = "search") throws -> Set<String> {
        Set(
            try project.runs(of: experiment).filter { project.exists("results/\(experiment)/runs/\($0)/\(file)") }
                .map { try #require(try record(of: $0, in: experiment)["variant"] as? String) })
    }

    /// The final figures of every run.
    private func figures() throws -> [[String: Double]] {
        try project.runs(of: "search").map { try #require(try record(of: $0)["figures"] as? [String: Double]) }
    }

    private func best() throws -> String {
        let plan = try project.ablate("list", "search", "--format", "csv", "--columns", "variant,val_loss").output
        var figures: [String: [Double]] = [:]
        for line in plan.split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ",")
            figures[String(cells[0]), default: []].append(try #require(Double(cells[1])))
        }
        return try #require(figures.min { $0.value.reduce(0, +) < $1.value.reduce(0, +) }?.key)
    }

    @Test(arguments: ["1", "2"]) func theBestAndTheBaselineStayWholeAndTheReportIsTheSame(workers: String) throws {
        try project.write(Self.search("{weights: best}"), to: "experiments/search.yaml")
        try project.write(Self.search("{}"), to: "experiments/whole.yaml")
        let whole = try project.ablate("run", "whole", "-j", workers, "--results", "elsewhere")
        #expect(whole.status == 0, "\(whole.messages)")
        let plan = try project.ablate("plan", "search")
        #expect(plan.output.contains("; kept are weights of the baseline and of the best variant alone\n"), "\(plan.output)")
        // The other file would keep them.
        try project.remove("experiments/whole.yaml")
        let run = try project.ablate("run", "search", "-j", workers)
        #expect(run.status == 0, "\(run.messages)")
        #expect(try variants(with: "weights.safetensors") == ["baseline", best()])
        #expect(try variants(with: "predictions").count == 6 && variants(with: "history.csv").count == 6)
        #expect(run.messages.contains("of weights and predictions that are not kept"), "\(run.messages)")
        func body(_ report: String) -> [Substring] {
            // Its own name, and what differs by machine and times, stand at the end; the times of training stand in the table and in what is told of their frontier.
            report.replacing(#/[0-9.]+ s\ /#, with: "").replacing(#/\ +/#, with: " ").split(separator: "\n")
                .prefix { !$0.hasPrefix("Reproduce with") }.filter { !$0.contains("frontier") }
        }
        #expect(
            try body(project.text("results/search/report.md")) == body(project.text("elsewhere/whole/report.md")),
            "the reports differ")

        let again = try project.ablate("run", "search")
        #expect(again.status == 0 && again.messages.contains("nothing to train"), "\(again.messages)")
        let after = try project.ablate("plan", "search")
        #expect(after.output.contains("finished without weights "), "\(after.output)")
        #expect(after.output.contains("ablate run search --only VARIANT --again"), "\(after.output)")
        let listed = try project.ablate("list", "search", "--where", "removed == weights", "--format", "csv")
        #expect(listed.output.split(separator: "\n").count == 9, "\(listed.output)\(listed.messages)")
    }

    @Test func whatIsMissingIsSaidAndComesBack() throws {
        #expect(try project.ablate("run", "search").status == 0)
        let kept = try variants(with: "weights.safetensors")
        let variant = try #require(try variants().subtracting(kept).min())
        let refused = try project.ablate("predict", "search:\(variant)", "--row", "a=0.5,b=0.5")
        #expect(refused.status == 2)
        #expect(refused.messages.contains("the weights of the runs of search, \(variant) were removed"), "\(refused.messages)")
        #expect(refused.messages.contains("ablate run search --only \(variant) --again"), "\(refused.messages)")

        let start = "epochs: 5\n  continue_from: {experiment: search, variant: \(variant)}"
        let model = variant.contains("8") ? "[8]" : variant.contains("16") ? "[16]" : "[4]"
        try project.write(
            SampleProject.tiny.replacing("epochs: 3", with: start).replacing("hidden: [4]", with: "hidden: \(model)")
                .replacing("ablate:\n  wide: {model.mlp.hidden: [8]}\n", with: ""), to: "experiments/more.yaml")
        let more = try project.ablate("plan", "more")
        #expect(more.status == 2)
        #expect(more.messages.contains("the weights of the run to start from were removed"), "\(more.messages)")
        #expect(more.messages.contains("--only \(variant) --again"), "\(more.messages)")

        let figures = try figures()
        let again = try project.ablate("run", "search", "--only", variant, "--again")
        #expect(again.status == 0, "\(again.messages)")
        #expect(try variants(with: "weights.safetensors") == kept.union([variant]))
        // They stay, whatever runs next; and nothing else has changed.
        #expect(try project.ablate("run", "search").status == 0)
        #expect(try variants(with: "weights.safetensors") == kept.union([variant]))
        #expect(try self.figures() == figures)
        #expect(try project.ablate("predict", "search:\(variant)", "--row", "a=0.5,b=0.5").status == 0)
        #expect(try project.ablate("run", "more").status == 0)
        #expect(try project.ablate("clean").messages.contains("nothing to remove"))
    }

    /// A file that plans the same runs and keeps them, or begins with their weights.
    @Test func whatAnotherExperimentNeedsStays() throws {
        try project.write(Self.search("{weights: none, predictions: none}"), to: "experiments/search.yaml")
        try project.write(SampleProject.tiny, to: "experiments/tiny.yaml")
        try project.write(
            SampleProject.tiny.replacing("epochs: 3", with: "epochs: 5\n  continue_from: {experiment: search, variant: optimizer-sgd}")
                .replacing("optimizer: adam", with: "optimizer: sgd").replacing("ablate:\n  wide: {model.mlp.hidden: [8]}\n", with: ""),
            to: "experiments/more.yaml")
        let run = try project.ablate("run", "search")
        #expect(run.status == 0, "\(run.messages)")
        let names = try variants()
        #expect(try variants(with: "predictions") == ["baseline", "hidden-8"], "of \(names)")
        #expect(try variants(with: "weights.safetensors") == ["baseline", "hidden-8", "optimizer-sgd"], "of \(names)")
        #expect(try project.ablate("run", "more").status == 0)
        // When that file is gone, the next run of the experiment lets them go.
        try project.remove("experiments/tiny.yaml")
        #expect(try project.ablate("run", "search").status == 0)
        #expect(try variants(with: "predictions").isEmpty)
        #expect(try variants(with: "weights.safetensors") == ["optimizer-sgd"])
        // And while some file cannot be read, nobody knows what it needs.
        try project.write("extends: nothing.yaml\n", to: "experiments/broken.yaml")
        let broken = try project.ablate("run", "search", "-S", "training.epochs=2")
        #expect(broken.messages.contains("nothing is removed"), "\(broken.messages)")
    }

    /// A kill at whatever moment costs no run, and the files that are not kept go with the next command.
    @Test func killsLoseNothing() throws {
        for milliseconds in stride(from: 20, through: 220, by: 40) {
            try? project.remove("results")
            let running = try project.start("run", "search", "-j", "2")
            usleep(UInt32(milliseconds) * 1000)
            kill(running.process.processIdentifier, SIGKILL)
            _ = try running.result()
            let next = try project.ablate("run", "search", "-j", "2")
            #expect(next.status == 0, "after \(milliseconds) ms: \(next.messages)")
            #expect(!next.messages.contains("damaged"), "after \(milliseconds) ms: \(next.messages)")
            #expect(try variants(with: "weights.safetensors") == ["baseline", best()], "after \(milliseconds) ms")
            #expect(try variants(with: "predictions").isEmpty)
            // The killed process may have been writing.
            let cleaned = try project.ablate("clean", "search")
            #expect(cleaned.status == 0 && !cleaned.output.contains(" run)"), "\(cleaned.output)")
        }
    }

    @Test(arguments: [
        ("{weights: bst}", "did you mean \"best\"?"), ("{weight: best}", "did you mean \"weights\"?"), ("[all]", "keep"),
    ]) func errorsHaveAPlace(keep: String, words: String) throws {
        try project.write(Self.search(keep), to: "experiments/search.yaml")
        let result = try project.ablate("validate", "search")
        #expect(result.status == 2 && result.messages.contains("search.yaml:"), "\(result.messages)")
        #expect(result.messages.contains(words), "\(result.messages)")
    }

    @Test func theSchemaKnowsIt() throws {
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(try project.ablate("schema").output.utf8)) as? [String: Any])
        let keep = try #require((schema["properties"] as? [String: Any])?["keep"] as? [String: Any])
        #expect(Set(((keep["properties"] as? [String: Any]) ?? [:]).keys) == ["weights", "predictions"])
    }
}
