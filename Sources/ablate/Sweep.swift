import ArgumentParser
import Documents
import Experiments
import FoundationEssentials
import RunStore
import Scheduling
import Training

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Trains the missing runs of an experiment on worker processes.
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
    func run() async throws -> Schedule {
        let provenance = Provenance.current(project: outlook.workspace.project.root, versions: Versions.all)
        try checkThatRunsCanBeWritten()
        let jobs = try ThrowawayFolder()
        defer { jobs.remove() }
        let runs = try outlook.missing.map { try scheduled($0, jobs: jobs, provenance: provenance) }
        let schedule = Schedule(everyRun(of: runs), workers: workers, failFast: failFast)
        let processes = WorkerProcesses(
            executable: Environment.executable, arguments: [WorkerCommand.configuration.commandName ?? "worker"])
        let end = await Scheduler(executor: processes).run(schedule, interruptions: interruptions(), status: status())
        record(end.failures)
        outlook.missing.forEach(removeEmptyTraces)
        return end
    }

    private func checkThatRunsCanBeWritten() throws {
        let folder = outlook.store.experimentFolder(outlook.experiment.name) + "/runs"
        try Files.makeFolder(folder)
        guard access(folder, W_OK | X_OK) == 0 else {
            throw Refusal("cannot write runs into \(Files.spoken(folder)): \(String(cString: strerror(errno)))")
        }
    }

    /// Writes the run's job and describes it to the scheduler.
    private func scheduled(_ run: OutlookRun, jobs: ThrowawayFolder, provenance: Provenance) throws -> ScheduledRun {
        let identity = run.specification.identity
        let path = "\(jobs.path)/\(identity.hex).json"
        let variant = outlook.variants[run.planned.variant]
        let job = Job(
            run.specification, settings: variant.variant.trial.settings, store: outlook.store, workspace: outlook.workspace,
            provenance: provenance, limit: limit)
        try job.write(to: path)
        return ScheduledRun(
            id: identity.hex, title: run.title, job: path,
            log: Files.spoken(outlook.store.folder(of: identity, in: outlook.experiment.name).logFile).printableLine,
            epochs: variant.variant.trial.settings.training.epochs, work: variant.work, architecture: variant.architecture)
    }

    private func status() -> any SweepStatus {
        let finished = outlook.runs.count - outlook.missing.count
        let view = SweepView(
            name: outlook.experiment.name.printableLine, total: outlook.runs.count, finishedBefore: finished,
            figures: ["loss", outlook.experiment.selection.metric])
        let terminal = Environment.standardError
        return terminal.isLive ? LiveStatus(view, on: terminal) : PlainStatus(view, on: terminal)
    }

    /// Notes failures in the records of runs whose worker could not do so itself.
    private func record(_ failures: [Schedule.Failure]) {
        for failure in failures {
            guard let run = outlook.missing.first(where: { $0.specification.identity.hex == failure.run.id }),
                case .interrupted = outlook.store.survey([run.specification]).runs[0].state
            else { continue }
            let provenance = Provenance.current(project: outlook.workspace.project.root, versions: Versions.all)
            try? outlook.store.begin(run.specification, provenance: provenance).fail(failure.message)
        }
    }

    /// Removes the folder of a run that was tried but never begun, unless its log says something.
    private func removeEmptyTraces(of run: OutlookRun) {
        let folder = outlook.store.folder(of: run.specification.identity, in: outlook.experiment.name)
        guard !Files.isFile(folder.recordFile), Files.size(of: folder.logFile) == 0 else { return }
        unlink(folder.logFile)
        rmdir(folder.path)
    }
}
