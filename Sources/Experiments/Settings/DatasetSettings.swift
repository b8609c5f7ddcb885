import Documents

/// Where the rows of an experiment come from.
public enum DatasetSettings: Codable, Hashable, Sendable {
    /// An entry of `data/catalogue/`, by its name: `dataset: reuters`.
    case catalogue(String)
    /// A table of the user's own: `dataset: {csv: data/my.csv}`.
    case csv(CSVSettings)
    /// Arrays of numbers of the user's own: `dataset: {numpy: data/my.npz}`.
    case numpy(String)
    /// A folder with texts in folders of their classes: `dataset: {folder: data/reviews}`.
    case folder(String)
}

/// A table in a text file, one row a line.
public struct CSVSettings: Codable, Hashable, Sendable {
    /// The file, as written, relative to the project's folder.
    public var path: String
    /// The character between fields; `nil`: found out from the first line.
    public var delimiter: String?
    /// Whether the first line names the columns; `nil`: found out.
    public var header: Bool?
    /// Names of the columns, in place of those of the header; `nil`: the header's.
    public var columns: [String]?
    /// Whether fields may stand in quotes; `nil`: they may.
    public var quotes: Bool?
    /// Texts that stand for an empty cell; `nil`: none.
    public var empty: [String]?

    /// A table at `path`.
    public init(
        path: String, delimiter: String? = nil, header: Bool? = nil, columns: [String]? = nil, quotes: Bool? = nil, empty: [String]? = nil
    ) {
        self.path = path
        self.delimiter = delimiter
        self.header = header
        self.columns = columns
        self.quotes = quotes
        self.empty = empty
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
                get: { if case .csv(let settings) = $0 { settings } else { nil } }),
            Case(
                "numpy", Schema<String>.text("file's path"),
                doc: "Arrays of numbers, .npy or .npz: y of shape (n) is the column y, x of shape (n, 4) the columns x1 to x4.",
                make: DatasetSettings.numpy, get: { if case .numpy(let path) = $0 { path } else { nil } }),
            Case(
                "folder", Schema<String>.text("folder's path"),
                doc: "Texts as CLASS/FILE.txt, or below train/ and test/: the columns text and class.",
                make: DatasetSettings.folder, get: { if case .folder(let path) = $0 { path } else { nil } })),
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
            Field(
                optional: "columns", \.columns, .list(of: .text("column's name"), atLeast: 1), misnomers: ["names"],
                doc: "Names of the columns, in place of those of the header."),
            Field(
                optional: "quotes", { $0.quotes == false ? false : nil }, .boolean,
                doc: "Whether fields may stand in double quotes: true unless written; false for lines of plain text."),
            Field(
                optional: "empty", \.empty, .list(of: .text("text"), atLeast: 1), misnomers: ["missing", "na_values"],
                doc: "Texts that stand for an empty cell, such as NA or ?."),
            build: CSVSettings.init
        ).schema,
        writing: { _ in 1 })
}
