import Datasets
import Experiments
import Training

extension DatasetStore {
    /// The descriptions of the data sets that are known by name.
    var catalogue: Catalogue { Catalogue(folder: "\(folder)/catalogue") }

    /// The catalogue's entry of that name.
    func entry(named name: String) throws -> CatalogueEntry {
        guard !catalogue.names.isEmpty else { throw noCatalogue }
        return try catalogue.entry(named: name)
    }

    /// What is said where the catalogue is needed and not there.
    var noCatalogue: Refusal {
        Refusal(
            "data sets are known by name from a catalogue, and there is no catalogue in \(Files.spoken(folder))",
            help: "work in a copy of the project, name its data folder with --data, or use a table of your own: {csv: PATH}")
    }

    /// Where the rows of a trial come from. A table's path counts from the project's folder.
    func source(of settings: DatasetSettings, project: String) throws -> RawSource {
        switch settings {
        case .catalogue(let name):
            .catalogue(try entry(named: name))
        case .csv(let table): .csv(path: path(table.path, project), format: CSVFormat(table))
        case .numpy(let file): .numpy(path: path(file, project))
        case .folder(let folder): .folder(path: path(folder, project))
        }
    }

    private func path(_ path: String, _ project: String) -> String {
        Files.spoken(path.hasPrefix("/") ? path : "\(project)/\(path)")
    }
}

extension DatasetSettings {
    /// The data set's name for people.
    var spoken: String {
        switch self {
        case .catalogue(let name): name
        case .csv(let settings): settings.path
        case .numpy(let path), .folder(let path): path
        }
    }
}

extension RawSource {
    /// Data of the user's own, by what lies at the path and how it is named; nil when nothing lies there.
    init?(userPath path: String) {
        if Files.isFolder(path) {
            self = .folder(path: path)
        } else if Files.isFile(path) {
            self = path.hasSuffix(".npy") || path.hasSuffix(".npz") ? .numpy(path: path) : .csv(path: path, format: CSVFormat())
        } else {
            return nil
        }
    }
}
