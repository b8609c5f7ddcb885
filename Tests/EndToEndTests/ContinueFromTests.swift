import Foundation
import Testing

/// Runs that begin with the weights of finished ones.
@Suite(.serialized) struct ContinueFromTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
        try project.write(Self.more("{experiment: tiny}"), to: "experiments/more.yaml")
    }

    /// The tiny experiment for longer, from where it came to.
    private static func more(_ start: String, hidden: Int = 4) -> String {
        SampleProject.tiny.replacing("epochs: 3", with: "epochs: 5\n  continue_from: \(start)")
            .replacing("hidden: [4]", with: "hidden: [\(hidden)]").replacing("ablate:\n", with: "")
            .replacing("  wide: {model.mlp.hidden: [8]}\n", with: "")
    }

    private func record(of run: String, in experiment: String) throws -> [String: Any] {
        let text = try project.text("results/\(experiment)/runs/\(run)/record.json")
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// The identity of the run of a variant with seed 1.
    private func run(of variant: String, in experiment: String) throws -> String {
        try #require(
            project.runs(of: experiment).first {
                let record = try? record(of: $0, in: experiment)
                return record?["variant"] as? String == variant && record?["seed"] as? Int == 1
            })
    }

    /// The loss of an epoch.
    private func loss(_ epoch: Int, of run: String, in experiment: String) throws -> Double {
        let rows = try project.text("results/\(experiment)/runs/\(run)/history.csv").split(separator: "\n").map { $0.split(separator: ",") }
        let column = try #require(rows.first?.firstIndex(of: "loss"))
        return try #require(Double(rows[epoch][column]))
    }

    @Test func beginsWhereTheOtherEnded() throws {
        #expect(try project.ablate("run", "tiny").status == 0)
        let more = try project.ablate("run", "more")
        #expect(more.status == 0, "\(more.messages)")
        let (first, second) = (try run(of: "baseline", in: "tiny"), try run(of: "baseline", in: "more"))
        #expect(first != second)
        #expect(try record(of: second, in: "more")["starting_run"] as? String == first)
        #expect(try record(of: first, in: "tiny")["starting_run"] == nil)
        #expect(try loss(1, of: second, in: "more") < loss(2, of: first, in: "tiny"))

        // The same start is found again, by whatever words.
        let again = try project.ablate("plan", "more")
        #expect(again.output.contains("finished") && !again.output.contains("new"), "\(again.output)")
        try project.write(Self.more("{run: \(first)}"), to: "experiments/same.yaml")
        let same = try project.ablate("plan", "same", "--seeds", "1")
        #expect(same.output.contains("finished") && !same.output.contains("new"), "\(same.output)")
        // Another start is another run.
        try project.write(Self.more("{run: \(second)}"), to: "experiments/other.yaml")
        let other = try project.ablate("plan", "other", "--seeds", "1")
        #expect(other.output.contains("new"), "\(other.output)")
        #expect(try project.ablate("clean", "--unlisted").status == 0)
        #expect(project.runs(of: "more").count == 2 && project.runs(of: "tiny").count == 4)
    }

    /// An exported model is as good as the runs that it holds, also without them.
    @Test func goesOnWithAnExportedModel() throws {
        #expect(try project.ablate("run", "tiny").status == 0)
        #expect(try project.ablate("export", "tiny", "--variant", "baseline", "-o", "models/tiny").status == 0)
        let (first, wide) = (try run(of: "baseline", in: "tiny"), try run(of: "wide", in: "tiny"))
        try project.write(Self.more("{experiment: tiny}"), to: "experiments/more.yaml")
        #expect(try project.ablate("run", "more").status == 0)
        try project.write(Self.more("{model: models/tiny}"), to: "experiments/same.yaml")
        let same = try project.ablate("plan", "same")
        #expect(same.output.contains("finished") && !same.output.contains("new"), "\(same.messages)\(same.output)")

        /// But for the seconds, which end a line.
        func history(of run: String, in experiment: String) throws -> [[Substring]] {
            try project.text("results/\(experiment)/runs/\(run)/history.csv").split(separator: "\n").map {
                $0.split(separator: ",").dropLast()
            }
        }
        let expected = try history(of: run(of: "baseline", in: "more"), in: "more")
        for name in ["tiny", "more"] {
            try FileManager.default.removeItem(at: project.folder.appendingPathComponent("results/\(name)"))
        }
        let alone = try project.ablate("run", "same")
        #expect(alone.status == 0, "\(alone.messages)")
        let second = try run(of: "baseline", in: "same")
        #expect(try record(of: second, in: "same")["starting_run"] as? String == first && first != wide)
        #expect(try history(of: second, in: "same") == expected)
    }

    @Test(arguments: [
        ("{model: models/none}", 4, "", "models/none is no folder of an exported model"),
        ("{model: models/tiny}", 8, "", "the weights of models/tiny, seed 1 do not fit: layer_1/bias is [4] there, expected [8]"),
        ("{model: models/tiny}", 4, "seeds: [3]", "the model in models/tiny has no run of seed 3"),
        ("{model: models/tiny, run: abcd}", 4, "", "continue_from"),
    ])
    func validateLooksIntoTheModel(start: String, hidden: Int, seeds: String, words: String) throws {
        #expect(try project.ablate("run", "tiny", "--only", "baseline").status == 0)
        #expect(try project.ablate("export", "tiny", "--variant", "baseline", "-o", "models/tiny").status == 0)
        let text = Self.more(start, hidden: hidden)
        try project.write(seeds.isEmpty ? text : text.replacing("seeds: 2", with: seeds), to: "experiments/more.yaml")
        let result = try project.ablate("validate", "more")
        #expect(result.status == 2)
        #expect(result.messages.contains(words) && result.messages.contains("more.yaml:"), "\(result.messages)")
    }

    /// A table like the sample's, of other rows.
    private static let otherTable =
        "a,b,y,grade\n"
        + (0..<40).map { row in
            let (a, b) = (Double(row * 17 % 40) / 40, Double(row * 29 % 40) / 40)
            return "\(a),\(b),\(2 * a - b),\(["low", "high", "middle", "top"][row % 4])\n"
        }.joined()

    /// Weights go on on other rows of the same columns: as runs of their own, for each start and each data set another one.
    @Test func goesOnWithOtherData() throws {
        #expect(try project.ablate("run", "tiny").status == 0)
        try project.write(Self.otherTable, to: "data/other.csv")
        let experiment = Self.more("{experiment: tiny}").replacing("data/table.csv", with: "data/other.csv")
        try project.write(experiment, to: "experiments/more.yaml")
        let more = try project.ablate("run", "more")
        #expect(more.status == 0, "\(more.messages)")
        try project.write(experiment.replacing("\n  continue_from: {experiment: tiny}", with: ""), to: "experiments/fresh.yaml")
        #expect(try project.ablate("run", "fresh").status == 0)
        let (first, second, fresh) = (
            try run(of: "baseline", in: "tiny"), try run(of: "baseline", in: "more"), try run(of: "baseline", in: "fresh")
        )
        #expect(Set([first, second, fresh]).count == 3)
        #expect(try record(of: second, in: "more")["starting_run"] as? String == first)
        let contents = try [record(of: first, in: "tiny"), record(of: second, in: "more"), record(of: fresh, in: "fresh")].map {
            ($0["data"] as? [String: Any])?["content"] as? String
        }
        #expect(contents[0] != contents[1] && contents[1] == contents[2])
        // It begins nearer than drawn weights do.
        #expect(try loss(1, of: second, in: "more") < loss(1, of: fresh, in: "fresh"))
    }

    /// A head of other classes has other shapes, which both are named.
    @Test func otherClassesAreRefused() throws {
        func classes(_ table: String, start: String) -> String {
            """
            dataset: {csv: data/\(table).csv}
            inputs: {a: {encode: numeric}, b: {encode: numeric}}
            target: {grade: {encode: label}}
            split: {validation: {first: 12}}
            model: {mlp: {hidden: [4], activation: tanh, output: softmax}}
            training: {loss: sparse_categorical_crossentropy, epochs: 2\(start)}

            """
        }
        try project.write(Self.otherTable, to: "data/other.csv")
        try project.write(classes("table", start: ""), to: "experiments/three.yaml")
        try project.write(classes("other", start: ", continue_from: {experiment: three}"), to: "experiments/four.yaml")
        #expect(try project.ablate("run", "three").status == 0)
        let plan = try project.ablate("plan", "four")
        #expect(plan.status == 2)
        #expect(
            plan.messages.contains("the weights of three, baseline do not fit: output/bias is [3] there, expected [4]"),
            "\(plan.messages)")
    }

    /// A start in the same experiment is trained first, in one command, and what starts from it then.
    @Test(arguments: ["1", "2"]) func aStartInTheSameExperimentIsTrainedFirst(workers: String) throws {
        try project.write(
            SampleProject.tiny.replacing(
                "  wide: {model.mlp.hidden: [8]}",
                with: "  again: {training.continue_from: {experiment: chain, variant: baseline}}\n"
                    + "  twice: {training.continue_from: {experiment: chain, variant: again}}"), to: "experiments/chain.yaml")
        #expect(try project.ablate("validate", "chain").status == 0)
        let plan = try project.ablate("plan", "chain")
        #expect(plan.status == 0 && plan.output.contains("to train: 6 runs"), "\(plan.messages)")
        let run = try project.ablate("run", "chain", "-j", workers)
        #expect(run.status == 0, "\(run.messages)")
        let (first, second, third) = (
            try self.run(of: "baseline", in: "chain"), try self.run(of: "again", in: "chain"), try self.run(of: "twice", in: "chain")
        )
        #expect(try record(of: second, in: "chain")["starting_run"] as? String == first)
        #expect(try record(of: third, in: "chain")["starting_run"] as? String == second)
        #expect(try loss(1, of: third, in: "chain") < loss(1, of: second, in: "chain"))
        #expect(try loss(1, of: second, in: "chain") < loss(1, of: first, in: "chain"))
        // Of a part, what is not asked for is to be finished.
        let part = try project.ablate("plan", "chain", "--only", "again", "-S", "training.batch_size=4")
        #expect(part.status == 0 || part.messages.contains("not finished"), "\(part.messages)")
    }

    @Test func aStartInTheSameExperimentThatDoesNotFitIsRefused() throws {
        try project.write(
            SampleProject.tiny.replacing(
                "  wide: {model.mlp.hidden: [8]}",
                with: "  wide: {model.mlp.hidden: [8], training.continue_from: {experiment: chain, variant: baseline}}"),
            to: "experiments/chain.yaml")
        let plan = try project.ablate("plan", "chain")
        #expect(plan.status == 2)
        #expect(
            plan.messages.contains("the weights of chain, baseline do not fit: layer_1/bias is [4] there, expected [8]"),
            "\(plan.messages)")
    }

    /// Names are looked up before anything is trained.
    @Test(
        arguments: refusals.filter { refusal in ["there is no", "has no", "circle", "is no run"].contains(where: refusal.words.contains) })
    func validateLooksForTheStart(start: String, hidden: Int, words: String) throws {
        try project.write(Self.more(start), to: "experiments/more.yaml")
        let result = try project.ablate("validate", "more")
        #expect(result.status == 2)
        #expect(result.messages.contains(words) && result.messages.contains("more.yaml:"), "\(result.messages)")
    }

    /// A run may be named by the beginning of its identity, as lists show it.
    @Test func theBeginningOfAnIdentityWillDo() throws {
        #expect(try project.ablate("run", "tiny", "--only", "baseline").status == 0)
        let first = try run(of: "baseline", in: "tiny")
        try project.write(Self.more("{run: \"\(first.prefix(8))\"}"), to: "experiments/more.yaml")
        #expect(try project.ablate("validate", "more").status == 0)
        let more = try project.ablate("run", "more", "--seeds", "1")
        #expect(more.status == 0, "\(more.messages)")
        #expect(try record(of: run(of: "baseline", in: "more"), in: "more")["starting_run"] as? String == first)
        try project.write(Self.more("{run: \(first)}"), to: "experiments/more.yaml")
        let plan = try project.ablate("plan", "more", "--seeds", "1")
        #expect(plan.output.contains("finished") && !plan.output.contains("new"), "\(plan.output)")
    }

    /// Runs that are named by their identities, and networks, are looked at together.
    @Test func validateTellsAllThatIsWrongWithStartsAtOnce() throws {
        try project.write(
            SampleProject.tiny.replacing("batch_size: 8", with: "batch_size: 7") + "keep: {weights: none}\n", to: "experiments/bare.yaml")
        try project.write(SampleProject.tiny.replacing("batch_size: 8", with: "batch_size: 9"), to: "experiments/whole.yaml")
        #expect(try project.ablate("run", "whole", "--seeds", "1").status == 0)
        #expect(try project.ablate("run", "bare", "--seeds", "1", "--only", "baseline").status == 0)
        let (whole, bare) = (try run(of: "baseline", in: "whole"), try run(of: "baseline", in: "bare"))
        // A run that somebody has begun, and another whose identity begins alike.
        let begun = String(repeating: "a", count: 24)
        for identity in [begun, String(whole.prefix(6)) + String(repeating: "e", count: 18)] {
            try FileManager.default.createDirectory(
                at: project.folder.appendingPathComponent("results/whole/runs/\(identity)"), withIntermediateDirectories: true)
        }
        let starts = [
            (String(repeating: "0", count: 24), "there is no run 000000000000000000000000"),
            ("\"00000\"", "no run begins with 00000"),
            ("\"\(whole.prefix(6))\"", "2 runs begin with \(whole.prefix(6))"),
            (begun, "the run to start from is not finished: \(begun)"),
            (bare, "the weights of the run to start from were removed, as its keep has it: \(bare)"),
        ]
        var text = SampleProject.tiny.replacing("  wide: {model.mlp.hidden: [8]}\n", with: "")
        let line = text.split(separator: "\n", omittingEmptySubsequences: false).count
        for (index, start) in starts.enumerated() { text += "  start-\(index): {training.continue_from: {run: \(start.0)}}\n" }
        text += "  wide: {model.mlp.hidden: [8], training.continue_from: {run: \(whole)}}\n"
        try project.write(text, to: "experiments/more.yaml")
        let result = try project.ablate("validate", "more")
        #expect(result.status == 2)
        for (index, start) in starts.enumerated() {
            #expect(result.messages.contains("more.yaml:\(line + index):"), "\(result.messages)")
            #expect(result.messages.contains(start.1), "\(result.messages)")
        }
        #expect(
            result.messages.contains("the weights of \(whole) do not fit: layer_1/bias is [4] there, expected [8]"), "\(result.messages)")

        try project.write(text + "  wrong: {training.loss: categorical_crossentropy}\n", to: "experiments/more.yaml")
        let both = try project.ablate("validate", "more").messages
        #expect(both.contains("there is no run 0000") && both.contains("categorical_crossentropy"), "\(both)")
    }

    /// What cannot be started from, and what is said of it.
    static let refusals: [(start: String, hidden: Int, words: String)] = [
        ("{experiment: tiny}", 8, "the weights of tiny, baseline do not fit: layer_1/bias is [4] there, expected [8]"),
        ("{experiment: tiny, variant: wild}", 4, "tiny has no variant \"wild\""),
        ("{experiment: tinny}", 4, "there is no experiment \"tinny\""),
        ("{experiment: more}", 4, "the starts lead to each other in a circle"),
        ("{run: \(String(repeating: "0", count: 24))}", 4, "there is no run 000000000000000000000000"),
        ("{run: last}", 4, "\"last\" is no run: an identity has 24 hexadecimal digits"),
    ]

    @Test(arguments: refusals) func whatDoesNotFitIsRefused(start: String, hidden: Int, words: String) throws {
        #expect(try project.ablate("run", "tiny", "--only", "baseline").status == 0)
        try project.write(Self.more(start, hidden: hidden), to: "experiments/more.yaml")
        let plan = try project.ablate("plan", "more")
        #expect(plan.status == 2)
        #expect(plan.messages.contains(words), "\(plan.messages)")
        #expect(plan.messages.contains("continue_from"), "\(plan.messages)")
    }
}
