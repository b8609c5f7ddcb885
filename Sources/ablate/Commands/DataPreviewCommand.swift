import ArgumentParser
import Datasets
import Documents
import Experiments
import Pictures
import Projects
import RunStore
import Scheduling
import Settings
import Training

/// `ablate data preview`.
struct DataPreviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Shows a data set's columns, and what a network would see of its first rows.",
        discussion: """
            Rows are encoded as the experiment says; for a data set or a table numbers are standardised and categories one-hot, as `ablate init`
            would begin. Of images -o writes a picture: the first rows that train, ten beside each other, so many lines as --rows says; with --augmented each
            of the first rows in a line of its own, as it is and then as a run of the experiment's first seed sees it in epochs 1 to 9.
            Example: ablate data preview mnist-augmentation --augmented -S training.augment.rotate=10 -o digits.png
            """)

    @Argument(help: "A name of the catalogue, the path of a table, of arrays, or of a folder of texts, or an experiment.")
    var what: String

    @Option(help: "The column to predict; the last one unless said.")
    var target: String?

    @Option(help: "How many rows to show.")
    var rows = 5

    @Flag(help: "Show images as training.augment changes them.")
    var augmented = false

    @Option(
        name: .customShort("S", allowingJoined: true),
        help: ArgumentHelp("Change a setting of the experiment (repeatable).", valueName: "path=value"))
    var settings: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Write a picture of images, a PNG.", valueName: "file.png"))
    var output: String?

    @OptionGroup var folders: FolderOptions

    func validate() throws {
        if augmented, output == nil { throw ValidationError("--augmented: say where the picture goes, -o FILE.png") }
        if let output, !output.lowercased().hasSuffix(".png") {
            throw ValidationError("-o \(output): expected the name of a PNG, FILE.png")
        }
        if output != nil, !(1...100).contains(rows) { throw ValidationError("--rows \(rows): expected 1 to 100 lines of a picture") }
        if !(0...1000).contains(rows) { throw ValidationError("--rows \(rows): expected 0 to 1000") }
    }

    func run() throws {
        if what.hasSuffix(".yaml") || what.hasSuffix(".yml") { return try showExperiment() }
        guard !augmented, settings.isEmpty else {
            if isExperiment { return try showExperiment() }
            throw Refusal("\(what) is no experiment, which --augmented and -S speak of", help: "name a file in experiments/")
        }
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
        let experiment = try project.experiment(file, settings: settings)
        let trial = experiment.baseline.trial.settings
        let request = try workspace.request(for: trial)
        if augmented, trial.training.augment == nil {
            throw Refusal("\(experiment.name) changes no images", help: "write training.augment, or -S training.augment.shift=3")
        }
        try show(
            request, output == nil ? workspace.data.profile(of: request.source, names: request.columnNames) { tellProgress($0) } : nil,
            in: workspace.data, changes: trial, seed: experiment.seeds.first ?? 1)
    }

    private func show(
        _ request: EncodingRequest, _ profile: DatasetProfile?, in data: DatasetStore, changes trial: TrialSettings? = nil, seed: Int = 1
    ) throws {
        if let output {
            let dataset = try data.open(request, progress: { tellEncoding($0) })
            return try withExtendedLifetime(dataset) { try draw(dataset, trial, seed: seed, to: output) }
        }
        guard let profile else { return }
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
                PreviewText(
                    profile: profile, target: request.target.column, dataset: dataset, rows: rows, outerFolds: trial?.split.outerFolds
                ).text
            })
    }

    // MARK: - Pictures

    private static let columns = 10

    private func draw(_ dataset: EncodedDataset, _ trial: TrialSettings?, seed: Int, to output: String) throws {
        guard let images = ImagesOfData(dataset, pad: trial?.inputs.pad ?? 0) else {
            throw Refusal("the inputs of \(what) are no images", help: "write {encode: image, height: …, width: …} where they are pixels")
        }
        let pictures: [Picture]
        if augmented, let trial, let changes = trial.training.augment {
            try check(trial, dataset)
            let rows = Array(dataset.train.prefix(rows))
            pictures = images.pictures(of: rows, changed: changes, seed: seed, epochs: Self.columns - 1).flatMap(\.self)
        } else {
            pictures = images.pictures(of: Array(dataset.train.prefix(rows * Self.columns)))
        }
        let path = Files.absolute(output)
        guard !Files.isFolder(path) else { throw Refusal("\(output) is a folder", help: "name a file") }
        try OutputFolder(root: Files.folder(of: path)).write(
            Picture.grid(pictures, columns: Self.columns, factor: images.factor).png(), as: Files.name(of: path))
        Output.message("\(output)\n")
    }

    /// Refuses changes that the images cannot take.
    private func check(_ trial: TrialSettings, _ dataset: EncodedDataset) throws {
        do {
            _ = try prepare(trial, data: dataset.summary)
        } catch {
            throw Refusal("\(error.path): \(error.message)", help: error.help)
        }
    }
}
