import Datasets
import Experiments
import Metrics
import Settings
import TestSupport
import Testing
import Training

/// Runs of networks that are to give their inputs again, with noise, penalties, codes that are drawn and kernels that are used twice.
@Suite struct AutoencoderTests {
    private static func settings(
        _ layers: [any LayerKind], loss: LossSettings = LossSettings(kind: .meanSquaredError), rate: Double = 0.01, epochs: Int = 40
    ) -> TrialSettings {
        TrialSettings(
            dataset: .csv(CSVSettings(path: "table.csv")),
            inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .none))]), target: .inputsAsTarget, labels: "y",
            split: SplitSettings(test: PartSettings(size: .first(15)), validation: .part(PartSettings(size: .first(20)))),
            model: ModelSettings(layers: layers.map { LayerSettings(kind: $0) }),
            training: TrainingSettings(
                loss: loss, optimizer: .adam(AdamSettings(learningRate: .constant(rate))), batchSize: 16, epochs: epochs, metrics: [.mse]))
    }

    private func run(_ settings: TrialSettings, seed: Int = 1) throws -> RunResult {
        let data = try Blobs.table().open(settings)
        return try train(prepare(settings, data: data.summary), on: data, seed: seed)
    }

    private static let output = DenseSettings(units: .target)

    static let networks: [[any LayerKind]] = [
        [GaussianNoiseSettings(deviation: 0.2), .dense(8, .tanh), output],
        [MaskingNoiseSettings(rate: 0.1), .dense(8, .tanh), output],
        [
            DenseSettings(units: .count(8), activation: .sigmoid, activityRegularizer: .init(sparsity: .init(target: 0.3, weight: 0.01))),
            output,
        ],
        [DenseSettings(units: .count(8), activation: .tanh, contractiveRegularizer: 0.001), output],
        [.dense(8, .tanh), VariationalSettings(units: 2, divergenceWeight: 0.001), .dense(8, .tanh), output],
        [.dense(8, .tanh), DenseTransposedSettings(of: "layer_1")],
    ]

    @Test(arguments: networks.indices)
    func eachOfThemLearnsWhatItSees(index: Int) throws {
        let settings = Self.settings(Self.networks[index])
        let result = try run(settings)
        let (first, last) = (try #require(result.history.first?.figure("val_mse")), try #require(result.figure("val_mse")))
        #expect(last < first / 3, "\(first) → \(last)")
        // The same seed gives the same bits, another seed others.
        #expect(try run(settings).history.map { $0.figure("loss") } == result.history.map { $0.figure("loss") })
        #expect(try run(settings, seed: 2).figure("loss") != result.figure("loss"))
    }

    /// What layers add to the loss is part of `val_loss`, and the rest of it is the loss of what comes out.
    @Test func lossesOfLayersArePartOfTheLossOfValidation() throws {
        let loss = LossSettings(kind: .meanSquaredError, sumsOutputs: true)
        let layers: [any LayerKind] = [
            DenseSettings(units: .count(3), activation: .tanh, activityRegularizer: .init(l1: 0.5)), VariationalSettings(units: 1),
            Self.output,
        ]
        let result = try run(Self.settings(layers, loss: loss, epochs: 2))
        let (whole, mse) = (try #require(result.figure("val_loss")), try #require(result.figure("val_mse")))
        #expect(whole > 2 * mse + 0.1)
        var bare = layers
        bare[0] = .dense(3, .tanh)
        bare[1] = VariationalSettings(units: 1, divergenceWeight: 0)
        let plain = try run(Self.settings(bare, loss: loss, epochs: 2))
        #expect(abs((plain.figure("val_loss") ?? 0) - 2 * (plain.figure("val_mse") ?? 0)) < 1e-5)
    }

    /// A network that begins with noise sees images as such where the layer behind it does, and may end in a convolution that gives them again.
    @Test func imagesGoThroughNoise() throws {
        var numbers = SeededNumbers(seed: 7)
        let rows = (0..<40).map { row in numbers.numbers(30, in: 0...1).map { "\($0)" } + [row % 2 == 0 ? "a" : "b"] }
        let table = try TableOnDisk(columns: (1...30).map { "p\($0)" } + ["y"], rows: rows)
        var settings = Self.settings(
            [
                GaussianNoiseSettings(deviation: 0.5, clip: 0...1), DropoutSettings(rate: 0.1),
                Conv2DSettings(
                    filters: 2, kernelSize: Extent(3, 3), padding: .same, activation: .relu, activityRegularizer: .init(l1: 0.01)),
                Conv2DSettings(filters: 1, kernelSize: Extent(3, 3), padding: .same),
            ], epochs: 3)
        settings.inputs.columns[0].image = ImageShape(height: 6, width: 5)
        settings.training.augment = AugmentationSettings(mask: 0.2)
        let data = try table.open(settings)
        let trial = try prepare(settings, data: data.summary)
        #expect(trial.network.shapes.map(\.dimensions) == [[6, 5, 1], [6, 5, 1], [6, 5, 2], [6, 5, 1]])
        let result = try train(trial, on: data, seed: 1)
        #expect(result.predictions.last?.width == 30)
        #expect(result.figure("val_loss")?.isFinite == true)
    }

    @Test func theWorkOfATiedLayerIsCounted() throws {
        let settings = Self.settings([.dense(8, .tanh), DenseTransposedSettings(of: "layer_1")])
        let trial = try prepare(settings, data: Blobs.table().open(settings).summary)
        #expect(trial.parameters == 2 * 8 + 8 + 2)
        #expect(trial.layers.map(\.multiplications) == [16, 16])
        #expect(trial.layers.map(\.parameters) == [24, 2])
    }
}
