import Datasets
import Metrics
import Settings
import TestSupport
import Testing
import Training

/// Where two classes are told apart: given, or chosen on the validation rows of the run.
@Suite struct ThresholdTests {
    /// Of a tenth of the rows `y` is bad, more often for large `x`.
    private static func table() throws -> TableOnDisk {
        var numbers = SeededNumbers(seed: 11)
        let rows = (0..<400).map { _ in
            let x = numbers.number(in: 0...1)
            return ["\(x)", numbers.number(in: 0...1) < 0.05 + 0.4 * x * x ? "bad" : "good"]
        }
        return try TableOnDisk(columns: ["x", "y"], rows: rows)
    }

    private static func settings(
        _ threshold: ThresholdSettings?, positive: String? = "bad", softmax: Bool = false, hasValidation: Bool = true
    )
        -> TrialSettings
    {
        var settings = TrialSettings.of(
            target: softmax ? .oneHot() : .label,
            layers: [.dense(DenseSettings(units: .count(softmax ? 2 : 1), activation: softmax ? .softmax : .sigmoid))],
            training: TrainingSettings(
                loss: LossSettings(kind: softmax ? .categoricalCrossentropy : .binaryCrossentropy),
                optimizer: .adam(AdamSettings(learningRate: 0.02)), batchSize: 16, epochs: 4,
                metrics: [.accuracy, .f1(), .recall(), .balancedAccuracy], threshold: threshold),
            validation: hasValidation ? .part(PartSettings(size: .fraction(0.4))) : nil)
        settings.split.test = PartSettings(size: .fraction(0.3))
        settings.target.positive = positive
        return settings
    }

    /// F1 of the positive class and accuracy of stored predictions, counted here.
    private func counted(_ part: PartPredictions, positive: Int, above threshold: Double) -> (f1: Double, accuracy: Double) {
        let said = part.rows.indices.map { place -> Bool in
            let second = Double(part.outputs[place * part.width + part.width - 1])
            return (positive == 1 ? second : part.width == 1 ? 1 - second : Double(part.outputs[place * 2])) > threshold
        }
        let isTrue = part.targets.map { Int($0) == positive }
        let hits = zip(said, isTrue).count { $0 && $1 }
        let both = said.count { $0 } + isTrue.count { $0 }
        return (both == 0 ? 0 : 2 * Double(hits) / Double(both), Double(zip(said, isTrue).count { $0 == $1 }) / Double(said.count))
    }

    @Test(arguments: ["bad", "good"], [true, false])
    func aChosenOneIsTheBestOfTheValidationRowsAndTestFiguresUseIt(positive: String, softmax: Bool) throws {
        let settings = Self.settings(.chosen(.f1), positive: positive, softmax: softmax)
        let dataset = try Self.table().open(settings)
        let result = try train(prepare(settings, data: dataset.summary), on: dataset, seed: 1)
        let threshold = try #require(result.figure("threshold"))
        #expect(result.history.allSatisfy { $0.figures.contains { $0.name == "threshold" } })
        let number = positive == "bad" ? 0 : 1
        for (part, prefix) in try paired(result.predictions, ["val_", "test_"]) {
            let found = counted(part, positive: number, above: threshold)
            #expect(abs(found.f1 - (result.figure(prefix + "f1") ?? .nan)) < 1e-12)
            #expect(abs(found.accuracy - (result.figure(prefix + "accuracy") ?? .nan)) < 1e-12)
        }
        let validation = result.predictions[0]
        let best = stride(from: 0.005, to: 1, by: 0.005).map { counted(validation, positive: number, above: $0).f1 }.max() ?? 0
        #expect(try #require(result.figure("val_f1")) >= best)
        #expect(best > 0)
    }

    @Test func aGivenOneCountsForAllParts() throws {
        let (low, none) = (Self.settings(.given(0.1)), Self.settings(nil))
        let dataset = try Self.table().open(low)
        let found = try train(prepare(low, data: dataset.summary), on: dataset, seed: 1)
        let usual = try train(prepare(none, data: dataset.summary), on: dataset, seed: 1)
        #expect(found.figure("threshold") == nil)
        #expect(found.weights.map(\.values) == usual.weights.map(\.values))
        for part in found.predictions {
            let prefix = part.part == "test" ? "test_" : "val_"
            #expect(abs(counted(part, positive: 0, above: 0.1).f1 - (found.figure(prefix + "f1") ?? .nan)) < 1e-12)
        }
        for figure in ["recall", "val_recall", "test_recall"] {
            #expect(try #require(found.figure(figure)) > (try #require(usual.figure(figure))))
        }
    }

    /// A constant method says the class for all rows or for none.
    @Test func plainMethodsHaveOneOfTheirOwn() throws {
        let settings = Self.settings(.chosen(.f1))
        let table = try Self.table()
        let found = try plainMethodFigures([.logistic(), .majority], for: settings, on: table.open(settings), exact: table.exact(settings))
        let logistic = Dictionary(found[0].figures.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let majority = Dictionary(found[1].figures.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        #expect(majority["val_recall"] == 1 && majority["test_recall"] == 1)
        #expect(try #require(logistic["val_f1"]) > (try #require(majority["val_f1"])))
    }

    private static func lacking(_ change: (inout TrialSettings) -> Void) -> TrialSettings {
        var settings = settings(.chosen(.youden))
        change(&settings)
        return settings
    }

    @Test(arguments: [
        (
            settings(.chosen(.youden), hasValidation: false),
            "training.threshold: a threshold is chosen by youden on validation rows, and there are none (add split.validation, or write a number such as 0.5)"
        ),
        (
            lacking {
                $0.training.loss = LossSettings(kind: .hinge); $0.model.layers = [LayerSettings(kind: .dense(1))]
            },
            "training.threshold: a threshold is one of probabilities, the network ends in none (end it in a softmax, or in one sigmoid for two classes)"
        ),
    ])
    func whatCannotBeChosenIsRefused(settings: TrialSettings, expected: String) throws {
        let data = try Self.table().open(settings).summary
        let problem = #expect(throws: PreparationProblem.self) { try prepare(settings, data: data) }
        #expect(problem?.description == expected)
    }

    @Test func ofThreeClassesThereIsNone() throws {
        var settings = Self.settings(.given(0.3), positive: nil, softmax: true)
        settings.model.layers = [LayerSettings(kind: .dense(DenseSettings(units: .target, activation: .softmax)))]
        settings.training.metrics = [.accuracy]
        let data = try TableOnDisk(columns: ["x", "y"], rows: (0..<60).map { ["\($0)", ["a", "b", "c"][$0 % 3]] }).open(settings).summary
        let problem = #expect(throws: PreparationProblem.self) { try prepare(settings, data: data) }
        #expect(
            problem?.description == "training.threshold: a threshold lies between two classes, the target \"y\" has 3 (leave threshold out)"
        )
    }
}
