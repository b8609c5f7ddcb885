import ArgumentParser

/// `ablate report`: the report from finished runs alone.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Writes an experiment's report from its finished runs.",
        discussion: "With -S, --only or --seeds the report is printed, and the one on disk stays as it is.")

    @OptionGroup var selection: ExperimentOptions
    @OptionGroup var folders: FolderOptions

    func run() throws {
        let outlook = try Outlook(selection, folders, checking: .contents)
        try outlook.workspace.checkResults()
        outlook.tellWarnings()
        _ = try outlook.report(excerpt: selection.excerpt)
    }
}
