import Datasets
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
/// run by giving false; `shouldStop` is asked some fifty times a second and stops it in the middle of an epoch.
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

/// Trains one run from a given start, or goes on with one from its state after an epoch; `onState` gets the state after each epoch.
package func train(
    _ trial: PreparedTrial, on dataset: EncodedDataset, seed: Int, limit: TrainingLimit? = nil, from start: RunStart,
    resuming state: TrainingState? = nil, onState: ((TrainingState) -> Void)? = nil,
    shouldStop: () -> Bool = { false }, onEpoch: (EpochFigures) -> Bool = { _ in true }
) throws -> RunResult {
    let procedure = try SupervisedTraining(trial, on: dataset, seed: seed, limit: limit, isShuffled: start.isShuffled)
    try procedure.restore(start.weights.map { StoredTensor(path: $0.name, shape: Shape($0.shape), values: $0.values) })
    var run = try Run(trial, by: procedure, limit: limit, resuming: state)
    return try run.complete(shouldStop: shouldStop, onEpoch: onEpoch, onState: onState)
}

/// One training, underway: epochs of a procedure, until they are made or something ends them.
private struct Run {
    let trial: PreparedTrial
    let procedure: any TrainingProcedure
    let epochs: Int
    let started = ContinuousClock.now
    var history: [EpochFigures]
    var stopping: EarlyStopping?
    var plateau: PlateauWatch?
    var best: [StoredTensor]?
    var keptEpoch: Int

    init(_ trial: PreparedTrial, by procedure: any TrainingProcedure, limit: TrainingLimit?, resuming state: TrainingState?) throws {
        self.trial = trial
        self.procedure = procedure
        epochs = min(trial.settings.training.epochs, limit?.epochs ?? .max)
        let state = state ?? TrainingState()
        let training = trial.settings.training
        history = state.history
        stopping = training.earlyStopping.map { EarlyStopping($0, state: state.earlyStopping ?? .init()) }
        plateau = training.reduceOnPlateau.map { PlateauWatch($0, state: state.plateau ?? .init()) }
        best = state.bestWeights
        keptEpoch = state.history.last?.epoch ?? 0
        if let known = state.procedure { try procedure.restore(known) }
    }

    /// As it stands between two epochs.
    private func state() throws -> TrainingState {
        var state = TrainingState()
        state.history = history
        state.earlyStopping = stopping?.state
        state.plateau = plateau?.state
        state.bestWeights = best
        state.procedure = try procedure.state()
        return state
    }

    mutating func complete(
        shouldStop: () -> Bool, onEpoch: (EpochFigures) -> Bool, onState: ((TrainingState) -> Void)?
    ) throws -> RunResult {
        var stopped: StopReason?
        for epoch in stride(from: history.count + 1, through: max(epochs, 1), by: 1) {
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
            let rate = Double(procedure.learningRate)
            if let lowered = plateau?.rate(after: figures, at: rate) { procedure.learningRate = Float(lowered) }
            if try judge(figures) == .stop {
                stopped = epoch < epochs ? .earlyStopping : nil
                break
            }
            if let onState { onState(try state()) }
        }
        if let best, let stopping {
            try procedure.restore(best)
            keptEpoch = stopping.bestEpoch
        }
        return try result(stopped: stopped)
    }

    /// Nil when it was stopped.
    private func epoch(_ epoch: Int, shouldStop: () -> Bool) throws -> EpochFigures? {
        let start = ContinuousClock.now
        guard var figures = try procedure.epoch(epoch, shouldStop: shouldStop) else { return nil }
        // The shortest decimals that give this rate.
        if plateau != nil, let rate = Double(procedure.learningRate.description) {
            figures.append((name: Figures.learningRate, value: rate))
        }
        return EpochFigures(epoch: epoch, epochs: epochs, figures: figures, seconds: start.secondsSince)
    }

    private mutating func judge(_ figures: EpochFigures) throws -> EarlyStopping.Verdict {
        guard let settings = trial.settings.training.earlyStopping,
            let value = figures.figures.first(where: { $0.name == settings.monitor })?.value,
            let verdict = stopping?.judge(value, epoch: figures.epoch)
        else { return .goOn }
        if verdict == .improved && settings.restoreBestWeights { best = try procedure.weights() }
        return verdict
    }

    private func result(stopped: StopReason?) throws -> RunResult {
        let trainingSeconds = started.secondsSince
        let kept = history.first { $0.epoch == keptEpoch }?.figures ?? []
        let (closing, predictions) = try procedure.closing()
        // Before the weights are copied, so that a large network is never in memory three times.
        procedure.end()
        return RunResult(
            history: history, figures: kept + closing, predictions: predictions,
            weights: try procedure.result(), parameters: trial.parameters, keptEpoch: keptEpoch, trainingSeconds: trainingSeconds,
            stopped: stopped)
    }
}

extension ContinuousClock.Instant {
    /// Seconds from this instant to now.
    fileprivate var secondsSince: Double {
        let duration = duration(to: .now)
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
