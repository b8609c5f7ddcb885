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
                gradientNorms: .layers))
        let dataset = try table.open(settings)
        let result = try train(prepare(settings, data: dataset.summary), on: dataset, seed: 1)
        let expected = (pow(2 * 61.0 / 4, 2) + pow(2 * 20.0 / 4, 2)).squareRoot()
        #expect(abs(try #require(result.history[0].figure("grad_norm/output")) - expected) < 1e-4)
    }

    /// One norm for all layers of a block, and none where all of them are frozen.
    @Test(arguments: [
        (false, ["grad_norm/layer_1", "grad_norm/layer_2", "grad_norm/output"]), (true, ["grad_norm/layer_1", "grad_norm/output"]),
    ])
    func aBlockHasOneNorm(isFrozen: Bool, expected: [String]) throws {
        let table = try Blobs.table()
        var settings = Blobs.settings()
        settings.training.gradientNorms = .layers
        let inner = [LayerSettings(kind: DenseSettings(units: .count(8), activation: .relu), isFrozen: isFrozen)]
        settings.model = ModelSettings(layers: [
            LayerSettings(kind: DenseSettings(units: .count(8))), LayerSettings(kind: ResidualSettings(inner)),
            LayerSettings(kind: DenseSettings(units: .count(3), activation: .softmax)),
        ])
        let dataset = try table.open(settings)
        let result = try train(prepare(settings, data: dataset.summary), on: dataset, seed: 5)
        let found = try #require(result.history.last).figures.map(\.name).filter { $0.hasPrefix("grad_norm") }
        #expect(found == expected && settings.model.trainedLayerNames.map { "grad_norm/" + $0 } == expected)
    }

    @Test func measuringLeavesTheRunAsItIsToRounding() throws {
        let table = try Blobs.table()
        var settings = Blobs.settings()
        let dataset = try table.open(settings)
        let plain = try train(prepare(settings, data: dataset.summary), on: dataset, seed: 5)
        settings.training.gradientNorms = .layers
        let measured = try train(prepare(settings, data: dataset.summary), on: dataset, seed: 5)
        let last = try #require(measured.history.last)
        #expect(last.figures.map(\.name).suffix(2) == ["grad_norm/layer_1", "grad_norm/output"])
        #expect(plain.history.last?.figure("grad_norm/output") == nil)
        #expect(abs(try #require(last.figure("loss")) - (try #require(plain.history.last?.figure("loss")))) < 1e-4)
    }

    /// h is the sum of the inputs, each times 0.5 to the power of the steps behind it, and so fall the gradients to them. Each direction has its own.
    @Test(arguments: [(false, [0.25, 0.5, 1]), (true, [1, 0.5, 0.25])])
    func ofARecurrentLayerTheStepsAreTold(goBackwards: Bool, expected: [Double]) throws {
        let table = try TableOnDisk(
            columns: ["a", "b", "c", "y"],
            rows: [["1", "2", "3", "9"], ["2", "3", "1", "8"], ["3", "7", "1", "9"], ["4", "8", "2", "5"]])
        var cell = RecurrentSettings(units: 1)
        (cell.activation, cell.kernelInitializer, cell.recurrentInitializer) = (.linear, .constant(1), .constant(0.5))
        cell.goBackwards = goBackwards
        let settings = TrialSettings.of(
            target: .numeric(scale: .none), layers: [ReshapeSettings([3, 1]), SimpleRNNSettings(cell), .dense(1)],
            training: TrainingSettings(
                loss: LossSettings(kind: .meanSquaredError), optimizer: .sgd(SGDSettings(learningRate: 0.001)), batchSize: 4,
                gradientNorms: .steps))
        let dataset = try table.open(settings)
        let epoch = try #require(try train(prepare(settings, data: dataset.summary), on: dataset, seed: 1).history.first)
        let names = (1...3).map { "step_grad_norm/layer_2/\($0)" }
        #expect(epoch.figures.map(\.name) == ["loss", "grad_norm/layer_2", "grad_norm/output"] + names)
        let norms = try names.map { try #require(epoch.figure($0)) }
        let largest = try #require(norms.max())
        #expect(largest > 0)
        for (norm, share) in zip(norms, expected) { #expect(abs(norm / largest - share) < 1e-6) }
    }
}
