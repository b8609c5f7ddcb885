import Documents

/// Where the rows of an experiment come from.
public enum DatasetSettings: Hashable, Sendable {
    /// An entry of `data/catalogue/`, by its name: `dataset: reuters`.
    case catalogue(String)
    /// A table of the user's own: `dataset: {csv: data/my.csv}`.
    case csv(CSVSettings)
    /// Lines of JSON, an object each, of the user's own: `dataset: {jsonl: data/my.jsonl}`.
    case jsonl(CSVSettings)
    /// Arrays of numbers of the user's own: `dataset: {numpy: data/my.npz}`.
    case numpy(String)
    /// Lines of plain text with a label each: `dataset: {lines: data/messages.txt}`.
    case lines(LineSettings)
    /// A folder, or an archive of one, with texts in folders of their classes: `dataset: {folder: data/reviews}`.
    case folder(String)
    /// Running text: `dataset: {text: data/alice.txt}`.
    case text(String)
    /// A folder with PNG and JPEG files in folders of their classes: `dataset: {images: data/leaves}`.
    case images(String)
    /// Images and labels in the IDX format, MNIST's own: `dataset: {idx: {images: …, labels: …}}`.
    case idx(IDXSettings)
    /// What a layer of another experiment's run makes of its data: `dataset: {features: {experiment: …, layer: code}}`.
    case features(FeatureSettings)
}

extension DatasetSettings {
    /// The addresses of the settings that say where data lie, and not what they are.
    public static let places: Set<String> = [
        "dataset", "dataset.csv.path", "dataset.csv.test", "dataset.csv.validation", "dataset.jsonl.path",
        "dataset.jsonl.test", "dataset.jsonl.validation", "dataset.lines.path", "dataset.numpy",
        "dataset.folder", "dataset.images", "dataset.idx.images", "dataset.idx.labels", "dataset.idx.test_images",
        "dataset.idx.test_labels", "dataset.text", "dataset.features.experiment", "dataset.features.variant", "dataset.features.seed",
        "dataset.features.layer", "dataset.features.pca",
    ]
}

/// Images and their labels in files of the IDX format, which may be packed.
public struct IDXSettings: Hashable, Sendable {
    /// The images, as written, relative to the project's folder: all, or those that train.
    public var images: String
    /// Their labels.
    public var labels: String
    /// The images that test, when they stand apart.
    public var testImages: String?
    /// Their labels.
    public var testLabels: String?

    /// Files at these paths.
    public init(images: String, labels: String, testImages: String? = nil, testLabels: String? = nil) {
        (self.images, self.labels, self.testImages, self.testLabels) = (images, labels, testImages, testLabels)
    }
}

/// Lines of plain text with a label each, in a file.
public struct LineSettings: Hashable, Sendable {
    /// The file, as written, relative to the project's folder.
    public var path: String
    /// How its lines carry their labels.
    public var format: LineFormat

    /// Lines at `path`.
    public init(path: String, format: LineFormat = LineFormat()) {
        self.path = path
        self.format = format
    }
}

/// A table in a text file, one row a line.
public struct CSVSettings: Hashable, Sendable {
    /// The file, as written, relative to the project's folder.
    public var path: String
    /// How it is written, and the tables of other rows with it.
    public var format: CSVFormat
    /// The table of the rows that validate, when they stand apart.
    public var validation: String?
    /// The table of the rows that test, when they stand apart.
    public var test: String?

    /// A table at `path`.
    public init(path: String, format: CSVFormat = CSVFormat(), validation: String? = nil, test: String? = nil) {
        self.path = path
        self.format = format
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
                "jsonl", CSVSettings.jsonSchema,
                doc: "Lines of JSON, an object each, whose keys are columns: the file's path, or its settings.",
                make: DatasetSettings.jsonl,
                get: { if case .jsonl(let settings) = $0 { settings } else { nil } }),
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
                make: DatasetSettings.folder, get: { if case .folder(let path) = $0 { path } else { nil } }),
            Case(
                "text", Schema<String>.text("file's path"),
                doc: "Running text, the column text, of which windows are examples and what follows them is the target.",
                make: DatasetSettings.text, get: { if case .text(let path) = $0 { path } else { nil } }),
            Case(
                "images", Schema<String>.text("folder's path"),
                doc:
                    "A folder with PNG and JPEG files as CLASS/FILE.png, or below train/ and test/: the columns pixel1, pixel2, … from 0 to 255, and class. "
                    + "{encode: image} says which size and how many channels they are to have.",
                make: DatasetSettings.images, get: { if case .images(let path) = $0 { path } else { nil } }),
            Case(
                "idx", IDXSettings.schema,
                doc: "Images and labels in the IDX format, MNIST's own, plain or gzipped: the columns pixel1, pixel2, … and label.",
                make: DatasetSettings.idx, get: { if case .idx(let files) = $0 { files } else { nil } }),
            Case(
                "features", FeatureSettings.schema,
                doc:
                    "What a layer of another experiment's run makes of its data: a column for each number of the layer (code1, code2, …), and that experiment's labels or target.",
                make: DatasetSettings.features, get: { if case .features(let settings) = $0 { settings } else { nil } })),
        writing: { if case .catalogue = $0 { 0 } else { 1 } })
}

extension DatasetSettings {
    /// The tables in text files, CSV or lines of JSON; nil for other data sets.
    public var tables: CSVSettings? {
        switch self {
        case .csv(let settings), .jsonl(let settings): settings
        default: nil
        }
    }
}

extension CSVSettings {
    static let jsonSchema = Schema<CSVSettings>.either(
        Schema<String>.text("file's path").mapped(to: { lines(path: $0) }, from: \.path),
        Record<CSVSettings>(
            "jsonl",
            Field(
                "path", \.path, .text("file's path"), misnomers: ["file", "train"],
                doc: "The file, from the project's folder: all rows, or those that train."),
            Field(
                optional: "test", \.test, .text("file's path"),
                doc: "The file of the rows that test, with the same keys, when they stand apart."),
            Field(
                optional: "validation", \.validation, .text("file's path"), misnomers: ["val"],
                doc: "The file of the rows that validate, with the same keys, when they stand apart."),
            CSVFormat.emptyField.of(\.format),
            build: { lines(path: $0, empty: $3, validation: $2, test: $1) }
        ).schema,
        writing: { _ in 1 })

    private static func lines(path: String, empty: [String] = [], validation: String? = nil, test: String? = nil) -> CSVSettings {
        var format = CSVFormat(empty: empty)
        format.isJSONLines = true
        return CSVSettings(path: path, format: format, validation: validation, test: test)
    }

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
            CSVFormat.delimiterField.of(\.format), CSVFormat.headerField.of(\.format), CSVFormat.columnsField.of(\.format),
            CSVFormat.quotesField.of(\.format), CSVFormat.emptyField.of(\.format), CSVFormat.decimalField.of(\.format),
            CSVFormat.thousandsField.of(\.format),
            build: { path, test, validation, delimiter, header, columns, quotes, empty, decimal, thousands in
                CSVSettings(
                    path: path,
                    format: CSVFormat(
                        delimiter: delimiter, header: header, columns: columns, quotes: quotes, empty: empty,
                        numbers: NumberFormat(decimal: decimal, thousands: thousands)),
                    validation: validation, test: test)
            }
        ).schema.checked(\.format.problem),
        writing: { _ in 1 })
}

extension IDXSettings {
    package static let schema = Record<IDXSettings>(
        "idx",
        Field("images", \.images, .text("file's path"), doc: "The images, from the project's folder: all, or those that train."),
        Field("labels", \.labels, .text("file's path"), doc: "Their labels."),
        Field(optional: "test_images", \.testImages, .text("file's path"), doc: "The images that test, when they stand apart."),
        Field(optional: "test_labels", \.testLabels, .text("file's path"), doc: "Their labels."),
        build: IDXSettings.init
    ).schema.checked { files in
        (files.testImages == nil) == (files.testLabels == nil)
            ? nil : Problem("images that test need their labels, and labels their images", help: "write test_images and test_labels")
    }
}

extension LineSettings {
    package static let schema = Schema<LineSettings>.either(
        Schema<String>.text("file's path").mapped(to: { LineSettings(path: $0) }, from: \.path),
        Record<LineSettings>(
            "lines",
            Field("path", \.path, .text("file's path"), misnomers: ["file"], doc: "The file, from the project's folder."),
            LineFormat.labelField.of(\.format), LineFormat.separatorField.of(\.format),
            build: { LineSettings(path: $0, format: LineFormat(label: $1, separator: $2)) }
        ).schema,
        writing: { _ in 1 })
}
