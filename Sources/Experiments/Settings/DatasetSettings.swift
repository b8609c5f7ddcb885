/// Where the rows of an experiment come from.
public enum DatasetSettings: Codable, Hashable, Sendable {
    /// An entry of `data/catalogue/`, by its name: `dataset: reuters`.
    case catalogue(String)
    /// A table of the user's own: `dataset: {csv: data/my.csv}`.
    case csv(CSVSettings)
}

/// A table in a text file, one row a line.
public struct CSVSettings: Codable, Hashable, Sendable {
    /// The file, as written, relative to the project's folder.
    public var path: String
    /// The character between fields; `nil`: found out from the first line.
    public var delimiter: String?
    /// Whether the first line names the columns; `nil`: found out.
    public var header: Bool?

    /// A table at `path`.
    public init(path: String, delimiter: String? = nil, header: Bool? = nil) {
        self.path = path
        self.delimiter = delimiter
        self.header = header
    }
}
