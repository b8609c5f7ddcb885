import Datasets
import Experiments

extension DatasetStore {
    /// Where the rows of a trial come from. A table's path counts from the project's folder.
    func source(of settings: DatasetSettings, project: String) throws -> RawSource {
        switch settings {
        case .catalogue(let name):
            .catalogue(try entry(named: name))
        case .csv(let table):
            .csv(
                path: table.path.hasPrefix("/") ? table.path : "\(project)/\(table.path)",
                format: CSVFormat(delimiter: table.delimiter?.utf8.first, header: table.header ?? true))
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
