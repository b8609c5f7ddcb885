import Datasets
import Experiments
import Foundation
import Settings
import TensorEngine
import TestSupport
import Testing
import Training

/// A `fit` of Keras's without shuffling, from given weights.
struct FitFixture: Decodable, Sendable, CustomTestStringConvertible {
    struct Tensor: Decodable, Sendable {
        let name: String?
        let shape: [Int]
        let values: [Float]
    }

    struct Part: Decodable, Sendable {
        let x: Tensor
        let y: Tensor?
        let labels: [Int]?

        /// The features and the target of each row, as a table has them.
        var rows: [[String]] {
            let width = x.shape[1]
            return (0..<x.shape[0]).map { row in
                x.values[row * width..<(row + 1) * width].map { "\($0)" } + [target(row)]
            }
        }

        private func target(_ row: Int) -> String {
            if let labels { return "\(labels[row])" }
            guard let y else { return "" }
            let width = y.shape[1]
            let numbers = Array(y.values[row * width..<(row + 1) * width])
            return width == 1 ? "\(numbers[0])" : "\(numbers.firstIndex(of: 1) ?? 0)"
        }
    }

    struct Network: Decodable, Sendable {
        struct Layer: Decodable, Sendable {
            let units: Int
            let activation: String
        }
        let layers: [Layer]
    }

    struct Named: Decodable, Sendable { let kind: String }

    struct Optimizer: Decodable, Sendable {
        let kind: String
        let learningRate: Double
    }

    struct Stopping: Decodable, Sendable {
        let monitor: String
        let patience: Int
        let minDelta: Double
        let restoreBestWeights: Bool
    }

    let name: String
    let network: Network
    let loss: Named
    let optimizer: Optimizer
    let metric: String
    let batchSize: Int
    let epochs: Int
    let earlyStopping: Stopping?
    let train: Part
    let validation: Part
    let initial: [Tensor]
    let history: [String: [Double]]
    let final: [Tensor]

    var testDescription: String { name }

    static let all: [FitFixture]? = {
        struct File: Decodable { let cases: [FitFixture] }
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../NeuralNetworksTests/Fixtures/epochs.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try? decoder.decode(File.self, from: Data(contentsOf: file)).cases
    }()
}

/// Whole fits: the means of loss and metric over an epoch with a short last batch, validation, early stopping.
@Suite struct EpochParityTests {
    static let tolerance = 1e-5

    @Test func theFileWasRead() throws { #expect(try #require(FitFixture.all).count >= 6) }

    @Test(arguments: FitFixture.all ?? [])
    func aFitGivesKerasHistoryAndWeights(_ fixture: FitFixture) throws {
        let settings = try settings(fixture)
        let names = fixture.train.x.shape[1]
        let table = try TableOnDisk(
            columns: (0..<names).map { "x\($0)" } + ["y"], rows: fixture.validation.rows + fixture.train.rows)
        let data = try table.open(settings)
        let trial = try prepare(settings, data: data.summary)
        let last = fixture.network.layers.count
        func path(_ name: String?) -> String {
            (name ?? "").replacing("layer_\(last).", with: "output.").replacing(".", with: "/")
        }
        let weights = fixture.initial.map { TrainedParameter(name: path($0.name), shape: $0.shape, values: $0.values) }
        let result = try train(trial, on: data, seed: 0, from: RunStart(weights: weights, isShuffled: false))

        #expect(!fixture.history.isEmpty && !fixture.final.isEmpty)
        #expect(result.stopped == (result.history.count < fixture.epochs ? .earlyStopping : nil))
        for (name, expected) in fixture.history {
            for (epoch, value) in try paired(result.history, expected) {
                let found = try #require(epoch.figure(name), "\(name)")
                #expect(
                    abs(found - value) <= Self.tolerance * max(1, abs(value)), "\(name) of epoch \(epoch.epoch): \(found), Keras \(value)")
            }
        }
        for expected in fixture.final {
            let found = try #require(result.weights.first { $0.name == path(expected.name) })
            for (ours, keras) in try paired(found.values, expected.values) {
                #expect(abs(ours - keras) <= 2e-5 * max(1, abs(keras)), "\(found.name): \(ours), Keras \(keras)")
            }
        }
    }

    private func settings(_ fixture: FitFixture) throws -> TrialSettings {
        let losses: [String: LossKind] = [
            "mse": .meanSquaredError, "binary_crossentropy": .binaryCrossentropy, "categorical_crossentropy": .categoricalCrossentropy,
            "sparse_categorical_crossentropy": .sparseCategoricalCrossentropy,
        ]
        let loss = try #require(losses[fixture.loss.kind])
        let target: Settings.Encoding =
            switch loss {
            case .meanSquaredError: .numeric(scale: .none)
            case .categoricalCrossentropy: .oneHot()
            default: .label
            }
        let activations: [String: Activation] = ["linear": .linear, "tanh": .tanh, "relu": .relu, "sigmoid": .sigmoid, "softmax": .softmax]
        let rate = LearningRateSettings.constant(fixture.optimizer.learningRate)
        let layers = try fixture.network.layers.map { DenseSettings.dense($0.units, try #require(activations[$0.activation])) }
        return .of(
            target: target, layers: layers,
            training: TrainingSettings(
                loss: LossSettings(kind: loss),
                optimizer: fixture.optimizer.kind == "adam"
                    ? .adam(AdamSettings(learningRate: rate)) : .rmsprop(RMSpropSettings(learningRate: rate)),
                batchSize: fixture.batchSize, epochs: fixture.epochs, metrics: [fixture.metric == "mae" ? .mae : .accuracy],
                earlyStopping: fixture.earlyStopping.map {
                    EarlyStoppingSettings(
                        monitor: $0.monitor, patience: $0.patience, minDelta: $0.minDelta, restoreBestWeights: $0.restoreBestWeights)
                }),
            validation: .part(PartSettings(size: .first(fixture.validation.x.shape[0]))))
    }
}
