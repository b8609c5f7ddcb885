import Settings
import TestSupport
import Testing
import Training

/// What frozen layers give is computed once, and training is what it would be without that.
@Suite struct FixedFeatureTests {
    /// A dropout in front that drops nothing to speak of, but makes chance have a part: then every step computes all layers.
    private func run(dropping rate: Double, _ training: (inout TrainingSettings) -> Void = { _ in }) throws -> RunResult {
        var settings = Blobs.settings(stopping: EarlyStoppingSettings(patience: 2, restoreBestWeights: true))
        settings.training.freeze = .named(["layer_2", "layer_3"])
        settings.model = ModelSettings(layers: [
            LayerSettings(kind: DropoutSettings(rate: rate)), LayerSettings(kind: DenseSettings(units: .count(8), activation: .relu)),
            LayerSettings(kind: BatchNormalizationSettings()), LayerSettings(kind: DenseSettings(units: .count(5), activation: .tanh)),
            LayerSettings(kind: DenseSettings(units: .count(3), activation: .softmax)),
        ])
        training(&settings.training)
        let table = try Blobs.table()
        let data = try table.open(settings)
        return try train(prepare(settings, data: data.summary), on: data, seed: 1)
    }

    @Test(arguments: [OptimizerSettings.adam(AdamSettings()), .sgd(SGDSettings(learningRate: 0.1))])
    func figuresAndWeightsAreThoseOfTheWholeNetwork(optimizer: OptimizerSettings) throws {
        let (once, whole) = (try run(dropping: 0) { $0.optimizer = optimizer }, try run(dropping: 1e-30) { $0.optimizer = optimizer })
        #expect(once.history.count == whole.history.count)
        for (one, other) in zip(once.history, whole.history) {
            #expect(one.figures.map(\.name) == other.figures.map(\.name))
            for (left, right) in zip(one.figures, other.figures) { #expect(abs(left.value - right.value) < 1e-5) }
        }
        #expect(once.weights.map(\.name) == whole.weights.map(\.name))
        for (left, right) in zip(once.weights, whole.weights) {
            #expect(left.shape == right.shape && zip(left.values, right.values).allSatisfy { abs($0 - $1) < 1e-5 })
        }
        for (left, right) in zip(once.predictions, whole.predictions) {
            #expect(left.rows == right.rows && zip(left.outputs, right.outputs).allSatisfy { abs($0 - $1) < 1e-5 })
        }
    }

    /// The size of a frozen layer is part of the loss.
    @Test func penaltiesOfFrozenLayersCount() throws {
        func penalised(_ rate: Double) throws -> RunResult {
            var settings = Blobs.settings()
            settings.training.freeze = .allButLast
            settings.model.layers[0] = LayerSettings(
                kind: DenseSettings(units: .count(8), activation: .relu, kernelRegularizer: PenaltySettings(l2: rate)))
            let table = try Blobs.table()
            let data = try table.open(settings)
            return try train(prepare(settings, data: data.summary), on: data, seed: 1)
        }
        let (with, without) = (try penalised(0.5), try penalised(0.25))
        #expect(try #require(with.figure("loss")) > (try #require(without.figure("loss"))) + 0.01)
    }
}
