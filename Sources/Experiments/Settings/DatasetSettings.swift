import Documents

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

// MARK: - In the file

extension DatasetSettings {
    static let schema = Schema<DatasetSettings>.either(
        Schema<String>.text("catalogue entry's name").mapped(
            to: DatasetSettings.catalogue, from: { if case .catalogue(let name) = $0 { name } else { "" } }),
        .choice(
            "dataset",
            Case(
                "csv", CSVSettings.schema, doc: "A table in a text file: its path, or its settings.", make: DatasetSettings.csv,
                get: { if case .csv(let settings) = $0 { settings } else { nil } })),
        writing: { if case .catalogue = $0 { 0 } else { 1 } })
}

extension CSVSettings {
    static let schema = Schema<CSVSettings>.either(
        Schema<String>.text("table's path").mapped(to: { CSVSettings(path: $0) }, from: \.path),
        Record<CSVSettings>(
            "csv",
            Field("path", \.path, .text("table's path"), misnomers: ["file"], doc: "The file, from the project's folder."),
            Field(
                optional: "delimiter", \.delimiter,
                Schema<String>.text("character").checked { delimiter in
                    delimiter.unicodeScalars.count == 1 ? nil : Problem("% must be one character, found \"\(delimiter)\"")
                }, misnomers: ["separator", "sep"], doc: "The character between fields; found out when it is missing."),
            Field(optional: "header", \.header, .boolean, doc: "Whether the first line names the columns; found out when it is missing."),
            build: CSVSettings.init
        ).schema,
        writing: { _ in 1 })
}
