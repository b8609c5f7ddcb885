import ArgumentParser
import Projects

/// `ablate report`: the report from finished runs alone.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Writes an experiment's report from its finished runs.",
        discussion: "With -S, --only or --seeds the report is printed, and the one on disk stays as it is.")

    @OptionGroup var selection: ExperimentOptions
    @OptionGroup var folders: FolderOptions

    func run() throws {
        let prepared = try PreparedExperiment(selection, folders, checking: .changes)
        try prepared.workspace.checkResults()
        prepared.tellWarnings()
        _ = try prepared.tellReport(excerpt: selection.excerpt)
    }
}
