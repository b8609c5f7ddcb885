import Datasets
import NeuralNetworks
import RandomNumbers
import Settings
import TensorEngine

/// What a pass over the train rows made of a layer that is trained by itself.
public struct PretrainedEpoch: Sendable, Hashable {
    /// The layer's name.
    public let layer: String
    /// The pass, counted from 1 for each layer.
    public let epoch: Int
    /// How many passes the layer gets.
    public let epochs: Int
    /// The mean square of what the layer sees less what it gives again, after the pass and on at most a thousand train rows.
    public let error: Double

    /// A pass.
    package init(layer: String, epoch: Int, epochs: Int, error: Double) {
        self.layer = layer
        self.epoch = epoch
        self.epochs = epochs
        self.error = error
    }
}

/// Training of a deep belief network: layer by layer without labels, then as a whole with them.
final class PretrainedTraining: TrainingProcedure {
    private let settings: PretrainSettings
    private let supervised: SupervisedTraining
    private let network: Network
    private let places: [Int]
    private let inputs: ExampleTables.Inputs
    private let loss: LossSettings
    private let train: [Int32]
    private let rowCount: Int
    private let seed: Int
    private let isShuffled: Bool
    /// The layer that is being trained, where that has begun.
    private var current: (layer: Int, programs: ContrastivePrograms)?

    /// Train rows on which a layer is judged, at most.
    private static let judgedRows = 1000

    /// With fresh parameters for `seed`.
    ///
    /// - Parameter isShuffled: whether the rows are reordered every epoch.
    init(
        _ settings: PretrainSettings, of trial: PreparedTrial, on dataset: EncodedDataset, seed: Int, limit: TrainingLimit?,
        isShuffled: Bool
    ) throws {
        var settings = settings
        settings.epochs = min(settings.epochs, limit?.epochs ?? .max)
        self.settings = settings
        supervised = try SupervisedTraining(trial, on: dataset, seed: seed, limit: limit, isShuffled: isShuffled)
        network = trial.network
        places = trial.settings.trainedModel.pretrainedPlaces
        inputs = try PreparedExamples(dataset, settings: trial.settings).tables.inputs
        loss = trial.settings.training.loss
        train = Array(dataset.train.prefix(limit?.rows ?? .max))
        rowCount = dataset.rowCount
        // Data that an earlier version encoded do not tell their range before.
        if settings.visible == .bernoulli, dataset.summary.targetFacts.trainInputs == nil, case .dense(let numbers) = dataset.inputs {
            let width = dataset.featureCount
            for row in train {
                let outside = numbers[Int(row) * width..<(Int(row) + 1) * width].first { !(0...1).contains($0) }
                guard let outside else { continue }
                throw PreparationProblem(noBernoulliUnit: Double(outside), row: Int(dataset.fileRow(of: row)) + 1, at: "training.pretrain")
            }
        }
        self.seed = seed
        self.isShuffled = isShuffled
    }

    // MARK: - Layer by layer

    var preparatoryEpochs: Int { places.count * settings.epochs }

    func prepare(_ number: Int, shouldStop: () -> Bool) throws -> PretrainedEpoch? {
        let (layer, epoch) = ((number - 1) / settings.epochs, (number - 1) % settings.epochs + 1)
        let programs = try programs(of: layer)
        let name = programs.machine.layer
        let batches = EpochBatches(
            of: train, batchSize: settings.batchSize, seed: seed, path: "pretrain/" + name, epoch: epoch, isShuffled: isShuffled)
        // Draws follow from the step, and the step from the epoch.
        programs.optimizer.iteration = (epoch - 1) * batches.count
        guard try batches.forEach(shouldStop: shouldStop, { try programs.train(on: $0) }) else { return nil }
        var squares = 0.0
        let judged = Array(train.prefix(Self.judgedRows))
        try judged.withUnsafeBufferPointer { rows in
            for batch in rows.batches() {
                squares += try programs.judge(batch).squaredErrors.reduce(0) { $0 + Double($1) }
            }
        }
        let error = squares / Double(judged.count * programs.machine.visibleUnits)
        if number == preparatoryEpochs { current = nil }
        return PretrainedEpoch(layer: name, epoch: epoch, epochs: settings.epochs, error: error)
    }

    /// Those of a layer, on what the trained layers before it give.
    private func programs(of layer: Int) throws -> ContrastivePrograms {
        if let current, current.layer == layer { return current.programs }
        current = nil
        let place = places[layer]
        let machine = BoltzmannMachine(
            layer: network.layers[place].name, visibleUnits: place == 0 ? network.input.shape.count : network.shapes[place - 1].count,
            hiddenUnits: network.shapes[place].count,
            visible: (network.layers[place].layer as? RBMSettings)?.visible ?? (layer == 0 ? settings.visible : .bernoulli))
        let store = supervised.store
        try store.declare(machine.visibleBias, [machine.visibleUnits])
        let seen: ExampleTables.Inputs
        if layer == 0 {
            seen = inputs
        } else {
            let front = try network.upTo(place - 1)
            let features = LayerFeatures(of: front, on: inputs, rows: rowCount)
            try train.withUnsafeBufferPointer { try features.compute(for: [$0], from: store, loss: loss) }
            seen = features.inputs
        }
        let programs = try ContrastivePrograms(
            machine, store: store, contrast: ContrastiveDivergenceSettings(steps: settings.steps),
            optimizer: .sgd(SGDSettings(learningRate: .constant(settings.learningRate))), inputs: seen, chains: settings.batchSize,
            seed: seed)
        current = (layer, programs)
        return programs
    }

    // MARK: - As a whole

    func epoch(_ number: Int, shouldStop: () -> Bool) throws -> [(name: String, value: Double)]? {
        try supervised.epoch(number, shouldStop: shouldStop)
    }

    var learningRate: Float {
        get { supervised.learningRate }
        set { supervised.learningRate = newValue }
    }

    func weights() throws -> [TensorPlace] { try supervised.weights() }

    func restore(_ weights: [StoredTensor]) throws {
        current = nil
        try supervised.restore(weights)
    }

    func tensors() throws -> [TensorPlace] { try supervised.tensors() }

    func place(of path: String, _ shape: Shape) throws -> UnsafeMutableRawBufferPointer {
        current = nil
        return try supervised.place(of: path, shape)
    }

    var optimizers: [OptimizerProgress] {
        get { supervised.optimizers }
        set { supervised.optimizers = newValue }
    }

    func closing() throws -> (figures: [(name: String, value: Double)], predictions: [PartPredictions]) { try supervised.closing() }

    func end() { supervised.end() }

    func result() throws -> [TrainedParameter] { try supervised.result() }
}
