import Datasets
import Experiments
import Foundation
import Settings
import Testing
import Training

/// The sizes of gradients as figures of an epoch.
@Suite struct GradientNormTests {
    @Test func aLinearUnitsGradientIsThatOfTheFormula() throws {
        // One batch, weights 0: the gradient of the mean of (w x + b - y)² is (-2 mean xy, -2 mean y).
        let table = try TableOnDisk(columns: ["x", "y"], rows: [["1", "2"], ["2", "3"], ["3", "7"], ["4", "8"]])
        let settings = TrialSettings.of(
            target: .numeric(scale: .none), layers: [.dense(1, initializer: .zeros)],
            training: TrainingSettings(
                loss: LossSettings(kind: .meanSquaredError), optimizer: .sgd(SGDSettings(learningRate: 0.01)), batchSize: 4,
                gradientNorms: true))
        let dataset = try table.open(settings)
        let result = try train(prepare(settings, data: dataset.summary), on: dataset, seed: 1)
        let expected = (pow(2 * 61.0 / 4, 2) + pow(2 * 20.0 / 4, 2)).squareRoot()
        #expect(abs(try #require(result.history[0].figure("grad_norm/output")) - expected) < 1e-4)
    }

    @Test func measuringLeavesTheRunAsItIsToRounding() throws {
        let table = try Blobs.table()
        var settings = Blobs.settings()
        let dataset = try table.open(settings)
        let plain = try train(prepare(settings, data: dataset.summary), on: dataset, seed: 5)
        settings.training.gradientNorms = true
        let measured = try train(prepare(settings, data: dataset.summary), on: dataset, seed: 5)
        let last = try #require(measured.history.last)
        #expect(last.figures.map(\.name).suffix(2) == ["grad_norm/layer_1", "grad_norm/output"])
        #expect(plain.history.last?.figure("grad_norm/output") == nil)
        #expect(abs(try #require(last.figure("loss")) - (try #require(plain.history.last?.figure("loss")))) < 1e-4)
    }
}
