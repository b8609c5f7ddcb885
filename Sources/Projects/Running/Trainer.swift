import Datasets
import Experiments
import FoundationEssentials
import RunStore
import Scheduling
import Settings
import Training

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Performs a worker's jobs: opens the data, trains, and hands the result to the store. The data of the last job stays open for the next.
public final class Trainer {
    private let session: WorkerSession
    /// What was seen of other machines' claims.
    private let watch = ClaimWatch()
    private var store: DatasetStore?
    private var known: (text: String, settings: TrialSettings)?
    private var opened: (request: EncodingRequest, content: String, dataset: EncodedDataset)?

    /// Epochs may take less than a millisecond, and nobody reads so fast.
    private static let newsInterval = Duration.milliseconds(50)

    /// The least time between two checkpoints of a run.
    private let checkpointInterval: Duration

    /// A trainer that tells its news to the session.
    public init(_ session: WorkerSession, checkpointInterval: Duration = .seconds(5)) {
        self.session = session
        self.checkpointInterval = checkpointInterval
    }

    /// One step, of which nothing is kept.
    public func tryFirstStep(of path: String) -> WorkerEvent {
        do {
            let job = try Job(contentsOf: path)
            let settings = try settings(of: job).ofRun(fold: job.fold)
            if let log = try? job.runs.openLog(of: job.specification.identity, in: job.experiment) { session.redirectErrors(to: log) }
            let dataset = try dataset(for: job, settings)
            let trial = try prepare(settings, data: dataset.summary)
            _ = try Training.train(
                trial, on: dataset, seed: job.seed, limit: TrainingLimit(epochs: 1, rows: settings.training.batchSize))
            return .passed
        } catch {
            return .failed(message: words(of: error), cause: FailureCause(error))
        }
    }

    /// The whole run, from a record that says running to one that says finished, failed or interrupted.
    public func train(_ path: String) -> WorkerEvent {
        do {
            let job = try Job(contentsOf: path)
            let writer = try job.runs(watching: watch).begin(
                job.specification, provenance: job.provenance, restoringFiles: job.restoresFiles == true)
            session.keepAlive(by: writer.keepAlive)
            defer { session.keepAlive(by: nil) }
            if let log = try? writer.openLog() { session.redirectErrors(to: log) }
            do {
                return try train(job, into: writer)
            } catch {
                let message = words(of: error)
                try? writer.log(message)
                try writer.fail(message)
                return .failed(message: message, cause: FailureCause(error))
            }
        } catch StoreError.locked {
            return .held
        } catch StoreError.alreadyFinished(let run) {
            // Another process has trained it meanwhile.
            return .finished(figures: run.orderedFigures, seconds: run.record.timings?.total ?? 0)
        } catch {
            return .failed(message: words(of: error), cause: FailureCause(error))
        }
    }

    private func train(_ job: Job, into writer: RunWriter) throws -> WorkerEvent {
        let begun = ContinuousClock.now
        let settings = try settings(of: job).ofRun(fold: job.fold)
        let dataset = try dataset(for: job, settings)
        let opened = ContinuousClock.now
        let trial = try prepare(settings, data: dataset.summary)
        let start = RunStart(weights: try startingWeights(of: job, settings), judge: try judge(of: job, settings))
        var lastNews = begun
        // Less than a whole run is not worth it.
        let checkpoints = job.limit == nil ? Checkpoints(writer, machine: job.machine, interval: checkpointInterval) : nil
        let observer = job.events.map { EventObserver($0, of: job.specification) { try? writer.log($0) } }
        let result = try Training.train(
            trial, on: dataset, seed: job.seed, limit: job.limit, from: start, keeper: checkpoints, observer: observer,
            shouldStop: { session.shouldStop },
            onPretraining: { pass in
                let now = ContinuousClock.now
                if lastNews.duration(to: now) >= Self.newsInterval {
                    lastNews = now
                    session.tell(.pretraining(layer: pass.layer, epoch: pass.epoch, of: pass.epochs))
                }
                return !session.shouldStop
            },
            onEpoch: { epoch in
                let now = ContinuousClock.now
                if lastNews.duration(to: now) >= Self.newsInterval {
                    lastNews = now
                    session.tell(.epoch(epoch))
                }
                return !session.shouldStop
            })
        if result.stopped == .interrupted {
            try writer.interrupt()
            return .interrupted
        }
        let total = begun.duration(to: .now) / .seconds(1) + (checkpoints?.earlierSeconds ?? 0)
        let timings = Timings(
            train: result.trainingSeconds, encode: begun.duration(to: opened) / .seconds(1), total: total, peakMemory: peakMemory())
        var outcome = RunOutcome(result, of: settings, data: dataset.summary, timings: timings)
        outcome.texts = try WrittenText.all(of: result, settings, on: dataset, seed: job.seed)
        // A run is not lost for want of pictures.
        do { outcome.exhibits = try Exhibits(result, settings, on: dataset) } catch {
            try writer.log("nothing was kept to be seen: \(words(of: error))")
        }
        try writer.finish(
            outcome, durably: false,
            leaving: Set(job.leaves ?? []))
        return .finished(figures: result.figures.map { Figure($0.name, result.isSpoilt ? .nan : $0.value) }, seconds: total)
    }

    /// The weights with which the run begins; none where they are drawn.
    private func startingWeights(of job: Job, _ settings: TrialSettings) throws -> [TrainedParameter] {
        guard let start = job.specification.start, settings.training.continueFrom != nil else { return [] }
        let run: (any AnsweringRun)?
        if case .model(let folder) = settings.training.continueFrom?.source {
            run = try ModelFolder.read(Project(root: job.project).path(ofModel: folder)).runs.first { $0.identity == start }
        } else {
            run = try finishedRun(start, called: "the run to start from", of: job)
        }
        guard let run else { throw Refusal("the run to start from has gone: \(start)", cause: .failure) }
        let weights = try run.weights()
        // What is lacking here was found out before anything was started.
        let taken = settings.training.continueFrom?.weights(of: weights.map(\.name), for: [], in: settings.model) ?? []
        return weights.filter { taken.contains($0.name) }.map { TrainedParameter(name: $0.name, shape: $0.shape, values: $0.values) }
    }

    /// A finished run that the job's run needs.
    private func finishedRun(_ identity: RunIdentity, called name: String, of job: Job) throws(Refusal) -> StoredRun {
        switch job.runs.weights(of: identity) {
        case .finished(let run): return run
        case .damaged(let file, let run):
            throw Refusal(file, of: name, remedy: run?.remedy ?? "train the run again")
        case .none: throw Refusal("\(name) has gone: \(identity)", cause: .failure)
        }
    }

    /// The classifier that judges what the run makes; nil without one.
    private func judge(of job: Job, _ settings: TrialSettings) throws -> JudgingModel? {
        guard settings.training.judge != nil, let identity = job.specification.start else { return nil }
        let run = try finishedRun(identity, called: "the judge", of: job)
        guard case .classes(let names)? = run.record.target, let trial = TrialSettings(canonical: run.record.settings.compactText) else {
            throw Refusal("the judge \(identity) is no classifier", cause: .failure)
        }
        return JudgingModel(
            settings: trial, classes: names,
            weights: try run.weights().map { TrainedParameter(name: $0.name, shape: $0.shape, values: $0.values) })
    }

    /// What the job's text describes; runs of one variant often follow each other.
    private func settings(of job: Job) throws -> TrialSettings {
        if let known, known.text == job.settings { return known.settings }
        guard let settings = TrialSettings(canonical: job.settings) else {
            throw Refusal("the worker does not understand the settings of its job", cause: .failure)
        }
        known = (job.settings, settings)
        return settings
    }

    /// The encoded rows of the content that the job names, whatever lies at its path by now. A worker tests their checksum once.
    private func dataset(for job: Job, _ settings: TrialSettings) throws -> EncodedDataset {
        let store = store(for: job)
        let source = try store.source(of: settings.dataset, project: job.project)
        // The digest is that of the variant, which a run on all rows shares with those of the folds.
        let variant = EncodingRequest(try self.settings(of: job), source: source, fold: job.fold, seed: job.seed)
        let request = EncodingRequest(settings, source: source, fold: job.fold, seed: job.seed)
        guard store.encodingDigest(of: variant) == job.encodingDigest else {
            throw DatasetError.contentChanged(name: settings.dataset.spoken)
        }
        if let opened, opened.request == request, opened.content == job.contentDigest { return opened.dataset }
        let dataset = try store.open(request, content: job.contentDigest)
        opened = (request, job.contentDigest, dataset)
        return dataset
    }

    private func store(for job: Job) -> DatasetStore {
        if let store, store.folder == job.data, store.mirrors == job.mirrors, store.root == job.project { return store }
        let new = DatasetStore(folder: job.data, root: job.project, mirrors: job.mirrors)
        store = new
        return new
    }

    private func peakMemory() -> Int {
        var usage = rusage()
        #if os(Linux)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
        #else
        getrusage(RUSAGE_SELF, &usage)
        return usage.ru_maxrss
        #endif
    }
}

extension WorkerEvent {
    /// The news of an epoch that has ended.
    fileprivate static func epoch(_ epoch: EpochFigures) -> WorkerEvent {
        .epoch(epoch: epoch.epoch, of: epoch.epochs, figures: epoch.figures.map { Figure($0.name, $0.value) }, seconds: epoch.seconds)
    }
}
