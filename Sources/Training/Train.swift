import Datasets
import Metrics
import NeuralNetworks
import RandomNumbers
import Settings
import TensorEngine

/// Less than a whole run, to try whether it works.
public struct TrainingLimit: Sendable, Hashable {
    /// At most so many epochs.
    public var epochs: Int?
    /// At most so many rows of each part.
    public var rows: Int?

    /// A limit; nil is none.
    public init(epochs: Int? = nil, rows: Int? = nil) {
        self.epochs = epochs
        self.rows = rows
    }
}

/// Trains one run, start to end, on the calling thread.
///
/// The same seed gives the same bits on one kind of processor. `onEpoch` is called after each epoch with its figures and stops the
/// run by giving false; `shouldStop` is asked every few batches and stops it in the middle of an epoch.
///
/// - Throws: `ShapeError` when the network does not fit the data, which ``prepare(_:data:)`` rules out.
public func train(
    _ trial: PreparedTrial, on dataset: EncodedDataset, seed: Int, limit: TrainingLimit? = nil,
    shouldStop: () -> Bool = { false }, onEpoch: (EpochFigures) -> Bool = { _ in true }
) throws -> RunResult {
    try train(trial, on: dataset, seed: seed, limit: limit, from: RunStart(), shouldStop: shouldStop, onEpoch: onEpoch)
}

/// What a run begins with and in which order it goes, where a seed is not to decide: so that runs of other libraries can be followed.
package struct RunStart: Sendable {
    /// Values that replace the drawn ones.
    package var weights: [TrainedParameter]
    /// Whether the rows are reordered every epoch.
    package var isShuffled: Bool

    /// What the seed gives.
    package init(weights: [TrainedParameter] = [], isShuffled: Bool = true) {
        self.weights = weights
        self.isShuffled = isShuffled
    }
}

/// Trains one run from a given start.
package func train(
    _ trial: PreparedTrial, on dataset: EncodedDataset, seed: Int, limit: TrainingLimit? = nil, from start: RunStart,
    shouldStop: () -> Bool = { false }, onEpoch: (EpochFigures) -> Bool = { _ in true }
) throws -> RunResult {
    var run = try Run(trial, on: dataset, seed: seed, limit: limit, isShuffled: start.isShuffled)
    try run.restore(start.weights)
    return try run.complete(shouldStop: shouldStop, onEpoch: onEpoch)
}

/// One training, underway.
private struct Run {
    let trial: PreparedTrial
    let seed: Int
    let isShuffled: Bool
    let epochs: Int
    let model: Model
    let examples: PreparedExamples
    /// Nothing added yet.
    let metrics: [MetricSum]
    let train: [Int32]
    let validation: UnsafeBufferPointer<Int32>
    let test: UnsafeBufferPointer<Int32>
    let started = ContinuousClock.now
    var history: [EpochFigures] = []
    var bestWeights: [TrainedParameter]?
    var keptEpoch = 0

    init(_ trial: PreparedTrial, on dataset: EncodedDataset, seed: Int, limit: TrainingLimit?, isShuffled: Bool) throws {
        self.trial = trial
        self.seed = seed
        self.isShuffled = isShuffled
        epochs = min(trial.settings.training.epochs, limit?.epochs ?? .max)
        examples = try PreparedExamples(dataset, settings: trial.settings)
        metrics = trial.settings.metricSums(on: dataset.summary.target)
        train = Array(dataset.train.prefix(limit?.rows ?? .max))
        validation = UnsafeBufferPointer(rebasing: dataset.validation.prefix(limit?.rows ?? .max))
        test = UnsafeBufferPointer(rebasing: dataset.test.prefix(limit?.rows ?? .max))
        model = try Model(
            network: trial.network, loss: Loss(trial.settings.training.loss), optimizer: Optimizer(trial.settings.training),
            examples: examples.tables, seed: seed, measuresGradients: trial.settings.training.gradientNorms)
    }

    mutating func complete(shouldStop: () -> Bool, onEpoch: (EpochFigures) -> Bool) throws -> RunResult {
        var stopping = trial.settings.training.earlyStopping.map(EarlyStopping.init)
        var plateau = trial.settings.training.reduceOnPlateau.map(PlateauWatch.init)
        var stopped: StopReason?
        for epoch in 1...max(epochs, 1) {
            guard let figures = try self.epoch(epoch, shouldStop: shouldStop) else {
                stopped = .interrupted
                break
            }
            history.append(figures)
            keptEpoch = epoch
            guard onEpoch(figures) else {
                stopped = epoch < epochs ? .interrupted : nil
                break
            }
            if figures.figures.contains(where: { $0.name == "loss" && !$0.value.isFinite }) {
                stopped = .diverged
                break
            }
            if let rate = plateau?.rate(after: figures, at: Double(model.store.learningRate)) { model.store.learningRate = Float(rate) }
            if try judge(figures, by: &stopping) == .stop {
                stopped = epoch < epochs ? .earlyStopping : nil
                break
            }
        }
        if let bestWeights, let stopping {
            try restore(bestWeights)
            keptEpoch = stopping.bestEpoch
        }
        return try result(stopped: stopped)
    }

    // MARK: - An epoch

    /// Batches between two questions whether to stop: a question costs little, but the smallest batches take a microsecond.
    private static let batchesBetweenQuestions = 16

    /// Nil when it was stopped.
    private func epoch(_ epoch: Int, shouldStop: () -> Bool) throws -> EpochFigures? {
        let start = ContinuousClock.now
        let batchSize = trial.settings.training.batchSize
        var stream = RandomStream(seed: seed, stream: .shuffle, epoch: epoch)
        let order = isShuffled ? stream.permutation(of: train.count).map { train[Int($0)] } : train
        var lossSum = 0.0
        var sums = metrics
        var norms = GradientNorms()
        let isWhole = try order.withUnsafeBufferPointer { order in
            var untilQuestion = 0
            var step = try model.trainingStep(batch: min(batchSize, order.count))
            for first in stride(from: 0, to: order.count, by: batchSize) {
                let batch = UnsafeBufferPointer(rebasing: order[first..<min(first + batchSize, order.count)])
                guard let rows = batch.baseAddress else { break }
                if untilQuestion == 0 {
                    if shouldStop() { return false }
                    untilQuestion = Self.batchesBetweenQuestions
                }
                untilQuestion -= 1
                if batch.count != step.batch { step = try model.trainingStep(batch: batch.count) }
                step.run(rows: rows)
                lossSum += Double(step.loss) * Double(batch.count)
                norms.add(step)
                for i in sums.indices {
                    sums[i].add(scores: step.scores, meaning: step.meaning, rows: batch, targets: examples.metricTargets)
                }
            }
            return true
        }
        guard isWhole else { return nil }
        var figures = [("loss", lossSum / Double(order.count))] + zip(trial.settings.training.metrics, sums).map { ($0.figure, $1.value) }
        if !validation.isEmpty { figures += try evaluate(validation).figures(trial.settings.training, prefix: "val_") }
        figures += norms.figures
        // The shortest decimals that give this rate.
        if trial.settings.training.reduceOnPlateau != nil, let rate = Double(model.store.learningRate.description) {
            figures.append((Figures.learningRate, rate))
        }
        return EpochFigures(epoch: epoch, epochs: epochs, figures: figures.map { (name: $0.0, value: $0.1) }, seconds: start.secondsSince)
    }

    private func evaluate(_ rows: UnsafeBufferPointer<Int32>, keepingOutputs: Bool = false) throws -> Evaluation {
        try Evaluation(of: model, on: rows, metrics: metrics, targets: examples.metricTargets, keepingOutputs: keepingOutputs)
    }

    private mutating func judge(_ figures: EpochFigures, by stopping: inout EarlyStopping?) throws -> EarlyStopping.Verdict {
        guard let monitor = trial.settings.training.earlyStopping,
            let value = figures.figures.first(where: { $0.name == monitor.monitor })?.value,
            let verdict = stopping?.judge(value, epoch: figures.epoch)
        else { return .goOn }
        if verdict == .improved && monitor.restoreBestWeights { bestWeights = try weights() }
        return verdict
    }

    // MARK: - Weights

    private func weights() throws -> [TrainedParameter] {
        try trial.network.parameters.map { parameter in
            TrainedParameter(
                name: parameter.path, shape: parameter.shape.dimensions,
                values: Array(try model.store.elements(parameter.path, parameter.shape)))
        }
    }

    func restore(_ weights: [TrainedParameter]) throws {
        for weight in weights {
            _ = try model.store.elements(weight.name, Shape(weight.shape)).update(fromContentsOf: weight.values)
        }
    }

    // MARK: - The end

    private func result(stopped: StopReason?) throws -> RunResult {
        let trainingSeconds = started.secondsSince
        var figures = history.first { $0.epoch == keptEpoch }?.figures ?? []
        var predictions: [PartPredictions] = []
        for (part, rows) in [("validation", validation), ("test", test)] where !rows.isEmpty {
            let evaluation = try evaluate(rows, keepingOutputs: true)
            if part == "test" { figures += evaluation.figures(trial.settings.training, prefix: "test_") }
            predictions.append(
                PartPredictions(
                    part: part, rows: rows.map { examples.dataset.fileRow(of: $0) }, targets: rows.map(target), outputs: evaluation.outputs,
                    width: evaluation.outputs.count / rows.count))
        }
        if let chance = chanceAccuracy() { figures.append((name: Figures.chanceAccuracy, value: chance)) }
        // Before the weights are copied, so that a large network is never in memory three times.
        model.endTraining()
        return RunResult(
            history: history, figures: figures, predictions: predictions, weights: try weights(), parameters: trial.parameters,
            keptEpoch: keptEpoch, trainingSeconds: trainingSeconds, stopped: stopped)
    }

    private func target(_ row: Int32) -> Float {
        switch examples.metricTargets {
        case .labels(let labels): Float(labels[Int(row)])
        case .values(let values, let width, _): values[Int(row) * width]
        }
    }

    /// The share of hits when the test labels (else the validation labels) are shuffled and taken for predictions.
    private func chanceAccuracy() -> Double? {
        let rows = test.isEmpty ? validation : test
        guard case .labels(let labels) = examples.metricTargets, !rows.isEmpty else { return nil }
        var stream = RandomStream(seed: seed, stream: .shuffle, path: "chance")
        let shuffled = stream.permutation(of: rows.count)
        let hits = rows.indices.reduce(0) { $0 + (labels[Int(rows[$1])] == labels[Int(rows[Int(shuffled[$1])])] ? 1 : 0) }
        return Double(hits) / Double(rows.count)
    }
}

extension ContinuousClock.Instant {
    /// Seconds from this instant to now.
    fileprivate var secondsSince: Double {
        let duration = duration(to: .now)
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
