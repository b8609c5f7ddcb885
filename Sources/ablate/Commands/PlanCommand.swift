import ArgumentParser
import Projects
import RunStore
import Scheduling

/// `ablate plan`: the runs as a table; nothing is trained.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Shows the runs of an experiment, each new, finished, stale (and why) or failed. Nothing is trained."
    )

    @OptionGroup var selection: ExperimentOptions
    @OptionGroup var folders: FolderOptions

    @OptionGroup var workers: WorkerOptions

    func run() throws {
        let prepared = try PreparedExperiment(selection, folders, checking: .changes)
        prepared.tellWarnings()
        Output.result(PlanText(prepared, workers: workers.workers).text)
    }
}
