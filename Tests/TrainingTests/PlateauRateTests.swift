import Datasets
import Experiments
import Settings
import Testing
import Training

/// The learning rate as a figure of an epoch.
@Suite struct PlateauRateTests {
    @Test func theRateThatAnEpochHadIsAmongItsFiguresWhereAPlateauLowersIt() throws {
        let table = try Blobs.table()
        var settings = Blobs.settings()
        settings.training.epochs = 4
        settings.training.optimizer = .sgd(SGDSettings(learningRate: 0.1))
        let dataset = try table.open(settings)
        let plain = try train(prepare(settings, data: dataset.summary), on: dataset, seed: 1)
        #expect(plain.history.count == 4 && plain.history.allSatisfy { $0.figure("learning_rate") == nil })
        // Nothing improves by so much after the first epoch.
        settings.training.reduceOnPlateau = PlateauSettings(monitor: "loss", factor: 0.5, patience: 1, minDelta: 1e9)
        let lowered = try train(prepare(settings, data: dataset.summary), on: dataset, seed: 1)
        #expect(lowered.history.map { $0.figure("learning_rate") } == [0.1, 0.1, 0.05, 0.025])
    }
}
