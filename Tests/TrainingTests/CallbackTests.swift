import Experiments
import Foundation
import Settings
import Testing
import Training

/// What Keras's callbacks made of made-up figures.
struct CallbackFixture: Decodable {
    struct Settings: Decodable, Sendable {
        let mode: String
        let patience: Int
        let minDelta: Double
        let cooldown: Int?
        let factor: Double?
        let minLr: Double?

        var goal: Goal { mode == "min" ? .minimize : .maximize }
    }

    struct Stop: Decodable, Sendable {
        let settings: Settings
        let figures: [Double]
        let stopped: Int?
        let kept: Int
    }

    struct Plateau: Decodable, Sendable {
        let settings: Settings
        let figures: [Double]
        let rates: [Double]
    }

    let stops: [Stop]
    let plateaus: [Plateau]

    static let file: CallbackFixture? = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/callbacks.json")
        return try? decoder.decode(CallbackFixture.self, from: Data(contentsOf: file))
    }()
}

/// Early stopping and the lowering of the rate on a plateau, epoch by epoch as Keras's callbacks.
@Suite struct CallbackTests {
    @Test func theFileWasRead() throws {
        let file = try #require(CallbackFixture.file)
        #expect(file.stops.count >= 26 && file.plateaus.count >= 36)
        #expect(file.stops.contains { $0.stopped == nil } && file.stops.contains { $0.stopped != nil && $0.stopped != $0.kept })
    }

    @Test(arguments: CallbackFixture.file?.stops ?? [])
    func stopsWhereKerasStopsAndKeepsWhatItKeeps(_ fixture: CallbackFixture.Stop) {
        let settings = fixture.settings
        var stopping = EarlyStopping(
            EarlyStoppingSettings(goal: settings.goal, patience: settings.patience, minDelta: settings.minDelta))
        var stopped: Int?
        for (place, figure) in fixture.figures.enumerated() where stopped == nil {
            if stopping.judge(figure, epoch: place + 1) == .stop { stopped = place + 1 }
        }
        #expect(stopped == fixture.stopped)
        #expect(stopping.bestEpoch == fixture.kept)
    }

    @Test(arguments: CallbackFixture.file?.plateaus ?? [])
    func lowersTheRateWhereKerasDoes(_ fixture: CallbackFixture.Plateau) throws {
        let settings = fixture.settings
        var watch = PlateauWatch(
            PlateauSettings(
                goal: settings.goal, factor: try #require(settings.factor), patience: settings.patience, minDelta: settings.minDelta,
                cooldown: try #require(settings.cooldown), minLearningRate: try #require(settings.minLr)))
        var rate: Float = 0.1
        for (place, figure) in fixture.figures.enumerated() {
            let epoch = EpochFigures(epoch: place + 1, epochs: 99, figures: [("loss", 1), ("val_loss", figure)], seconds: 0)
            if let lowered = watch.rate(after: epoch, at: Double(rate)) { rate = Float(lowered) }
            #expect(abs(Double(rate) - fixture.rates[place]) <= 1e-6 * fixture.rates[place], "epoch \(place + 1)")
        }
    }
}
