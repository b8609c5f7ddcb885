import ArgumentParser
import Processes
import Projects
import Reports
import RunStore
import Scheduling
import Training

/// `ablate run`: trains what is missing, then writes the report.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Trains what is missing of an experiment and writes its report.",
        discussion: """
            Finished runs are found again and never repeated. Ctrl-C ends tidily, Ctrl-C again at once; the same command continues from there.
            What failed before is tried again. Several of these commands, on one machine or on many with a common disk, share the work.
            With -S, --only, --seeds or --smoke the report is printed, and the one on disk stays as it is.
            """)

    @OptionGroup var selection: ExperimentOptions
    @OptionGroup var folders: FolderOptions

    @OptionGroup var workers: WorkerOptions

    @Flag(help: "One epoch on few rows, kept nowhere: does everything work?")
    var smoke = false

    @Flag(help: "Also train finished runs again whose weights or predictions were removed (keep), and keep these.")
    var again = false

    @OptionGroup var limits: RunLimits

    @Option(
        help: ArgumentHelp(
            "Write files for TensorBoard into this folder: curves of all runs, and histograms of the weights of those that are trained now.",
            valueName: "folder"))
    var tensorboard: String?

    private static var smokeExcerpt: ReportExcerpt {
        ReportExcerpt(
            sentence: "A smoke test, one epoch on at most 256 rows a part: it shows that everything works, its figures mean nothing.",
            keepsSettings: false)
    }

    private static var smokeLimit: TrainingLimit { TrainingLimit(epochs: 1, rows: 256) }

    func validate() throws {
        guard tensorboard?.isEmpty != true else { throw ValidationError("--tensorboard: expected the name of a folder") }
        if smoke, tensorboard != nil { throw ValidationError("--tensorboard does not go with --smoke, of which nothing is kept") }
    }

    func run() throws {
        let throwaway = smoke ? try ThrowawayFolder() : nil
        defer { throwaway?.remove() }
        var prepared = try makingFeatures {
            try PreparedExperiment(selection, folders, results: throwaway?.path, checking: .contents, isOnlyTried: smoke)
        }
        if !smoke { try prepared.workspace.checkResults() }
        prepared.tellWarnings()
        try prepared.checkThatRowsAreAtHand()
        if !limits.failed { prepared = try trainPrerequisites(of: prepared) }
        var (failed, isShort) = (false, false)
        let runner = runner(prepared)
        try runner.checkThatRunsCanBeWritten()
        if !smoke { try prepared.checkThatEventsCanBeWritten(asked: tensorboard) }
        if limits.failed, runner.unfinished.isEmpty {
            Output.message("\(prepared.experiment.name): no run failed before, so none is tried again\n")
        } else if runner.unfinished.isEmpty {
            if runner.hasUnsettledRuns { try runner.settle() }
            tell(runner.removeWhatIsNotKept())
            let finished = prepared.runs.count { if case .finished = $0.state { true } else { false } }
            let count = finished == prepared.runs.count ? counted(finished, "run") : "\(finished) of \(counted(prepared.runs.count, "run"))"
            Output.message("\(prepared.experiment.name): nothing to train, \(count) finished\n")
        } else {
            if runner.failedBefore > 0 {
                let verb = runner.failedBefore == 1 ? "is" : "are"
                let others = runner.leftOut > 0 ? "; \(counted(runner.leftOut, "unfinished run")) that did not fail left as they are" : ""
                Output.message("\(counted(runner.failedBefore, "run")) that failed before \(verb) tried again\(others)\n")
            }
            let end = try train(by: runner)
            let blocked = runner.countWithoutStart(after: end)
            if blocked > 0 {
                Output.message(
                    "\(counted(blocked, "run")) not begun: what \(blocked == 1 ? "it starts" : "they start") from is not finished\n")
            }
            isShort = end.finishedCount < end.total
            failed = !end.failures.isEmpty
            if failed { Output.message("\(counted(end.failures.count, "run")) failed\n") }
        }
        let reached = prepared.experiment.isInStages ? try prepared.lookedAtAgain() : prepared
        if !smoke, let news = reached.completeEvents(asked: tensorboard) { Self.tell(news) }
        if try reached.computePlainMethods(tell: { Output.message($0 + "\n") }) {
            Output.message("plain baselines computed anew: they had kept no predictions, which comparisons need\n")
        }
        let left = try reached.tellReport(excerpt: smoke ? Self.smokeExcerpt : selection.excerpt)
        if !failed, left > 0 { Output.message("\(counted(left, "run")) not finished\n") }
        // Nobody asked for the others.
        if failed || (limits.failed ? isShort : left > 0) { throw ExitCode.runFailed }
    }

    private func runner(_ prepared: PreparedExperiment, among chosen: Set<RunIdentity>? = nil) -> ExperimentRunner {
        ExperimentRunner(
            prepared, limits.rules(workers: workers.workers), onlyFailed: limits.failed, restoresFiles: again,
            limit: smoke ? Self.smokeLimit : nil, eventFolder: tensorboard, among: chosen)
    }

    /// Trains what is missing, and tells it on the way; how it ended.
    private func train(by runner: ExperimentRunner) throws -> Schedule {
        let interruptions = Interruptions()
        let workers = WorkerProcesses(
            executable: Environment.executable, arguments: [WorkerCommand.configuration.commandName ?? "worker"],
            interruptions: interruptions)
        let terminal = Environment.standardError
        let progress = runner.progress
        let end = try runner.run(
            on: workers, showing: terminal.isLive ? LiveProgress(progress, on: terminal) : PlainProgress(progress, on: terminal),
            tell: tell)
        // From here on every file is written whole: Ctrl-C may end the process at once.
        interruptions?.end()
        if end.finishedCount > 0 { try runner.settle() }
        if let fault = end.startFault { throw Refusal("no worker could be started: \(fault)", cause: .failure) }
        if end.wasInterrupted {
            let left = end.waiting.count + end.outcomes.values.count { $0 == .interrupted }
            Output.message("interrupted, \(counted(left, "run")) left; the same command continues\n")
            throw ExitCode.interrupted
        }
        if end.isOutOfTime {
            let left = end.waiting.count + end.outcomes.values.count { $0 == .interrupted }
            Output.message("\(counted(left, "run")) left when time was up; the same command continues\n")
        }
        return end
    }

    /// Prepares an experiment, once the runs are finished whose features are its data.
    private func makingFeatures(_ prepare: () throws -> PreparedExperiment) throws -> PreparedExperiment {
        var made: Set<RunIdentity> = []
        while true {
            do { return try prepare() } catch let wanted as FeaturesWanted {
                guard made.insert(wanted.run).inserted else { throw Refusal(wanted) }
                try train(wanted)
            }
        }
    }

    /// Trains a run whose features are another's data; it is kept also where that is only tried.
    private func train(_ wanted: FeaturesWanted) throws {
        let (file, project) = try Project.locate(wanted.experiment)
        let workspace = Workspace(project, folders)
        let other = try trainPrerequisites(
            of: makingFeatures {
                try PreparedExperiment(
                    file: file, only: [wanted.variant], workspace: workspace, store: workspace.store, checking: .contents,
                    isOnlyTried: false)
            })
        let runner = ExperimentRunner(other, limits.rules(workers: workers.workers), among: [wanted.run])
        guard !runner.unfinished.isEmpty else { return }
        try runner.checkThatRunsCanBeWritten()
        Output.message("first 1 run of \(wanted.experiment), \(wanted.variant), whose features are the data\n")
        let end = try train(by: runner)
        if end.finishedCount < end.total { throw Refusal(wanted) }
    }

    /// Trains the runs of other experiments that those of this one start from, and what these start from before them; the experiment as it stands then.
    private func trainPrerequisites(of prepared: PreparedExperiment) throws -> PreparedExperiment {
        guard !prepared.prerequisites.isEmpty else { return prepared }
        for needed in prepared.prerequisites {
            let (file, _) = try Project.locate(needed.experiment)
            let other = try trainPrerequisites(
                of: PreparedExperiment(
                    file: file, only: [needed.variant], workspace: prepared.workspace, store: prepared.store, checking: .contents,
                    isOnlyTried: smoke))
            let runner = runner(other, among: needed.runs)
            guard !runner.unfinished.isEmpty else { continue }
            try runner.checkThatRunsCanBeWritten()
            Output.message(
                "first \(counted(runner.unfinished.count, "run")) of \(needed.experiment), \(needed.variant), "
                    + (needed.judges
                        ? "by which \(prepared.experiment.name) is judged\n" : "which \(prepared.experiment.name) starts from\n")
            )
            let end = try train(by: runner)
            if end.finishedCount < end.total {
                throw Refusal(
                    "\(prepared.experiment.name) starts from runs of \(needed.experiment) that are not finished",
                    help: "ablate plan \(needed.experiment.shellWord) tells why",
                    cause: .failure)
            }
        }
        return try prepared.lookedAtAgain()
    }

    /// What became of the files for TensorBoard.
    private static func tell(_ news: EventNews) {
        if let failure = news.failure {
            Output.warn(["\(counted(news.failures, "run")) without files for TensorBoard, and otherwise as it should be: \(failure)"])
        }
        if news.withoutHistograms > 0 {
            Output.message(
                "TensorBoard gets the curves of \(counted(news.withoutHistograms, "run")) from the history; histograms are written only as a run is trained\n"
            )
        }
        for folder in news.folders { Output.message("to see the curves: tensorboard --logdir \(Files.spoken(folder).shellWord)\n") }
    }

    private func tell(_ news: KeepNews) {
        if let warning = news.warning { Output.message("ablate: warning: \(Files.spoken(warning))\n") }
        guard news.removed.files > 0 else { return }
        let files = counted(news.removed.files, "file")
        Output.message("removed \(files) of weights and predictions that are not kept, \(spoken(bytes: Double(news.removed.bytes)))\n")
    }
}
