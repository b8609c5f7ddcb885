import ArgumentParser
import Documents
import Experiments
import RunStore
import Scheduling
import Training

/// Trains the missing runs of an experiment on worker processes, and waits for those that others train.
struct Sweep {
    private let outlook: Outlook
    private let workers: Int
    private let failFast: Bool
    private let limit: TrainingLimit?

    init(_ outlook: Outlook, workers: Int, failFast: Bool, limit: TrainingLimit? = nil) {
        self.limit = limit
        self.outlook = outlook
        self.workers = workers
        self.failFast = failFast
    }

    /// Trains them, showing progress, and returns how it went. Throws only before anything was started.
    func run() throws -> Schedule {
        let provenance = Provenance.current(project: outlook.workspace.project.root, versions: Versions.all)
        let jobs = try ThrowawayFolder()
        defer { jobs.remove() }
        let runs = try unfinished.map { try scheduled($0, jobs: jobs, provenance: provenance) }
        let schedule = Schedule(everyRun(of: runs), workers: workers, failFast: failFast)
        let processes = WorkerProcesses(
            executable: Environment.executable, arguments: [WorkerCommand.configuration.commandName ?? "worker"],
            interruptions: Interruptions())
        var scheduler = Scheduler(executor: processes)
        let end = scheduler.run(schedule, status: status())
        record(end.failures)
        for run in unfinished { outlook.store.removeEmptyTrace(of: run.specification.identity, in: outlook.experiment.name) }
        return end
    }

    /// Those that others hold may come free: a process that was killed leaves its runs.
    private var unfinished: [OutlookRun] { outlook.missing + outlook.running }

    /// Refuses a results folder into which nothing can be written.
    func checkThatRunsCanBeWritten() throws(Refusal) {
        do throws(StoreError) {
            try outlook.store.prepare(outlook.experiment.name)
        } catch {
            throw Refusal("cannot write runs: \(Files.spoken(error.description))")
        }
    }

    /// Writes the run's job and describes it to the scheduler.
    private func scheduled(_ run: OutlookRun, jobs: ThrowawayFolder, provenance: Provenance) throws -> ScheduledRun {
        let identity = run.specification.identity
        let variant = outlook.variants[run.planned.variant]
        let job = Job(
            run.specification, settings: variant.variant.trial.settings, store: outlook.store, workspace: outlook.workspace,
            provenance: provenance, limit: limit)
        return ScheduledRun(
            id: identity.hex, title: run.title, job: try job.write(into: jobs.path),
            log: Files.spoken(outlook.store.folder(of: identity, in: outlook.experiment.name).logFile).printableLine,
            epochs: variant.variant.trial.settings.training.epochs, work: variant.work, architecture: variant.architecture)
    }

    private func status() -> any SweepStatus {
        let finished = outlook.runs.count - unfinished.count
        let view = SweepView(
            name: outlook.experiment.name.printableLine, total: outlook.runs.count, finishedBefore: finished,
            figures: ["loss", outlook.experiment.selection.metric])
        let terminal = Environment.standardError
        return terminal.isLive ? LiveStatus(view, on: terminal) : PlainStatus(view, on: terminal)
    }

    /// Notes failures in the records of runs whose worker could not do so itself.
    private func record(_ failures: [Schedule.Failure]) {
        for failure in failures {
            guard let run = unfinished.first(where: { $0.specification.identity.hex == failure.run.id }),
                case .interrupted = outlook.store.survey([run.specification]).runs[0].state
            else { continue }
            let provenance = Provenance.current(project: outlook.workspace.project.root, versions: Versions.all)
            try? outlook.store.begin(run.specification, provenance: provenance).fail(failure.message)
        }
    }
}
