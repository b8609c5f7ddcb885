import Datasets
import Experiments
import Settings
import Testing
import Training

/// Trained networks that answer for new rows.
@Suite struct PredictorTests {
    @Test func newRowsGetTheAnswersOfTheSameRowsInTraining() throws {
        let table = try Blobs.table()
        let settings = Blobs.settings()
        let dataset = try table.open(settings)
        let result = try train(prepare(settings, data: dataset.summary), on: dataset, seed: 3)
        let predictor = try Predictor(settings, data: dataset.summary, weights: result.weights)
        #expect(predictor.outputKind == .classes(names: ["blue", "green", "red"], areProbabilities: true))
        let answers = try predictor.predictions(for: RowEncoder(dataset).encode(csv: table.file))
        #expect(answers.count == dataset.rowCount)
        let test = try #require(result.predictions.last)
        for (place, row) in test.rows.enumerated() {
            for column in 0..<3 {
                #expect(abs(answers[Int(row)][column] - Double(test.outputs[place * 3 + column])) < 1e-6)
            }
        }
    }

    @Test func valuesComeInTheTargetsOwnUnit() throws {
        let rows = (0..<30).map { ["\($0)", "\(1000 + 10 * $0)"] }
        let table = try TableOnDisk(columns: ["x", "y"], rows: rows)
        let settings = TrialSettings.of(
            target: .numeric(scale: .standard), layers: [.dense(1)],
            training: TrainingSettings(
                loss: LossSettings(kind: .meanSquaredError), optimizer: .sgd(SGDSettings(learningRate: 0.1)), batchSize: 30, epochs: 200),
            inputs: .numeric(scale: .standard))
        let dataset = try table.open(settings)
        let result = try train(prepare(settings, data: dataset.summary), on: dataset, seed: 1)
        let predictor = try Predictor(settings, data: dataset.summary, weights: result.weights)
        let answers = try predictor.predictions(for: RowEncoder(dataset).encode(["x": "12"]))
        #expect(predictor.outputKind == .values)
        #expect(abs(answers[0][0] - 1120) < 0.1)
    }

    @Test func logitsBecomeProbabilities() throws {
        let table = try TableOnDisk(columns: ["x", "y"], rows: (0..<20).map { ["\($0)", $0 < 10 ? "low" : "high"] })
        let settings = TrialSettings.of(
            target: .label, layers: [.dense(1)],
            training: TrainingSettings(
                loss: LossSettings(kind: .binaryCrossentropy, fromLogits: true), optimizer: .adam(AdamSettings(learningRate: 0.1)),
                epochs: 50),
            inputs: .numeric(scale: .standard))
        let dataset = try table.open(settings)
        let result = try train(prepare(settings, data: dataset.summary), on: dataset, seed: 1)
        let predictor = try Predictor(settings, data: dataset.summary, weights: result.weights)
        #expect(predictor.outputKind == .classes(names: ["high", "low"], areProbabilities: true))
        let answers = try predictor.predictions(for: RowEncoder(dataset).encode(["x": "1"]))
        #expect(answers[0].count == 2 && abs(answers[0].reduce(0, +) - 1) < 1e-9 && answers[0][1] > 0.8)
    }

    @Test func weightsOfAnotherNetworkAreRefused() throws {
        let table = try Blobs.table()
        let dataset = try table.open(Blobs.settings())
        #expect(throws: PredictionProblem.lacking("layer_1/kernel")) {
            try Predictor(Blobs.settings(), data: dataset.summary, weights: [])
        }
        let narrow = [TrainedParameter(name: "layer_1/kernel", shape: [2, 4], values: [Float](repeating: 0, count: 8))]
        #expect(throws: PredictionProblem.otherShape("layer_1/kernel", found: [2, 4], expected: [2, 8])) {
            try Predictor(Blobs.settings(), data: dataset.summary, weights: narrow)
        }
    }
}
