import Documents
import Experiments
import FileSystem
import RunStore
import Scheduling
import Settings
import Training

/// Trains the missing runs of an experiment on workers, and waits for those that others train.
public struct ExperimentRunner: Sendable {
    private let prepared: PreparedExperiment
    private let rules: ScheduleRules
    private let onlyFailed: Bool
    private let restoresFiles: Bool
    private let limit: TrainingLimit?
    private let eventFolder: String?
    private let chosen: Set<RunIdentity>?

    /// What a worker takes before it trains anything, in bytes and about.
    private static var memoryOfIdleWorker: Double { 40e6 }

    /// Trains by these rules the runs that are `chosen`, or all. With `onlyFailed` nothing but the runs that failed before; with `restoresFiles` also finished runs whose weights or predictions
    /// were removed; `limit` makes less of every run, to try whether everything works; such runs have no files for TensorBoard. Those of others go to
    /// `eventFolder`, else to where their settings say.
    public init(
        _ prepared: PreparedExperiment, _ rules: ScheduleRules, onlyFailed: Bool = false, restoresFiles: Bool = false,
        limit: TrainingLimit? = nil, eventFolder: String? = nil, among chosen: Set<RunIdentity>? = nil
    ) {
        self.chosen = chosen
        self.restoresFiles = restoresFiles
        self.limit = limit
        self.eventFolder = eventFolder
        self.prepared = prepared
        var rules = rules
        // The workers share the data.
        let data = prepared.variants.map(\.trial.dataMemory).max() ?? 0
        rules.memory = MemorySize(bytes: max(0, rules.memory.bytes - data))
        self.rules = rules
        self.onlyFailed = onlyFailed
    }

    /// Removes the files of finished runs that are not kept, though nothing is to be trained: the file may say so only now, or a process was killed before it
    /// could do so.
    public func removeWhatIsNotKept() -> KeepNews { news(of: keptFiles(of: prepared)) }

    /// Trains them, showing progress, then those that they lead to, and returns how it went; `tell` hears what was removed meanwhile. Throws before anything was
    /// started, and where it cannot be found out what finished runs lead to.
    public func run(
        on executor: some Executor, showing display: any ProgressDisplay, tell: (KeepNews) -> Void = { _ in }
    ) throws -> Schedule {
        let stages = RunsInStages(prepared)
        // Where runs follow from others, it is known at the end whose files are not needed.
        let kept = prepared.experiment.isInStages ? .success(nil) : keptFiles(of: prepared)
        // Git is asked once, and not at all where nothing is trained.
        lazy var provenance = Provenance.current(of: prepared)
        let jobs = try ThrowawayFolder()
        defer { jobs.remove() }
        let folder = try Folder(path: jobs.path)
        var settings: [Int: String] = [:]
        var wanted = byID(unfinished)
        func wantedRun(_ id: RunRequest.ID) -> SurveyedRun? {
            if wanted[id] == nil { wanted = byID(unfinished(in: stages.prepared)) }
            return wanted[id]
        }
        var scheduler = Scheduler(executor: executor, hear: { try? kept.get()?.hear($0) }) { request throws(JobFault) in
            do {
                guard let run = wantedRun(request.id) else { throw JobFault("it is no run of the experiment") }
                let variant = run.planned.variant
                var placed = prepared.variants[variant].variant.trial.settings
                placed.dataset = try prepared.workspace.placed(placed.dataset)
                let text = settings[variant] ?? placed.text
                settings[variant] = text
                var job = job(for: run, settings: text, provenance: provenance)
                if !isRestored(run) { job.leaves = try? kept.get()?.unwanted(of: run.specification.identity) }
                return try job.write(into: folder, as: "\(request.id).json")
            } catch {
                throw JobFault("cannot write its job: \(words(of: error))")
            }
        }
        let end = scheduler.run(Schedule(source(of: stages), outcomes: outcomes, rules), showing: display)
        for failure in end.failures {
            guard let run = wantedRun(failure.run.id), !isRestored(run) else { continue }
            try? prepared.store.noteFailure(failure.message, of: run.specification, provenance: provenance)
        }
        let reached = stages.prepared
        for run in unfinished(in: reached) {
            prepared.store.removeEmptyTrace(of: run.specification.identity, in: prepared.experiment.name)
        }
        if let fault = stages.fault { throw fault }
        tell(news(of: prepared.experiment.isInStages ? Result { try keptFiles(of: reached.lookedAtAgain()).get() } : kept))
        return end
    }

    /// Nothing of a run that is only tried is kept for long.
    private func keptFiles(of prepared: PreparedExperiment) -> Result<KeptFiles?, any Error> {
        Result { limit == nil ? try KeptFiles(of: prepared) : nil }
    }

    private func news(of kept: Result<KeptFiles?, any Error>) -> KeepNews {
        switch kept {
        case .failure(let error):
            return KeepNews(
                warning: "nothing is removed that keep would not have, for nobody knows what other experiments need: \(words(of: error))")
        case .success(let kept):
            kept?.flush()
            return KeepNews(
                removed: kept?.removed ?? Removed(), warning: kept?.fault.map { "cannot remove what is not kept: \($0)" })
        }
    }

    /// Those that others hold may come free: a process that was killed leaves its runs.
    public var unfinished: [SurveyedRun] { unfinished(in: prepared) }

    private func unfinished(in prepared: PreparedExperiment) -> [SurveyedRun] {
        (prepared.missing + prepared.running).filter(isAsked) + prepared.runs.filter(isRestored)
    }

    private func byID(_ runs: [SurveyedRun]) -> [RunRequest.ID: SurveyedRun] {
        Dictionary(runs.map { (id(of: $0), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Finished runs that are trained again for the files that they lost.
    public var restored: [SurveyedRun] { prepared.runs.filter(isRestored) }

    private func isRestored(_ run: SurveyedRun) -> Bool {
        if restoresFiles, case .finished(let stored) = run.state { !stored.record.removed.isEmpty } else { false }
    }

    /// How many of them failed before.
    public var failedBefore: Int { unfinished.count { if case .failed = $0.state { true } else { false } } }

    /// How many unfinished runs are left as they are.
    public var leftOut: Int { prepared.missing.count + prepared.running.count - (unfinished.count - restored.count) }

    private var asked: [SurveyedRun] { prepared.runs.filter(isAsked) }

    private func isAsked(_ run: SurveyedRun) -> Bool {
        guard chosen?.contains(run.specification.identity) ?? true else { return false }
        return if case .failed = run.state { true } else { !onlyFailed || isRestored(run) }
    }

    /// Whether finished runs may still be lost with the machine's power.
    public var hasUnsettledRuns: Bool {
        prepared.runs.contains { if case .finished(let stored) = $0.state { prepared.store.isUnsettled(stored) } else { false } }
    }

    /// Makes durable what was trained just now, and what a process left that was killed before it could do so.
    public func settle() throws(Refusal) {
        do throws(StoreError) {
            try prepared.store.settle(prepared.experiment.name)
        } catch {
            throw Refusal(
                "the runs are finished, and may be lost with the machine's power: \(Files.spoken(error.description))", cause: .failure)
        }
    }

    /// Refuses a results folder into which nothing can be written.
    public func checkThatRunsCanBeWritten() throws(Refusal) {
        do throws(StoreError) {
            try prepared.store.prepare(prepared.experiment.name)
        } catch {
            throw Refusal("cannot write runs: \(Files.spoken(error.description))")
        }
    }

    /// What to show meanwhile.
    public var progress: ProgressText {
        ProgressText(name: prepared.experiment.name.printableLine, figures: ["loss", prepared.experiment.selection.metric])
    }

    // MARK: - Requests, outcomes, jobs

    /// The runs that are asked for, and those that they lead to; one that starts from another of the plan once that is finished.
    private func source(of stages: RunsInStages) -> RequestSource {
        guard prepared.experiment.isInStages else {
            let requests = asked.map(request(for:))
            let starts = unfinishedStarts(in: prepared)
            return starts.isEmpty ? .plan(requests) : .following { outcomes in Self.begun(requests, starts, after: outcomes) }
        }
        return .following { outcomes in
            let reached = stages.prepared(after: outcomes)
            let requests = reached.runs.filter { isAsked($0) && (!$0.isFinished || isRestored($0)) }.map(request(for:))
            return Self.begun(requests, unfinishedStarts(in: reached), after: outcomes)
        }
    }

    /// Those whose start is finished, or which have none among these.
    private static func begun(
        _ requests: [RunRequest], _ starts: [RunRequest.ID: RunRequest.ID], after outcomes: Outcomes
    ) -> [RunRequest] {
        requests.filter { request in
            guard let start = starts[request.id] else { return true }
            return if case .finished? = outcomes[start] { true } else { false }
        }
    }

    /// By run that starts from a run of the plan which was not finished before: that run.
    private func unfinishedStarts(in prepared: PreparedExperiment) -> [RunRequest.ID: RunRequest.ID] {
        var unfinished: Set<RunIdentity> = []
        for run in prepared.runs {
            if case .finished = run.state { continue }
            unfinished.insert(run.specification.identity)
        }
        let starting = prepared.runs.compactMap { run -> (RunRequest.ID, RunRequest.ID)? in
            // An exported model waits for no run.
            if case .model = prepared.variants[run.planned.variant].variant.trial.settings.training.neededRun?.source { return nil }
            return run.specification.start.flatMap { unfinished.contains($0) ? (id(of: run), $0.hex) : nil }
        }
        return Dictionary(starting, uniquingKeysWith: { first, _ in first })
    }

    /// How many runs were not begun, because the run that they start from was not finished in the end.
    public func countWithoutStart(after end: Schedule) -> Int {
        let asked = Set(asked.map(id(of:)))
        return unfinishedStarts(in: prepared).count { run, start in
            guard asked.contains(run), end.outcomes[run] == nil else { return false }
            return if case .finished? = end.outcomes[start] { false } else { true }
        }
    }

    private func id(of run: SurveyedRun) -> RunRequest.ID { run.specification.identity.hex }

    private func request(for run: SurveyedRun) -> RunRequest {
        let variant = prepared.variants[run.planned.variant]
        let folder = prepared.store.folder(of: run.specification.identity, in: prepared.experiment.name)
        return RunRequest(
            id: id(of: run), title: run.title, log: Files.spoken(folder.logFile).printableLine, work: variant.work,
            architecture: variant.architecture, memory: variant.trial.memory + Self.memoryOfIdleWorker)
    }

    /// What has become of runs before: finished ones, and those in whose place stands what must not be replaced.
    private var outcomes: Outcomes {
        var outcomes: Outcomes = [:]
        for run in asked where !isRestored(run) {
            switch run.state {
            case .finished(let stored):
                outcomes[id(of: run)] = .finished(figures: stored.orderedFigures, seconds: stored.record.timings?.total ?? 0)
            case .unusable(let file): outcomes[id(of: run)] = .failed(message: file.description)
            case .new, .stale, .failed, .interrupted, .running, .damaged: break
            }
        }
        return outcomes
    }

    private func job(for run: SurveyedRun, settings: String, provenance: Provenance) -> Job {
        let variant = prepared.variants[run.planned.variant].variant
        let events = limit == nil ? EventPlace(variant, asked: eventFolder, project: prepared.workspace.project) : nil
        var specification = run.specification
        var restoresFiles = false
        if isRestored(run), case .finished(let stored) = run.state {
            // In the folder in which it lies, which may be another experiment's.
            restoresFiles = true
            specification = RunSpecification(
                experiment: stored.record.experiment, variant: stored.record.variant, seed: specification.seed, fold: specification.fold,
                basis: specification.basis, start: specification.start)
        }
        var job = Job(
            specification, settings: settings, store: prepared.store, workspace: prepared.workspace, provenance: provenance, limit: limit,
            events: events)
        job.restoresFiles = restoresFiles ? true : nil
        return job
    }
}

/// What was removed while an experiment ran, because it is not kept.
public struct KeepNews: Sendable {
    /// Files of runs.
    public var removed = Removed()
    /// Why something, or all, stayed that should have gone.
    public var warning: String?
}

extension StoredRun {
    /// The final figures in the order of their names.
    var orderedFigures: [Figure] { record.figures.sorted { $0.key < $1.key }.map { Figure($0.key, $0.value) } }
}
