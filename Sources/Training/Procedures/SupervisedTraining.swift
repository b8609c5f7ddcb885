import Datasets
import Metrics
import NeuralNetworks
import RandomNumbers
import Settings
import TensorEngine

/// Training on examples whose targets are known: one loss, one optimizer.
final class SupervisedTraining: TrainingProcedure {
    private let trial: PreparedTrial
    private let seed: Int
    private let isShuffled: Bool
    private let programs: SupervisedPrograms
    /// What the frozen layers at the front give, where there are such: the programs are those of the layers behind them.
    private let features: FixedFeatures?
    private let examples: PreparedExamples
    /// Those of train rows, nothing added yet.
    private let metrics: [MetricSum]
    private let train: [Int32]
    private let validation: UnsafeBufferPointer<Int32>
    private let test: UnsafeBufferPointer<Int32>

    /// With fresh parameters for `seed`.
    ///
    /// - Parameter isShuffled: whether the rows are reordered every epoch.
    init(_ trial: PreparedTrial, on dataset: EncodedDataset, seed: Int, limit: TrainingLimit?, isShuffled: Bool) throws {
        self.trial = trial
        self.seed = seed
        self.isShuffled = isShuffled
        examples = try PreparedExamples(dataset, settings: trial.settings)
        metrics = trial.settings.metricSums(on: dataset.summary.target, threshold: trial.settings.training.threshold?.value(in: [:]))
        train = LabelledRows.chosen(
            trial.settings.training.labelled, of: Array(dataset.train.prefix(limit?.rows ?? .max)), examples.metricTargets)
        validation = UnsafeBufferPointer(rebasing: dataset.validation.prefix(limit?.rows ?? .max))
        test = UnsafeBufferPointer(rebasing: dataset.test.prefix(limit?.rows ?? .max))
        let store = ParameterStore()
        try trial.network.initialize(store, seed: seed)
        let images = dataset.summary.image(of: trial.settings)
        let training = trial.settings.training
        // What changes, or is padded, on its way to the network is no table's row.
        let isPlain = training.augment == nil && training.augmentValidation == nil && trial.settings.inputs.pad == 0
        features = isPlain ? try FixedFeatures(of: trial.network, on: examples.tables, rows: dataset.rowCount) : nil
        programs = try SupervisedPrograms(
            features?.rest ?? trial.network, store: store, training: trial.settings.training,
            examples: features?.examples ?? examples.tables, seed: seed,
            images: images)
    }

    /// Computes what the frozen layers give, where that was not done yet.
    private func prepareFeatures() throws {
        try train.withUnsafeBufferPointer { train in
            try features?.compute(for: [train, validation, test], from: programs.store, loss: trial.settings.training.loss)
        }
    }

    /// The parameters, and what the optimizer carries along.
    var store: ParameterStore { programs.store }

    var learningRate: Float {
        get { programs.optimizer.learningRate }
        set { programs.optimizer.learningRate = newValue }
    }

    // MARK: - An epoch

    func epoch(_ number: Int, shouldStop: () -> Bool) throws -> [(name: String, value: Double)]? {
        try prepareFeatures()
        programs.optimizer.epoch = number
        let batches = EpochBatches(
            of: train, batchSize: trial.settings.training.batchSize, seed: seed, epoch: number, isShuffled: isShuffled)
        var lossSum = 0.0
        var sums = metrics
        var norms = GradientNorms()
        var step = try programs.trainingStep(batch: min(batches.batchSize, train.count))
        let isWhole = try batches.forEach(shouldStop: shouldStop) { batch in
            guard let rows = batch.baseAddress else { return }
            if batch.count != step.batch { step = try programs.trainingStep(batch: batch.count) }
            step.run(rows: rows)
            lossSum += Double(step.loss) * Double(batch.count)
            norms.add(step)
            examples.withTargets(of: batch) { places in
                for i in sums.indices {
                    sums[i].add(scores: step.scores, meaning: step.meaning, rows: places, targets: examples.metricTargets)
                }
            }
        }
        guard isWhole else { return nil }
        var figures = [("loss", lossSum / Double(train.count))] + zip(trial.settings.training.metrics, sums).map { ($0.figure, $1.value) }
        if !validation.isEmpty {
            let found = try validate()
            figures += found.evaluation.figures(trial.settings.training, prefix: "val_").map { ($0.name, $0.value) }
            if case .chosen = trial.settings.training.threshold { figures.append((Figures.threshold, found.threshold ?? 0.5)) }
        }
        return (figures + norms.figures).map { (name: $0.0, value: $0.1) }
    }

    private func evaluate(_ rows: UnsafeBufferPointer<Int32>, _ sums: [MetricSum], keepingOutputs: Bool = false) throws -> Evaluation {
        try Evaluation(of: programs, on: rows, metrics: sums, examples: examples, keepingOutputs: keepingOutputs)
    }

    private func sums(at threshold: Double?) -> [MetricSum] {
        trial.settings.metricSums(on: examples.dataset.summary.target, threshold: threshold)
    }

    /// The figures of the validation rows, and the threshold that was given or that they choose.
    private func validate(keepingOutputs: Bool = false) throws -> (evaluation: Evaluation, threshold: Double?) {
        let threshold = trial.settings.training.threshold
        guard case .chosen(let criterion)? = threshold else {
            return (try evaluate(validation, metrics, keepingOutputs: keepingOutputs), threshold?.value(in: [:]))
        }
        var evaluation = try evaluate(validation, [], keepingOutputs: true)
        let meaning = trial.settings.training.loss.outputMeaning
        let positive = trial.settings.positive(of: examples.dataset.summary.target)
        return examples.withTargets(of: validation) { places in
            let chosen = evaluation.outputs.withUnsafeBufferPointer {
                ClassThreshold(of: positive, by: criterion, scores: $0, meaning: meaning, rows: places, targets: examples.metricTargets)
            }
            evaluation.measure(sums(at: chosen?.probability), meaning: meaning, rows: places, targets: examples.metricTargets)
            return (evaluation, chosen?.probability)
        }
    }

    // MARK: - Weights and state

    func weights() throws -> [TensorPlace] { try programs.store.places(of: trial.network.parameters.map(\.path)) }

    func restore(_ weights: [StoredTensor]) throws {
        features?.forget()
        try programs.store.restore(weights)
    }

    func tensors() throws -> [TensorPlace] { try programs.store.places() }

    func place(of path: String, _ shape: Shape) throws -> UnsafeMutableRawBufferPointer {
        features?.forget()
        return UnsafeMutableRawBufferPointer(try programs.store.declare(path, shape))
    }

    var optimizers: [OptimizerProgress] {
        get { [OptimizerProgress(programs.optimizer)] }
        set { if let progress = newValue.first { progress.restore(programs.optimizer) } }
    }

    // MARK: - The end

    func pictures() throws -> [MadePictures] {
        guard case .inputs = examples.dataset.target else { return [] }
        let drawn = try trial.network.examples(
            fromNormalCodes: MadePictures.count(trial.settings, on: examples.dataset.summary), store: programs.store,
            loss: trial.settings.training.loss, seed: seed)
        return drawn.map { [MadePictures(name: "made of drawn codes", numbers: $0)] } ?? []
    }

    func end() { programs.endTraining(keeping: trial.network) }

    func result() throws -> [TrainedParameter] { try programs.store.trainedParameters(of: trial.network) }

    func closing() throws -> (figures: [(name: String, value: Double)], predictions: [PartPredictions]) {
        try prepareFeatures()
        var figures: [(name: String, value: Double)] = []
        var predictions: [PartPredictions] = []
        var threshold = trial.settings.training.threshold?.value(in: [:])
        for (part, rows) in [("validation", validation), ("test", test)] where !rows.isEmpty {
            let evaluation: Evaluation
            if part == "validation" {
                (evaluation, threshold) = try validate(keepingOutputs: true)
            } else {
                evaluation = try evaluate(rows, sums(at: threshold), keepingOutputs: true)
            }
            if part == "test" { figures += evaluation.figures(trial.settings.training, prefix: "test_") }
            predictions.append(
                examples.withTargets(of: rows) { places in
                    PartPredictions(
                        part: part, places, fileRows: places.map(examples.fileRow), examples.metricTargets, outputs: evaluation.outputs)
                })
        }
        figures += try trial.clusterFigures(
            of: examples, from: programs.store, seed: seed, train: train, validation: validation, test: test)
        if let chance = chanceAccuracy() { figures.append((name: Figures.chanceAccuracy, value: chance)) }
        return (figures, predictions)
    }

    /// The share of hits when the test labels (else the validation labels) are shuffled and taken for predictions.
    private func chanceAccuracy() -> Double? {
        guard case .labels(let labels) = examples.metricTargets, !(test.isEmpty && validation.isEmpty) else { return nil }
        return examples.withTargets(of: test.isEmpty ? validation : test) { places in
            var stream = RandomStream(seed: seed, stream: .shuffle, path: "chance")
            let shuffled = stream.permutation(of: places.count)
            let hits = places.indices.reduce(0) { $0 + (labels[Int(places[$1])] == labels[Int(places[Int(shuffled[$1])])] ? 1 : 0) }
            return Double(hits) / Double(places.count)
        }
    }
}
