import ArgumentParser
import Datasets
import Documents
import Experiments
import Projects
import Scheduling
import Settings
import Training

/// `ablate data preview`.
struct DataPreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Shows a data set's columns, and what a network would see of its first rows.",
        discussion: """
            Rows are encoded as the experiment says; for a data set or a table numbers are standardised and categories one-hot, as `ablate init`
            would begin.
            """)

    @Argument(help: "A name of the catalogue, the path of a table, of arrays, or of a folder of texts, or an experiment.")
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
        if what.hasSuffix(".yaml") || what.hasSuffix(".yml") { return try showExperiment() }
        let isPath = Files.isFile(what) || Files.isFolder(what)
        if !isPath, isExperiment { return try showExperiment() }
        if !isPath, what.contains("/") || what.contains(".") {
            throw Refusal("\(what): No such file or directory", help: "name a file, a folder, or a data set that ablate data list shows")
        }
        let project = try isPath ? Project.containing(Files.currentFolder) ?? Project(root: Files.currentFolder) : .current()
        let data = Workspace(project, folders).data
        let view = try SourceView(RawSource(userPath: what) ?? .catalogue(data.entry(named: what)), in: data)
        view.tellNotes()
        let suggestion: EncodingSuggestion
        do {
            suggestion = try EncodingSuggestion(view.profile, target: target)
        } catch {
            // The columns are shown all the same: they tell what is to be mended.
            tellNotices(view.profile.notices)
            Output.result(PreviewText(profile: view.profile, target: target).text)
            throw error
        }
        try show(EncodingRequest(source: view.source, inputs: suggestion.inputs, target: suggestion.target), view.profile, in: data)
    }

    /// Whether it is the stem of an experiment's file, and no name of the catalogue.
    private var isExperiment: Bool {
        guard let project = Project.containing(Files.currentFolder), project.files.contains(where: { $0.name == what }) else {
            return false
        }
        return !Workspace(project, folders).data.catalogue.names.contains(what)
    }

    private func showExperiment() throws {
        let (file, project) = try Project.locate(what)
        let workspace = Workspace(project, folders)
        let request = try workspace.request(for: project.experiment(file).baseline.trial.settings)
        try show(request, workspace.data.profile(of: request.source, names: request.columnNames) { tellProgress($0) }, in: workspace.data)
    }

    private func show(_ request: EncodingRequest, _ profile: DatasetProfile, in data: DatasetStore) throws {
        let dataset: EncodedDataset
        do {
            dataset = try data.open(request, progress: { tellEncoding($0) })
        } catch {
            tellNotices(profile.notices)
            Output.result(PreviewText(profile: profile, target: request.target.column).text)
            throw error
        }
        tellNotices(dataset.summary.notices)
        Output.result(
            withExtendedLifetime(dataset) {
                PreviewText(profile: profile, target: request.target.column, dataset: dataset, rows: rows).text
            })
    }
}
