import Datasets
import Foundation
import Settings
import TestSupport
import Testing
import Training

/// A run that goes on from its state after an epoch, written and read, has the bits of one that never stopped.
@Suite struct TrainingStateTests {
    /// A way to train with something that stays from epoch to epoch.
    struct Way: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout TrialSettings) -> Void

        init(_ name: String, _ change: @escaping @Sendable (inout TrialSettings) -> Void) {
            (testDescription, self.change) = (name, change)
        }
    }

    static let ways = [
        Way("rmsprop") { _ in },
        // Rows of the table that a batch does not name are owed their steps.
        Way("rmsprop on multi-hot rows") {
            $0.inputs.columns = [ColumnSettings(column: "words", encoding: .multiHot(vocabulary: 30))]
        },
        Way("adam") { $0.training.optimizer = .adam(AdamSettings()) },
        Way("adamax") { $0.training.optimizer = .adamax(AdamSettings()) },
        Way("momentum under a schedule") {
            $0.training.optimizer = .sgd(
                SGDSettings(learningRate: .exponentialDecay(initial: 0.1, steps: 3, rate: 0.9, staircase: false), momentum: 0.9))
        },
        Way("adagrad with dropout and batch norm") {
            $0.training.optimizer = .adagrad(AdagradSettings(learningRate: 0.1))
            $0.model.layers.insert(
                contentsOf: [LayerSettings(kind: .dropout(rate: 0.3)), LayerSettings(kind: .batchNormalization())], at: 1)
        },
        Way("early stopping that restores") {
            $0.training.earlyStopping = EarlyStoppingSettings(patience: 2, minDelta: 0.05, restoreBestWeights: true)
        },
        Way("a plateau") { $0.training.reduceOnPlateau = PlateauSettings(factor: 0.5, patience: 1, minDelta: 0.05) },
    ]

    /// The points of ``Blobs`` with words beside them.
    private static func table() throws -> TableOnDisk {
        var numbers = SeededNumbers(seed: 2)
        let rows = (0..<90).map { row in
            let (place, words) = (numbers.numbers(2, in: -1...1), numbers.numbers(3, in: 0...29).map { "word\(Int($0))" })
            return ["\(place[0] + Double(row % 3))", "\(place[1])", words.joined(separator: " "), ["green", "red", "blue"][row % 3]]
        }
        return try TableOnDisk(columns: ["a", "b", "words", "y"], rows: rows)
    }

    @Test(arguments: ways)
    func goesOnToTheSameBits(way: Way) throws {
        var settings = Blobs.settings(epochs: 9)
        settings.inputs.columns = ["a", "b"].map { ColumnSettings(column: $0, encoding: .numeric(scale: .none)) }
        way.change(&settings)
        let data = try Self.table().open(settings)
        let trial = try prepare(settings, data: data.summary)
        var states: [Data] = []
        let whole = try train(
            trial, on: data, seed: 4, from: RunStart(), onState: { states.append((try? JSONEncoder().encode($0)) ?? Data()) })
        #expect(states.count >= 2)
        for written in states {
            let state = try JSONDecoder().decode(TrainingState.self, from: written)
            // Another seed draws other first weights, all of which the state replaces; order and masks follow the seed.
            let rest = try train(trial, on: data, seed: 4, from: RunStart(), resuming: state)
            #expect(rest.weights.map(\.values) == whole.weights.map(\.values), "after epoch \(state.history.count)")
            #expect(rest.history.map { $0.figures.map(\.value) } == whole.history.map { $0.figures.map(\.value) })
            #expect(rest.predictions.map(\.outputs) == whole.predictions.map(\.outputs))
            #expect(rest.keptEpoch == whole.keptEpoch && rest.stopped == whole.stopped)
        }
    }

    /// What the state holds is what decides: without it the rest of the run is another one.
    @Test func theStateIsNeeded() throws {
        let settings = Blobs.settings(epochs: 4)
        let data = try Blobs.table().open(settings)
        let trial = try prepare(settings, data: data.summary)
        var states: [TrainingState] = []
        let whole = try train(trial, on: data, seed: 4, from: RunStart(), onState: { states.append($0) })
        var bare = try #require(states.first)
        bare.procedure = nil
        let rest = try train(trial, on: data, seed: 4, from: RunStart(), resuming: bare)
        #expect(rest.weights.map(\.values) != whole.weights.map(\.values))
    }

    @Test func figuresThatAreNoNumbersAreWrittenToo() throws {
        let epoch = EpochFigures(epoch: 1, epochs: 2, figures: [("loss", .nan), ("val_loss", -.infinity)], seconds: 0.5)
        let read = try JSONDecoder().decode(EpochFigures.self, from: JSONEncoder().encode(epoch))
        #expect(read.figure("loss")?.isNaN == true && read.figure("val_loss") == -.infinity && read.seconds == 0.5)
    }
}
