import Documents
import Experiments
import RunStore
import Scheduling
import Settings
import Training

/// Trains the missing runs of an experiment on workers, and waits for those that others train.
public struct ExperimentRunner {
    private let prepared: PreparedExperiment
    private let workers: Int
    private let failFast: Bool
    private let limit: TrainingLimit?

    /// Trains on at most so many workers. With `failFast` the first failure stops the others; `limit` makes less of every run, to try whether
    /// everything works.
    public init(_ prepared: PreparedExperiment, workers: Int, failFast: Bool = false, limit: TrainingLimit? = nil) {
        self.limit = limit
        self.prepared = prepared
        self.workers = workers
        self.failFast = failFast
    }

    /// Trains them, showing progress, and returns how it went. Throws only before anything was started.
    public func run(on executor: some Executor, showing display: any ProgressDisplay) throws -> Schedule {
        let provenance = Provenance.current(project: prepared.workspace.project.root, versions: Versions.all)
        let jobs = try ThrowawayFolder()
        defer { jobs.remove() }
        let runs = try unfinished.map { try scheduled($0, jobs: jobs, provenance: provenance) }
        let schedule = Schedule(everyRun(of: runs), workers: workers, failFast: failFast)
        var scheduler = Scheduler(executor: executor)
        let end = scheduler.run(schedule, status: display)
        record(end.failures)
        for run in unfinished { prepared.store.removeEmptyTrace(of: run.specification.identity, in: prepared.experiment.name) }
        return end
    }

    /// Those that others hold may come free: a process that was killed leaves its runs.
    public var unfinished: [SurveyedRun] { prepared.missing + prepared.running }

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
        ProgressText(
            name: prepared.experiment.name.printableLine, total: prepared.runs.count,
            finishedBefore: prepared.runs.count - unfinished.count,
            figures: ["loss", prepared.experiment.selection.metric])
    }

    /// Writes the run's job and describes it to the scheduler.
    private func scheduled(_ run: SurveyedRun, jobs: ThrowawayFolder, provenance: Provenance) throws -> ScheduledRun {
        let identity = run.specification.identity
        let variant = prepared.variants[run.planned.variant]
        let job = Job(
            run.specification, settings: variant.variant.trial.settings, store: prepared.store, workspace: prepared.workspace,
            provenance: provenance, limit: limit)
        return ScheduledRun(
            id: identity.hex, title: run.title, job: try job.write(into: jobs.path),
            log: Files.spoken(prepared.store.folder(of: identity, in: prepared.experiment.name).logFile).printableLine,
            epochs: variant.variant.trial.settings.training.epochs, work: variant.work, architecture: variant.architecture)
    }

    /// Notes failures in the records of runs whose worker could not do so itself.
    private func record(_ failures: [Schedule.Failure]) {
        for failure in failures {
            guard let run = unfinished.first(where: { $0.specification.identity.hex == failure.run.id }),
                case .interrupted = prepared.store.survey([run.specification]).runs[0].state
            else { continue }
            let provenance = Provenance.current(project: prepared.workspace.project.root, versions: Versions.all)
            try? prepared.store.begin(run.specification, provenance: provenance).fail(failure.message)
        }
    }
}
