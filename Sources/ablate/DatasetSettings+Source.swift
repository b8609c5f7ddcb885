import Datasets
import Experiments
import Training

extension DatasetStore {
    /// The descriptions of the data sets that are known by name.
    var catalogue: Catalogue { Catalogue(folder: "\(folder)/catalogue") }

    /// The catalogue's entry of that name.
    func entry(named name: String) throws -> CatalogueEntry {
        guard !catalogue.names.isEmpty else {
            throw Refusal(
                "there is no data set \"\(name)\", since there is no catalogue in \(Files.spoken(folder))",
                help: "work in a copy of the project, name its data folder with --data, or use a table of your own: {csv: PATH}")
        }
        return try catalogue.entry(named: name)
    }

    /// Where the rows of a trial come from. A table's path counts from the project's folder.
    func source(of settings: DatasetSettings, project: String) throws -> RawSource {
        switch settings {
        case .catalogue(let name):
            .catalogue(try entry(named: name))
        case .csv(let table):
            .csv(
                path: Files.spoken(table.path.hasPrefix("/") ? table.path : "\(project)/\(table.path)"),
                format: CSVFormat(table))
        }
    }
}

extension DatasetSettings {
    /// The data set's name for people.
    var spoken: String {
        switch self {
        case .catalogue(let name): name
        case .csv(let settings): settings.path
        }
    }
}
