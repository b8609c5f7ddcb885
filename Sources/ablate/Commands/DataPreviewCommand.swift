import ArgumentParser
import Datasets
import Documents
import Experiments
import Scheduling
import Training

/// `ablate data preview`.
struct DataPreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Shows a data set's columns, and what a network would see of its first rows.",
        discussion: """
            Rows are encoded as the experiment says; for a data set or a table numbers are standardised and categories one-hot, as `ablate init`
            would begin.
            """)

    @Argument(help: "A name of the catalogue, a table's path, or an experiment's file.")
    var what: String

    @Option(help: "The column to predict; the last one unless said.")
    var target: String?

    @Option(help: "How many rows to show.")
    var rows = 5

    @OptionGroup var folders: FolderOptions

    func validate() throws {
        if !(0...1000).contains(rows) { throw ValidationError("--rows \(rows): expected 0 to 1000") }
    }

    func run() throws {
        let request: EncodingRequest
        let data: DatasetStore
        let profile: DatasetProfile
        if what.hasSuffix(".yaml") || what.hasSuffix(".yml") {
            let (file, project) = try Project.locate(what)
            let workspace = Workspace(project, folders)
            data = workspace.data
            request = try workspace.request(for: loadExperiment(file, project: project).baseline.trial.settings)
            profile = try data.profile(of: request.source) { tellProgress($0) }
        } else {
            let project =
                try Files.isFile(what) || Files.isFolder(what)
                ? Project.containing(Files.currentFolder) ?? Project(root: Files.currentFolder) : .current()
            data = Workspace(project, folders).data
            let source: RawSource = try RawSource(userPath: what) ?? .catalogue(data.entry(named: what))
            profile = try data.profile(of: source) { tellProgress($0) }
            let suggestion = try EncodingSuggestion(profile, target: target)
            request = EncodingRequest(source: source, inputs: suggestion.inputs, target: suggestion.target)
        }
        let dataset = try data.open(request, progress: { tellProgress($0) })
        Output.result(withExtendedLifetime(dataset) { PreviewText(profile: profile, dataset: dataset, rows: rows).text })
    }
}
