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
    /// What judges the examples that a run makes, where something does.
    package var judge: JudgingModel?

    /// What the seed gives.
    package init(weights: [TrainedParameter] = [], isShuffled: Bool = true, judge: JudgingModel? = nil) {
        self.weights = weights
        self.isShuffled = isShuffled
        self.judge = judge
    }
}

/// Trains one run from a given start, or goes on with the state that `keeper` has kept; `keeper` is asked after each epoch but the last whether it wants
/// the state. With a keeper, a wish to stop lets an epoch that is nearly at its end get there. `observer` sees each epoch.
package func train(
    _ trial: PreparedTrial, on dataset: EncodedDataset, seed: Int, limit: TrainingLimit? = nil, from start: RunStart,
    keeper: (any StateKeeper)? = nil, observer: (any RunObserver)? = nil, shouldStop: () -> Bool = { false },
    onPretraining: (PretrainedEpoch) -> Bool = { _ in true }, onEpoch: (EpochFigures) -> Bool = { _ in true }
) throws -> RunResult {
    func begin() throws -> Run {
        let procedure = try Training.procedure(for: trial, on: dataset, seed: seed, limit: limit, from: start)
        try procedure.restore(start.weights.map { StoredTensor(path: $0.name, shape: Shape($0.shape), values: $0.values) })
        return Run(trial, by: procedure, limit: limit)
    }
    var run = try begin()
    if let keeper, let kept = keeper.kept {
        do { try run.goOn(from: kept) } catch {
            keeper.reject(because: error)
            run = try begin()
        }
    }
    observer?.begin(after: run.history)
    guard try run.prepare(keeper: keeper, shouldStop: shouldStop, onPretraining: onPretraining) else {
        return try run.result(stopped: .interrupted)
    }
    return try run.complete(keeper: keeper, observer: observer, shouldStop: shouldStop, onEpoch: onEpoch)
}

/// One training, underway: epochs of a procedure, until they are made or something ends them.
private struct Run {
    let trial: PreparedTrial
    let procedure: any TrainingProcedure
    let epochs: Int
    let started = ContinuousClock.now
    /// Of earlier attempts.
    var earlierSeconds = 0.0
    var pretraining: [PretrainedEpoch] = []
    var history: [EpochFigures] = []
    var stopping: EarlyStopping?
    var plateau: PlateauWatch?
    /// The weights of the best epoch, where these are to be kept.
    var best: ParameterStore?
    var keptEpoch = 0

    init(_ trial: PreparedTrial, by procedure: any TrainingProcedure, limit: TrainingLimit?) {
        self.trial = trial
        self.procedure = procedure
        epochs = min(trial.settings.training.epochs, limit?.epochs ?? .max)
        stopping = trial.settings.training.earlyStopping.map { EarlyStopping($0) }
        plateau = trial.settings.training.reduceOnPlateau.map { PlateauWatch($0) }
    }

    // MARK: - Between two epochs

    /// The state of this moment.
    private func snapshot() throws -> TrainingSnapshot {
        var state = TrainingState()
        state.pretraining = pretraining
        state.history = history
        state.earlyStopping = stopping?.state
        state.plateau = plateau?.state
        state.optimizers = procedure.optimizers
        state.seconds = earlierSeconds + started.secondsSince
        func tensors(_ places: [TensorPlace], _ role: StateTensor.Role) -> [(tensor: StateTensor, bytes: UnsafeRawBufferPointer)] {
            places.map { (StateTensor(role, path: $0.path, shape: $0.shape), UnsafeRawBufferPointer($0.bytes)) }
        }
        return TrainingSnapshot(
            state: state, tensors: tensors(try procedure.tensors(), .present) + tensors(try best?.places() ?? [], .best))
    }

    /// Goes to a state of the same run. One that cannot be read leaves the run unusable.
    mutating func goOn(from kept: any KeptState) throws {
        for tensor in kept.tensors {
            switch tensor.role {
            case .present: try kept.readNext(into: procedure.place(of: tensor.path, tensor.shape))
            case .best:
                let store = best ?? ParameterStore()
                best = store
                try kept.readNext(into: UnsafeMutableRawBufferPointer(store.declare(tensor.path, tensor.shape)))
            }
        }
        let state = kept.state
        procedure.optimizers = state.optimizers
        let training = trial.settings.training
        stopping = training.earlyStopping.map { EarlyStopping($0, state: state.earlyStopping ?? .init()) }
        plateau = training.reduceOnPlateau.map { PlateauWatch($0, state: state.plateau ?? .init()) }
        pretraining = state.pretraining
        history = state.history
        keptEpoch = history.last?.epoch ?? 0
        earlierSeconds = state.seconds
    }

    // MARK: - Epochs

    /// Makes the passes that come before the first epoch; false when it was stopped.
    mutating func prepare(
        keeper: (any StateKeeper)?, shouldStop: () -> Bool, onPretraining: (PretrainedEpoch) -> Bool
    ) throws -> Bool {
        for number in stride(from: pretraining.count + 1, through: history.isEmpty ? procedure.preparatoryEpochs : 0, by: 1) {
            guard let figures = try procedure.prepare(number, shouldStop: shouldStop) else { return false }
            pretraining.append(figures)
            let goesOn = onPretraining(figures)
            if let keeper, keeper.wantsState(isLeaving: !goesOn) { keeper.keep(try snapshot()) }
            guard goesOn else { return false }
        }
        return true
    }

    mutating func complete(
        keeper: (any StateKeeper)?, observer: (any RunObserver)?, shouldStop: () -> Bool, onEpoch: (EpochFigures) -> Bool
    ) throws -> RunResult {
        var stopped: StopReason?
        for epoch in stride(from: history.count + 1, through: max(epochs, 1), by: 1) {
            guard let figures = try self.epoch(epoch, mayEnd: keeper != nil, shouldStop: shouldStop) else {
                stopped = .interrupted
                break
            }
            history.append(figures)
            keptEpoch = epoch
            observer?.observe(figures, learningRate: procedure.learningRate, weights: procedure.weights)
            let goesOn = onEpoch(figures)
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
            guard epoch < epochs else { break }
            if let keeper, keeper.wantsState(isLeaving: !goesOn) { keeper.keep(try snapshot()) }
            guard goesOn else {
                stopped = .interrupted
                break
            }
        }
        if let best, let stopping {
            for (present, kept) in zip(try procedure.weights(), try best.places(of: procedure.weights().map(\.path))) {
                present.bytes.copyMemory(from: UnsafeRawBufferPointer(kept.bytes))
            }
            keptEpoch = stopping.bestEpoch
        }
        return try result(stopped: stopped)
    }

    /// How long a wish to stop waits for the end of an epoch, where a state can be kept then; in seconds. Less than a worker has whose input has closed.
    private static let patience = 1.5

    /// Nil when it was stopped.
    private func epoch(_ epoch: Int, mayEnd: Bool, shouldStop: () -> Bool) throws -> EpochFigures? {
        let start = ContinuousClock.now
        var wished: ContinuousClock.Instant?
        func shouldStopNow() -> Bool {
            guard shouldStop() else { return false }
            guard mayEnd, let usual = history.last?.seconds else { return true }
            let first = wished ?? .now
            wished = first
            return usual - start.secondsSince > Self.patience || first.secondsSince > Self.patience
        }
        guard var figures = try procedure.epoch(epoch, shouldStop: shouldStopNow) else { return nil }
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
        if verdict == .improved && settings.restoreBestWeights {
            let store = best ?? ParameterStore()
            best = store
            for weights in try procedure.weights() {
                UnsafeMutableRawBufferPointer(try store.declare(weights.path, weights.shape)).copyMemory(
                    from: UnsafeRawBufferPointer(weights.bytes))
            }
        }
        return verdict
    }

    /// What the run leaves.
    func result(stopped: StopReason?) throws -> RunResult {
        let trainingSeconds = earlierSeconds + started.secondsSince
        let kept = history.first { $0.epoch == keptEpoch }?.figures ?? []
        let (closing, predictions) = try procedure.closing()
        let pictures = try procedure.pictures()
        // Before the weights are copied, so that a large network is never in memory three times.
        procedure.end()
        let errors = pretraining.filter { $0.epoch == $0.epochs }
        return RunResult(
            pretraining: pretraining, history: history,
            figures: kept + closing + errors.map { (name: Figures.pretrainErrorPrefix + $0.layer, value: $0.error) },
            predictions: predictions, pictures: pictures,
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
