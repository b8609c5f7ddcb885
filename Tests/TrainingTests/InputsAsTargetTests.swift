import Datasets
import Experiments
import Settings
import TestSupport
import Testing
import Training

/// Networks that are to give their inputs again.
struct InputsAsTargetTests {
    private static func settings(
        _ loss: LossKind = .meanSquaredError, units: Units = .target, _ activation: Activation = .linear, metrics: [Metric] = [.mse, .mae],
        inputs: Encoding = .numeric(scale: .none)
    ) -> TrialSettings {
        TrialSettings(
            dataset: .csv(CSVSettings(path: "table.csv")), inputs: InputSettings(columns: [.init(column: "*", encoding: inputs)]),
            target: .inputsAsTarget, labels: "y",
            split: SplitSettings(test: PartSettings(size: .first(15)), validation: .part(PartSettings(size: .first(20)))),
            model: ModelSettings(layers: [
                LayerSettings(kind: DenseSettings(units: .count(1), activation: .linear)),
                LayerSettings(kind: DenseSettings(units: units, activation: activation)),
            ]),
            training: TrainingSettings(
                loss: LossSettings(kind: loss), optimizer: .sgd(SGDSettings(learningRate: 0.05)), batchSize: 16, epochs: 60,
                metrics: metrics))
    }

    /// One number cannot say two, but more of them than their mean can.
    @Test func aNarrowNetworkGivesItsInputsAgain() throws {
        let table = try Blobs.table()
        let settings = Self.settings()
        let data = try table.open(settings)
        let result = try train(prepare(settings, data: data.summary), on: data, seed: 1)
        let (first, last) = (try #require(result.history.first?.figure("val_loss")), try #require(result.figure("val_loss")))
        #expect(last < first)
        #expect(abs(last - (result.figure("val_mse") ?? 0)) < 1e-5)
        let test = try #require(result.predictions.last)
        #expect(test.part == "test")
        #expect(test.width == 2)
        #expect(test.targets.count == 30)
        // Their mean square, by hand, is the figure.
        let squares = zip(test.outputs, test.targets).map { Double($0 - $1) * Double($0 - $1) }
        #expect(abs(squares.reduce(0, +) / 30 - (result.figure("test_mse") ?? 0)) < 1e-6)
    }

    @Test(
        arguments: [
            (
                settings(units: .count(3)), "model.layers[1].units",
                "layer 2 (dense, 3 units) gives [batch, 3], the target is the inputs: [batch, 2]"
            ),
            (
                settings(.binaryCrossentropy, .sigmoid), "training.loss",
                "binary_crossentropy needs targets from 0 to 1, \"inputs\" has"
            ),
            (
                settings(.categoricalCrossentropy, .softmax), "training.loss",
                "categorical_crossentropy needs classes, the target is the inputs"
            ),
            (settings(metrics: [.accuracy]), "training.metrics", "accuracy is not of inputs that are given again"),
        ] as [(TrialSettings, String, String)])
    func whatCannotBeIsToldInWords(_ settings: TrialSettings, _ path: String, _ message: String) throws {
        let data = try Blobs.table().open(settings)
        let problem = #expect(throws: PreparationProblem.self) { try prepare(settings, data: data.summary) }
        #expect(problem?.path == path)
        #expect(problem?.message.hasPrefix(message) == true, "\(problem?.message ?? "")")
    }
}
