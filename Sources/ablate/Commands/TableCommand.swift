import ArgumentParser
import Projects

/// `ablate table`: an experiment's results for other tools.
struct TableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table", abstract: "Lists an experiment's results for other tools, one row per run or variant.",
        discussion: """
            The finished runs that the experiment's file asks for, with the settings in which they differ, all figures, parameters and seconds. By variant there are means and \
            standard deviations over seeds (or folds) and the comparison with the baseline, as the report judges it. `ablate list` chooses among runs of any experiment.
            Example: ablate table reuters-width --by variant --format md
            """)

    @Argument(help: "The experiment: a path, or the stem of a file in experiments/.")
    var experiment: String

    @Option(help: ArgumentHelp("One row per run, or per variant.", valueName: "run|variant"))
    var by = ResultsTable.Row.run

    @Flag(help: "A column for every setting, also for those that are the same everywhere.")
    var allSettings = false

    @Option(help: ArgumentHelp("csv, json, md or table.", valueName: "form"))
    var format = Listing.Format.csv

    @OptionGroup var file: ResultFileOptions
    @OptionGroup var folders: FolderOptions

    func run() throws {
        let (path, project) = try Project.locate(experiment)
        let workspace = Workspace(project, folders, takesRecordedFeatures: true)
        let found = try workspace.resultsTable(of: workspace.experiment(path), by: by, allSettings: allSettings)
        var listing = Listing(columns: found.columns)
        for row in found.rows { listing.add(row) }
        try file.write(listing.text(as: format, of: "\(by.rawValue)s"))
        Output.warn(workspace.notesOnFeatures)
        if found.unfinished > 0 { Output.message("\(found.unfinished) more runs are not finished\n") }
    }
}

extension ResultsTable.Row: ExpressibleByArgument {}
