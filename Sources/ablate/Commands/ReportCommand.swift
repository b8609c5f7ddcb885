import ArgumentParser
import Projects
import Reports

/// `ablate report`: the report from finished runs alone.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Writes an experiment's report from its finished runs.",
        discussion: "With -S, --only or --seeds the report is printed, and the one on disk stays as it is.")

    @OptionGroup var selection: ExperimentOptions
    @OptionGroup var folders: FolderOptions

    @Option(
        help:
            "md: report.md with figures beside it; html: report.html, one self-contained file, without network or script; json: report.json, the facts for programs."
    )
    var format = ReportFormat.markdown

    func run() throws {
        let prepared = try PreparedExperiment(selection, folders, checking: .changes, takesRecordedFeatures: true)
        try prepared.workspace.checkResults()
        prepared.tellWarnings()
        _ = try prepared.tellReport(excerpt: selection.excerpt, as: format)
    }
}

extension ReportFormat: ExpressibleByArgument {}
