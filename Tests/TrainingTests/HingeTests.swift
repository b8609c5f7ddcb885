import Datasets
import Experiments
import NeuralNetworks
import Settings
import Testing
import Training

/// Two classes told apart by a margin: what lies above 0 is the second one.
@Suite struct HingeTests {
    private func settings(_ activation: Settings.Activation, metrics: [Settings.Metric] = [.accuracy, .precision(), .f1(), .rocAUC])
        -> TrialSettings
    {
        .of(
            target: .label, layers: [.dense(1, activation)],
            training: TrainingSettings(
                loss: LossSettings(kind: .hinge), optimizer: .adam(AdamSettings(learningRate: 0.05)), batchSize: 8, epochs: 80,
                metrics: metrics),
            validation: .part(PartSettings(size: .first(10))), inputs: .numeric(scale: .standard))
    }

    private func table() throws -> TableOnDisk {
        // Alternating, so that both parts have both classes.
        try TableOnDisk(
            columns: ["x", "y"],
            rows: (0..<60).map { row in [row % 2 == 0 ? "\(row % 7)" : "\(20 + row % 7)", row % 2 == 0 ? "few" : "many"] })
    }

    @Test(arguments: [Settings.Activation.linear, .tanh])
    func marginsBelowOneHalfCount(activation: Settings.Activation) throws {
        let settings = settings(activation)
        let dataset = try table().open(settings)
        let start = RunStart(
            weights: [
                TrainedParameter(name: "output/kernel", shape: [1, 1], values: [0.3]),
                TrainedParameter(name: "output/bias", shape: [1], values: [0]),
            ], isShuffled: false)
        // All margins are right and well within ±0.5.
        var small = settings
        small.training.optimizer = .sgd(SGDSettings(learningRate: 1e-9))
        small.training.epochs = 1
        let result = try train(prepare(small, data: dataset.summary), on: dataset, seed: 1, from: start)
        #expect(try #require(result.predictions.first).outputs.allSatisfy { abs($0) < 0.5 })
        for name in ["accuracy", "val_accuracy", "val_precision", "val_f1", "val_roc_auc"] { #expect(result.figure(name) == 1, "\(name)") }
        let predictor = try Predictor(small, data: dataset.summary, weights: result.weights)
        #expect(predictor.outputKind == .classes(names: ["few", "many"], areProbabilities: false))
        for (x, best) in [("3", 0), ("23", 1)] {
            let answer = try predictor.predictions(for: RowEncoder(dataset).encode(["x": x]))[0]
            #expect(answer[best] > answer[1 - best] && answer[0] == -answer[1])
        }
    }

    @Test func itLearns() throws {
        let settings = settings(.linear)
        let dataset = try table().open(settings)
        let result = try train(prepare(settings, data: dataset.summary), on: dataset, seed: 1)
        #expect(result.figure("val_accuracy") == 1)
        #expect(try #require(result.figure("val_loss")) < 0.1)
    }
}
