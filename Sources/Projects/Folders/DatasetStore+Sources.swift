import Datasets
import Settings
import Training

extension DatasetStore {
    /// The descriptions of the data sets that are known by name.
    public var catalogue: Catalogue { Catalogue(folder: "\(folder)/catalogue") }

    /// The catalogue's entry of that name.
    public func entry(named name: String) throws -> CatalogueEntry {
        guard !catalogue.names.isEmpty else { throw noCatalogue }
        return try catalogue.entry(named: name)
    }

    /// What is said where the catalogue is needed and not there.
    public var noCatalogue: Refusal {
        Refusal(
            "data sets are known by name from a catalogue, and there is no catalogue in \(Files.spoken(folder))",
            help: "work in a copy of the project, name its data folder with --data, or use a table of your own: {csv: PATH}")
    }

    /// Where the rows of a trial come from. A table's path counts from the project's folder.
    public func source(of settings: DatasetSettings, project: String) throws -> RawSource {
        switch settings {
        case .catalogue(let name):
            .catalogue(try entry(named: name))
        case .csv(let table), .jsonl(let table):
            .csv(
                path: path(table.path, project), format: table.format,
                others: OtherTables(validation: table.validation.map { path($0, project) }, test: table.test.map { path($0, project) }))
        case .lines(let lines): .lines(path: path(lines.path, project), format: lines.format)
        case .numpy(let file): .numpy(path: path(file, project))
        case .folder(let folder): .folder(path: path(folder, project))
        case .text(let file): .text(path: path(file, project))
        case .images(let folder): .images(path: path(folder, project))
        case .features(let features):
            throw Refusal(
                "the features of \(features.experiment) are made by its run, and known once that is finished", cause: .failure)
        case .idx(let files):
            .idx(
                IDXFiles(
                    images: path(files.images, project), labels: path(files.labels, project),
                    testImages: files.testImages.map { path($0, project) }, testLabels: files.testLabels.map { path($0, project) }))
        }
    }

    private func path(_ path: String, _ project: String) -> String {
        Files.spoken(path.hasPrefix("/") ? path : "\(project)/\(path)")
    }
}

extension DatasetSettings {
    /// The data set's name for people.
    public var spoken: String {
        switch self {
        case .catalogue(let name): name
        case .csv(let settings), .jsonl(let settings): settings.path
        case .lines(let settings): settings.path
        case .numpy(let path), .folder(let path), .images(let path), .text(let path): path
        case .idx(let files): files.images
        case .features(let features): "the features of \(features.experiment), \(features.variant), \(features.making.spoken)"
        }
    }
}

extension FeatureSettings.Making {
    /// What is made, for people and in names of files.
    var spoken: String {
        switch self {
        case .layer(let name): name
        case .components(let count): "\(count) principal component\(count == 1 ? "" : "s")"
        }
    }
}
