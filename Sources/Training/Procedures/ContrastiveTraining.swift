import Datasets
import Metrics
import NeuralNetworks
import RandomNumbers
import Settings
import TensorEngine

/// Training of a restricted Boltzmann machine by contrastive divergence.
///
/// All its figures are of the weights after an epoch: of the validation rows, and of as many train rows, so that the two can be compared.
final class ContrastiveTraining: TrainingProcedure {
    private let trial: PreparedTrial
    private let seed: Int
    private let isShuffled: Bool
    private let programs: ContrastivePrograms
    /// Where its hidden units are few.
    private let hiddenStates: HiddenStateSum?
    private let examples: PreparedExamples
    private let metrics: [MetricSum]
    private let train: [Int32]
    private let validation: UnsafeBufferPointer<Int32>
    private let test: UnsafeBufferPointer<Int32>

    /// Train rows that are judged where none validate, at most.
    private static let judgedRows = 1000

    /// With fresh parameters for `seed`.
    ///
    /// - Parameter isShuffled: whether the rows are reordered every epoch.
    init(
        _ machine: BoltzmannMachine, of trial: PreparedTrial, on dataset: EncodedDataset, seed: Int, limit: TrainingLimit?, isShuffled: Bool
    ) throws {
        self.trial = trial
        self.seed = seed
        self.isShuffled = isShuffled
        let training = trial.settings.training
        examples = try PreparedExamples(dataset, settings: trial.settings)
        metrics = trial.settings.metricSums(on: dataset.summary.target, threshold: nil)
        train = Array(dataset.train.prefix(limit?.rows ?? .max))
        validation = UnsafeBufferPointer(rebasing: dataset.validation.prefix(limit?.rows ?? .max))
        test = UnsafeBufferPointer(rebasing: dataset.test.prefix(limit?.rows ?? .max))
        let store = ParameterStore()
        try trial.network.initialize(store, seed: seed)
        programs = try ContrastivePrograms(
            machine, store: store, contrast: training.loss.contrast, optimizer: training.optimizer, inputs: examples.tables.inputs,
            bits: machine.visible == .bernoulli ? JudgedBits.table(of: machine, rows: dataset.rowCount, seed: seed) : nil,
            chains: training.batchSize, seed: seed)
        hiddenStates = machine.hiddenUnits <= HiddenStateSum.mostUnits ? try HiddenStateSum(machine, in: store) : nil
    }

    var learningRate: Float {
        get { programs.optimizer.learningRate }
        set { programs.optimizer.learningRate = newValue }
    }

    // MARK: - An epoch

    func epoch(_ number: Int, shouldStop: () -> Bool) throws -> [(name: String, value: Double)]? {
        programs.optimizer.epoch = number
        let batches = EpochBatches(
            of: train, batchSize: trial.settings.training.batchSize, seed: seed, epoch: number, isShuffled: isShuffled)
        guard try batches.forEach(shouldStop: shouldStop, { try programs.train(on: $0) }) else { return nil }
        let partition = try hiddenStates?.logarithm()
        let judged = train.prefix(validation.isEmpty ? Self.judgedRows : validation.count)
        var figures = try judged.withUnsafeBufferPointer { try evaluate($0, partition).figures(trial.settings.training, prefix: "") }
        if !validation.isEmpty { figures += try evaluate(validation, partition).figures(trial.settings.training, prefix: "val_") }
        return figures
    }

    private func evaluate(
        _ rows: UnsafeBufferPointer<Int32>, _ partition: Double?, keepingOutputs: Bool = false
    ) throws -> MachineEvaluation {
        try MachineEvaluation(
            of: programs, on: rows, logPartition: partition, metrics: metrics, targets: examples.metricTargets,
            keepingOutputs: keepingOutputs)
    }

    // MARK: - Weights and state

    func weights() throws -> [TensorPlace] { try programs.store.places(of: trial.network.parameters.map(\.path)) }

    func restore(_ weights: [StoredTensor]) throws { try programs.store.restore(weights) }

    func tensors() throws -> [TensorPlace] { try programs.store.places() }

    func place(of path: String, _ shape: Shape) throws -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(try programs.store.declare(path, shape))
    }

    var optimizers: [OptimizerProgress] {
        get { [OptimizerProgress(programs.optimizer)] }
        set { if let progress = newValue.first { progress.restore(programs.optimizer) } }
    }

    // MARK: - The end

    func end() { programs.endTraining(keeping: trial.network) }

    func result() throws -> [TrainedParameter] { try programs.store.trainedParameters(of: trial.network) }

    func closing() throws -> (figures: [(name: String, value: Double)], predictions: [PartPredictions]) {
        var figures: [(name: String, value: Double)] = []
        var predictions: [PartPredictions] = []
        let partition = test.isEmpty ? nil : try hiddenStates?.logarithm()
        for (part, rows) in [("validation", validation), ("test", test)] where !rows.isEmpty {
            let evaluation = try evaluate(rows, partition, keepingOutputs: true)
            if part == "test" { figures = evaluation.figures(trial.settings.training, prefix: "test_") }
            predictions.append(
                PartPredictions(
                    part: part, rows, fileRows: rows.map(examples.dataset.fileRow), examples.metricTargets, outputs: evaluation.outputs))
        }
        figures += try trial.clusterFigures(
            of: examples, from: programs.store, seed: seed, train: train, validation: validation, test: test)
        return (figures, predictions)
    }
}

extension ContrastiveTraining {
    /// Images of its own.
    func pictures() throws -> [MadePictures] {
        guard examples.dataset.summary.image(of: trial.settings) != nil else { return [] }
        return [MadePictures(name: "generated", numbers: try programs.generated(MadePictures.pictureCount, steps: Self.stepsOfGenerated))]
    }

    private static let stepsOfGenerated = 1000
}

/// The bits of each row by which a machine is judged.
private enum JudgedBits {
    /// Bits a row, where there are more.
    static let mostBits = 16

    /// All bits, or so many that are drawn for each row once: in the mean over rows they estimate the pseudo-likelihood, as scikit-learn's `score_samples` does
    /// with one bit a row, drawn anew each time.
    static func table(of machine: BoltzmannMachine, rows: Int, seed: Int) -> TokenTable {
        let bits: [Int32]
        let length = min(machine.visibleUnits, mostBits)
        if machine.visibleUnits <= mostBits {
            bits = (0..<rows).flatMap { _ in (0..<length).map { Int32($0) } }
        } else {
            var stream = RandomStream(seed: seed, stream: .gibbs, path: "judged bits")
            bits = (0..<rows * length).map { _ in Int32(stream.integer(below: machine.visibleUnits)) }
        }
        let owner = OwnedNumbers(bits)
        return TokenTable(tokens: owner.start, rows: rows, length: length, owner: owner)
    }
}
