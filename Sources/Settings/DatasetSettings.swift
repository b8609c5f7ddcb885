import Documents

/// Where the rows of an experiment come from.
public enum DatasetSettings: Codable, Hashable, Sendable {
    /// An entry of `data/catalogue/`, by its name: `dataset: reuters`.
    case catalogue(String)
    /// A table of the user's own: `dataset: {csv: data/my.csv}`.
    case csv(CSVSettings)
    /// Arrays of numbers of the user's own: `dataset: {numpy: data/my.npz}`.
    case numpy(String)
    /// Lines of plain text with a label each: `dataset: {lines: data/messages.txt}`.
    case lines(LineSettings)
    /// A folder, or an archive of one, with texts in folders of their classes: `dataset: {folder: data/reviews}`.
    case folder(String)
}

extension DatasetSettings {
    /// The addresses of the settings that say where data lie, and not what they are.
    public static let places: Set<String> = [
        "dataset", "dataset.csv.path", "dataset.csv.test", "dataset.csv.validation", "dataset.lines.path", "dataset.numpy",
        "dataset.folder",
    ]
}

/// Lines of plain text with a label each.
public struct LineSettings: Codable, Hashable, Sendable {
    /// At which end of a line its label stands.
    public enum End: String, Codable, Hashable, Sendable, CaseIterable {
        /// Before the text.
        case first
        /// Behind the text.
        case last
    }

    /// The file, as written, relative to the project's folder.
    public var path: String
    /// At which end of a line its label stands; `nil`: first.
    public var label: End?
    /// What stands between label and text; `nil`: found out.
    public var separator: String?

    /// Lines at `path`.
    public init(path: String, label: End? = nil, separator: String? = nil) {
        self.path = path
        self.label = label
        self.separator = separator
    }
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
    /// The character before the decimals of numbers; `nil`: a point.
    public var decimal: String?
    /// The character between the thousands of numbers; `nil`: none.
    public var thousands: String?
    /// The table of the rows that validate, when they stand apart.
    public var validation: String?
    /// The table of the rows that test, when they stand apart.
    public var test: String?

    /// A table at `path`.
    public init(
        path: String, delimiter: String? = nil, header: Bool? = nil, columns: [String]? = nil, quotes: Bool? = nil, empty: [String]? = nil,
        decimal: String? = nil, thousands: String? = nil, validation: String? = nil, test: String? = nil
    ) {
        self.path = path
        self.delimiter = delimiter
        self.header = header
        self.columns = columns
        self.quotes = quotes
        self.empty = empty
        self.decimal = decimal
        self.thousands = thousands
        self.validation = validation
        self.test = test
    }
}

// MARK: - In the file

extension DatasetSettings {
    package static let schema = Schema<DatasetSettings>.either(
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
                "lines", LineSettings.schema,
                doc: "Lines of plain text with a label each, the columns text and class: the file's path, or its settings.",
                make: DatasetSettings.lines, get: { if case .lines(let settings) = $0 { settings } else { nil } }),
            Case(
                "folder", Schema<String>.text("folder's path"),
                doc: "A folder, or an archive of one, with texts as CLASS/FILE.txt, or below train/ and test/: the columns text and class.",
                make: DatasetSettings.folder, get: { if case .folder(let path) = $0 { path } else { nil } })),
        writing: { if case .catalogue = $0 { 0 } else { 1 } })
}

extension CSVSettings {
    package static let schema = Schema<CSVSettings>.either(
        Schema<String>.text("table's path").mapped(to: { CSVSettings(path: $0) }, from: \.path),
        Record<CSVSettings>(
            "csv",
            Field(
                "path", \.path, .text("table's path"), misnomers: ["file", "train"],
                doc: "The file, from the project's folder: all rows, or those that train."),
            Field(
                optional: "test", \.test, .text("table's path"),
                doc: "The table of the rows that test, with the same columns, when they stand apart."),
            Field(
                optional: "validation", \.validation, .text("table's path"), misnomers: ["val"],
                doc: "The table of the rows that validate, with the same columns, when they stand apart."),
            Field(
                optional: "delimiter", \.delimiter, character, misnomers: ["separator", "sep"],
                doc: "The character between fields; found out when it is missing."),
            Field(
                optional: "header", \.header, .boolean,
                doc: "Whether the first line names the columns; when it is missing, the rows below must tell."),
            Field(
                optional: "columns", \.columns, .list(of: .text("column's name"), atLeast: 1), misnomers: ["names"],
                doc: "Names of the columns, in place of those of the header."),
            Field(
                optional: "quotes", { $0.quotes == false ? false : nil }, .boolean,
                doc: "Whether fields may stand in double quotes: true unless written; false for lines of plain text."),
            Field(
                optional: "empty", \.empty, .list(of: .text("text"), atLeast: 1), misnomers: ["missing", "na_values"],
                doc: "Texts that stand for an empty cell, such as NA or ?; -999 also stands for -999.0 in columns of numbers."),
            Field(
                optional: "decimal", { $0.decimal == "." ? nil : $0.decimal }, character,
                doc: "The character before the decimals of numbers: a point unless written."),
            Field(
                optional: "thousands", \.thousands, character, doc: "The character between the thousands of numbers: none unless written."),
            build: { path, test, validation, delimiter, header, columns, quotes, empty, decimal, thousands in
                CSVSettings(
                    path: path, delimiter: delimiter, header: header, columns: columns, quotes: quotes, empty: empty, decimal: decimal,
                    thousands: thousands, validation: validation, test: test)
            }
        ).schema.checked(\.problem),
        writing: { _ in 1 })

    private static let character = Schema<String>.text("character").checked { text in
        text.utf8.count == 1 ? nil : Problem("% must be one character of ASCII, found \"\(text)\"")
    }

    private var problem: Problem? {
        guard let thousands else { return nil }
        return thousands == decimal ?? "."
            ? Problem(
                "thousands and decimals cannot have the same character", help: "write decimal: \",\" if that is meant", at: "thousands")
            : nil
    }
}

extension LineSettings {
    package static let schema = Schema<LineSettings>.either(
        Schema<String>.text("file's path").mapped(to: { LineSettings(path: $0) }, from: \.path),
        Record<LineSettings>(
            "lines",
            Field("path", \.path, .text("file's path"), misnomers: ["file"], doc: "The file, from the project's folder."),
            Field(
                optional: "label", { $0.label == .first ? nil : $0.label },
                .enumeration(
                    "end of a line", Choosable("first", .first, doc: "Before the text."), Choosable("last", .last, doc: "Behind the text.")),
                doc: "At which end of a line its label stands: first unless written."),
            Field(
                optional: "separator", \.separator, .text("text"), misnomers: ["delimiter", "sep"],
                doc: "What stands between label and text; when it is missing, a tab where most lines have one, else a space."),
            build: LineSettings.init
        ).schema,
        writing: { _ in 1 })
}
