import Foundation
import Testing

/// Predictions and tables of results for other tools.
@Suite(.serialized) struct TakeAwayTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
        try project.write(Self.folds, to: "experiments/folds.yaml")
        try project.write(Self.classes, to: "experiments/classes.yaml")
        // Every seventh row lacks b and is left out, so that rows have other numbers in the file than among those that are used.
        let rows = (1...60).map { row in
            let (a, b) = (Double(row * 37 % 60) / 60, Double(row * 23 % 60) / 60)
            return "K\(row),\(a),\(row % 7 == 0 ? "" : "\(b)"),\(2 * a - b),\(["low", "row", "\"x,y\""][row % 3])\n"
        }
        try project.write("id,a,b,y,grade\n" + rows.joined(), to: "data/keyed.csv")
    }

    private static let folds = """
        dataset: {csv: data/keyed.csv}
        inputs: {a: {encode: numeric}, b: {encode: numeric, missing: drop}}
        target: {y: {encode: numeric, scale: standard}}
        split: {test: {fraction: 0.2}, validation: {folds: 3}}
        model: {mlp: {hidden: [4], activation: tanh, output: linear}}
        training: {loss: mse, optimizer: adam, batch_size: 8, epochs: 2, metrics: [mae]}
        seeds: 2
        ablate: {slow: {training.optimizer: {adam: {learning_rate: 0.0001}}}, plain: {training.optimizer: sgd}}

        """

    private static let classes = """
        dataset: {csv: data/keyed.csv}
        inputs: {a: {encode: numeric}, b: {encode: numeric, missing: mean}}
        target: {grade: {encode: label}}
        split: {validation: {fraction: 0.25}}
        model: {mlp: {hidden: [4], activation: tanh, output: softmax}}
        training: {loss: sparse_categorical_crossentropy, batch_size: 8, epochs: 2, metrics: [accuracy]}
        seeds: 3
        ablate: {wide: {model.mlp.hidden: [8]}}

        """

    /// The lines of a text of CSV without quotes, by column.
    private func table(_ text: String) throws -> [[String: String]] {
        let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        let head = try #require(lines.first)
        return lines.dropFirst().map { Dictionary(zip(head, $0), uniquingKeysWith: { first, _ in first }) }
    }

    @Test func foldsOfSeveralRepeatsTellTheirRepeat() throws {
        try project.write(
            Self.folds.replacing("folds: 3", with: "folds: 2, kind: shuffled, repeats: 2").replacing("seeds: 2", with: "seeds: 1"),
            to: "experiments/repeated.yaml")
        #expect(try project.ablate("run", "repeated", "--only", "slow").status == 0)
        let result = try project.ablate("predictions", "repeated", "--part", "folds")
        #expect(result.output.hasPrefix("variant,run,part,fold,repeat,seed,row,target,predicted\nslow,"), "\(result.messages)")
        let pairs = Set(try table(result.output).map { "\($0["fold"] ?? "") \($0["repeat"] ?? "")" })
        #expect(pairs.sorted() == ["1 1", "2 1", "3 2", "4 2"])
        let list = try project.ablate("list", "repeated", "--where", "repeat == 2", "--columns", "fold", "--format", "csv")
        #expect(list.output == "fold\n3\n4\n", "\(list.messages)")
    }

    @Test func everyTrainRowIsAnsweredOnceASeedUnderFolds() throws {
        #expect(try project.ablate("run", "folds").status == 0)
        let result = try project.ablate("predictions", "folds", "--variant", "slow", "--part", "folds", "--key", "id")
        #expect(result.status == 0, "\(result.messages)")
        #expect(result.output.hasPrefix("variant,run,part,fold,seed,row,id,target,predicted\nslow,"))
        let rows = try table(result.output)
        // 52 rows are left, of which 11 test; three folds of 13 leave two rows out.
        for seed in ["1", "2"] {
            let numbers = rows.filter { $0["seed"] == seed }.compactMap { $0["row"] }
            #expect(numbers.count == 39 && Set(numbers).count == 39)
        }
        for row in rows {
            let number = try #require(row["row"].flatMap { Int($0) })
            #expect(number % 7 != 0)
            #expect(row["id"] == "K\(number)")
            let (a, b) = (Double(number * 37 % 60) / 60, Double(number * 23 % 60) / 60)
            let target = try #require(row["target"].flatMap { Double($0) })
            #expect(abs(target - (2 * a - b)) < 1e-6)
        }
        #expect(
            result.messages == (1...2).map { "ablate: warning: slow, seed \($0): 2 of 41 rows never validate\n" }.joined(),
            "\(result.messages)")
    }

    @Test func classesHaveColumnsAndThePredictedOneIsTheLargest() throws {
        #expect(try project.ablate("run", "classes").status == 0)
        let result = try project.ablate("predictions", "classes", "--format", "json")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let rows = try #require(json["predictions"] as? [[String: Any]])
        #expect(rows.count == 2 * 3 * 15)
        for row in rows {
            // A class that is called as a column stands under "output".
            let scores = try ["low", "output row", "x,y"].map { try #require(row[$0] as? Double) }
            #expect(abs(scores.reduce(0, +) - 1) < 1e-5)
            let best = try #require(scores.indices.max { scores[$0] < scores[$1] })
            #expect(row["predicted"] as? String == ["low", "row", "x,y"][best])
            let number = try #require(row["row"] as? Int)
            #expect(row["target"] as? String == ["low", "row", "x,y"][number % 3])
        }
    }

    /// The predicted class is that of the accuracy in the record, also where classes are told apart by a threshold.
    @Test func aThresholdTellsThePredictedClass() throws {
        try project.write(
            "a,c\n" + (0..<100).map { "\($0 * 37 % 100),\($0 * 37 % 100 > 60 ? "yes" : "no")\n" }.joined(), to: "data/two.csv")
        try project.write(
            """
            dataset: {csv: data/two.csv}
            inputs: {a: {encode: numeric, scale: standard}}
            target: {c: {encode: label, positive: yes}}
            split: {validation: {fraction: 0.3}}
            model: {mlp: {hidden: [4], activation: tanh, output: sigmoid}}
            training: {loss: binary_crossentropy, epochs: 2, metrics: [accuracy], threshold: 0.3}

            """, to: "experiments/two.yaml")
        #expect(try project.ablate("run", "two").status == 0)
        let rows = try table(project.ablate("predictions", "two").output)
        #expect(rows.count == 30)
        for row in rows {
            let score = try #require(row["yes"].flatMap { Double($0) })
            #expect((row["predicted"] == "yes") == (score > 0.3))
        }
        let accuracy = try table(project.ablate("table", "two").output).first?["val_accuracy"].flatMap { Double($0) }
        let share = Double(rows.count { $0["predicted"] == $0["target"] }) / 30
        #expect(abs(try #require(accuracy) - share) < 1e-6)
    }

    @Test(arguments: [
        (["predictions", "folds", "--part", "validation"], "no run has answered validation rows without folds; there are: folds, test"),
        (["predictions", "folds", "--part", "tests"], "--part tests: expected some of validation, test, folds, separated by commas"),
        (["predictions", "folds", "--variant", "slo"], "folds has no variant \"slo\"; did you mean \"slow\"?"),
        (["predictions", "folds", "--key", "ID"], "ID"),
        (["predictions", "long"], "long: no run is finished"),
        (["table", "long"], "long: no run is finished"),
    ])
    func whatCannotBeAnsweredIsRefused(command: [String], words: String) throws {
        #expect(try project.ablate("run", "folds", "--seeds", "1").status == 0)
        let result = try project.shell("$ablate \(command.joined(separator: " "))")
        #expect(result.status != 0)
        #expect(result.messages.contains(words), "\(result.messages)")
    }

    @Test func whatIsMissingIsTold() throws {
        try project.write(Self.folds + "keep: {predictions: best}\n", to: "experiments/folds.yaml")
        #expect(try project.ablate("run", "folds", "--only", "slow").status == 0)
        let some = try project.ablate("predictions", "folds", "--part", "folds")
        #expect(some.status == 0)
        #expect(some.messages.contains("plain: 0 of 6 runs are finished"), "\(some.messages)")
        #expect(try project.ablate("run", "folds").status == 0)
        let kept = try project.ablate("predictions", "folds", "--part", "folds")
        #expect(kept.status == 0)
        #expect(
            kept.messages.contains(
                "6 of 6 finished runs have no predictions, as keep has it; to train again and keep them: ablate run folds --only "),
            "\(kept.messages)")
        try project.write(Self.folds + "keep: {predictions: none}\n", to: "experiments/folds.yaml")
        #expect(try project.ablate("run", "folds").status == 0)
        let none = try project.ablate("predictions", "folds")
        #expect(none.status == 1 && none.output.isEmpty)
        #expect(none.messages.contains("the finished runs of folds have no predictions"), "\(none.messages)")
    }

    @Test func aTableHasRunsOrVariants() throws {
        #expect(try project.ablate("run", "folds").status == 0)
        let runs = try project.ablate("table", "folds")
        #expect(
            runs.output.hasPrefix(
                "run,experiment,variant,seed,fold,state,training.optimizer,training.optimizer.beta_1,training.optimizer.beta_2,"
                    + "training.optimizer.epsilon,training.optimizer.learning_rate,training.optimizer.momentum,training.optimizer.nesterov,"
                    + "loss,mae,test_loss,test_mae,val_loss,val_mae,"
                    + "parameters,kept_epoch,stopped,train_seconds,seconds,created\n"), "\(runs.output.prefix(300))")
        let rows = try table(runs.output)
        #expect(rows.count == 18 && Set(rows.compactMap { $0["run"] }).count == 18)
        #expect(
            Set(rows.map { "\($0["variant"] ?? "") \($0["training.optimizer"] ?? "") \($0["training.optimizer.learning_rate"] ?? "")" })
                == ["baseline adam 0.001", "slow adam 0.0001", "plain sgd 0.01"])
        let variants = try table(project.ablate("table", "folds", "--by", "variant").output)
        #expect(variants.map { $0["variant"] } == ["baseline", "slow", "plain"])
        for variant in variants {
            let own = rows.filter { $0["variant"] == variant["variant"] }.compactMap { $0["val_loss"].flatMap { Double($0) } }
            let mean = try #require(variant["val_loss"].flatMap { Double($0) })
            #expect(abs(mean - own.reduce(0, +) / 6) < 1e-9)
            #expect(variant["runs"] == "6" && variant["seeds"] == "2")
        }
        let all = try project.ablate("table", "folds", "--all-settings")
        #expect(all.output.contains("training.batch_size,"))
        #expect(try project.ablate("table", "folds", "-o", "out/t.csv").status == 0)
        #expect(try project.text("out/t.csv") == runs.output)
    }
}
