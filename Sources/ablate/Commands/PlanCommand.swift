import ArgumentParser
import Projects
import RunStore
import Scheduling

/// `ablate plan`: the runs as a table; nothing is trained.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Shows the runs of an experiment, each new, finished, stale (and why), failed or interrupted. Nothing is trained."
    )

    @OptionGroup var selection: ExperimentOptions
    @OptionGroup var folders: FolderOptions

    @OptionGroup var workers: WorkerOptions

    @Flag(help: "Write the plan as JSON, run by run.")
    var json = false

    func run() throws {
        let prepared: PreparedExperiment
        do { prepared = try PreparedExperiment(selection, folders, checking: .changes) } catch let wanted as FeaturesWanted where !json {
            Output.result(
                "\(selection.experiment): its features are what \(wanted.title) makes, \(wanted.state)\n"
                    + "ablate run trains that first; the runs are known then\n")
            return
        }
        prepared.tellWarnings()
        let text = PlanText(prepared, workers: workers.workers)
        Output.result(json ? text.json : text.text)
    }
}
