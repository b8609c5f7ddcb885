import Documents
import Experiments
import FileSystem
import RunStore
import Scheduling
import Settings
import Training

/// Trains the missing runs of an experiment on workers, and waits for those that others train.
public struct ExperimentRunner {
    private let prepared: PreparedExperiment
    private let rules: ScheduleRules
    private let onlyFailed: Bool
    private let limit: TrainingLimit?
    private let eventFolder: String?

    /// What a worker takes before it trains anything, in bytes and about.
    private static var memoryOfIdleWorker: Double { 40e6 }

    /// Trains by these rules. With `onlyFailed` nothing but the runs that failed before; `limit` makes less of every run, to try whether everything works;
    /// such runs have no files for TensorBoard. Those of others go to `eventFolder`, else to where their settings say.
    public init(
        _ prepared: PreparedExperiment, _ rules: ScheduleRules, onlyFailed: Bool = false, limit: TrainingLimit? = nil,
        eventFolder: String? = nil
    ) {
        self.limit = limit
        self.eventFolder = eventFolder
        self.prepared = prepared
        self.rules = rules
        self.onlyFailed = onlyFailed
    }

    /// Trains them, showing progress, and returns how it went. Throws only before anything was started.
    public func run(on executor: some Executor, showing display: any ProgressDisplay) throws -> Schedule {
        // Git is asked once, and not at all where nothing is trained.
        lazy var provenance = Provenance.current(of: prepared.workspace)
        let jobs = try ThrowawayFolder()
        defer { jobs.remove() }
        let folder = try Folder(path: jobs.path)
        var settings: [Int: String] = [:]
        let wanted = Dictionary(unfinished.map { (id(of: $0), $0) }, uniquingKeysWith: { first, _ in first })
        var scheduler = Scheduler(executor: executor) { request throws(JobFault) in
            do {
                guard let run = wanted[request.id] else { throw JobFault("it is no run of the experiment") }
                let variant = run.planned.variant
                let text = settings[variant] ?? prepared.variants[variant].variant.trial.settings.text
                settings[variant] = text
                return try job(for: run, settings: text, provenance: provenance).write(into: folder, as: "\(request.id).json")
            } catch {
                throw JobFault("cannot write its job: \(words(of: error))")
            }
        }
        let schedule = Schedule(.plan(asked.map(request(for:))), outcomes: outcomes, rules)
        let end = scheduler.run(schedule, showing: display)
        for failure in end.failures {
            guard let run = wanted[failure.run.id] else { continue }
            try? prepared.store.noteFailure(failure.message, of: run.specification)
        }
        for run in unfinished { prepared.store.removeEmptyTrace(of: run.specification.identity, in: prepared.experiment.name) }
        return end
    }

    /// Those that others hold may come free: a process that was killed leaves its runs.
    public var unfinished: [SurveyedRun] { (prepared.missing + prepared.running).filter(isAsked) }

    /// How many of them failed before.
    public var failedBefore: Int { unfinished.count { if case .failed = $0.state { true } else { false } } }

    /// How many unfinished runs are left as they are.
    public var leftOut: Int { prepared.missing.count + prepared.running.count - unfinished.count }

    private var asked: [SurveyedRun] { prepared.runs.filter(isAsked) }

    private func isAsked(_ run: SurveyedRun) -> Bool {
        if case .failed = run.state { true } else { !onlyFailed }
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
        for run in asked {
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
        return Job(
            run.specification, settings: settings, store: prepared.store, workspace: prepared.workspace, provenance: provenance,
            limit: limit, events: events)
    }
}

extension StoredRun {
    /// The final figures in the order of their names.
    var orderedFigures: [Figure] { record.figures.sorted { $0.key < $1.key }.map { Figure($0.key, $0.value) } }
}
