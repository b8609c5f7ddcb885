/// Everything that decides what an encoded data set holds: where the raw data comes from, how columns become numbers, and which rows are for what.
public struct EncodingRequest: Sendable, Hashable {
    /// Where the raw data comes from.
    public var source: RawSource
    /// How the input columns become features.
    public var inputs: InputEncodings
    /// How the target column becomes classes or values.
    public var target: TargetEncoding
    /// Which rows are for training, validation and test.
    public var split: SplitRequest
    /// The fold whose rows validate, from 0, when the split has folds.
    public var fold: Int?

    /// A request; without a split every row is for training.
    public init(
        source: RawSource, inputs: InputEncodings, target: TargetEncoding, split: SplitRequest = SplitRequest(), fold: Int? = nil
    ) {
        self.source = source
        self.inputs = inputs
        self.target = target
        self.split = split
        self.fold = fold
    }
}

extension EncodingRequest {
    /// The columns that it speaks of.
    public var columnNames: [String] {
        inputs.columns.map(\.name).filter { $0 != "*" } + inputs.drop + [target.column] + Splitter.columns(of: split)
    }
}

/// Where raw data comes from.
public enum RawSource: Sendable, Hashable {
    /// A data set of the catalogue, known by the digest of its content.
    case catalogue(CatalogueEntry)
    /// A table of the user's own, and the tables of the rows that validate and test, if they stand apart.
    case csv(path: String, format: CSVFormat, others: OtherTables = OtherTables())
    /// Lines of plain text with a label each: columns `text` and `class`.
    case lines(path: String, format: LineFormat)
    /// Arrays of numbers of the user's own, `.npy` or `.npz`.
    case numpy(path: String)
    /// A folder, or an archive of one, of the user's own with texts as `CLASS/FILE.txt`, or below `train/` and `test/`: columns `text` and `class`.
    case folder(path: String)
}

extension RawSource {
    /// How tables of further rows are expected to be written: as the data set's own.
    public var tableFormat: CSVFormat {
        switch self {
        case .csv(_, let format, _): return format
        case .catalogue(let entry):
            if case .csv(let format) = entry.format { return format }
            return CSVFormat()
        case .lines, .numpy, .folder: return CSVFormat()
        }
    }
}

/// The tables of rows that do not train, with the same columns as the one of those that do.
public struct OtherTables: Sendable, Hashable {
    /// The path of the rows that validate.
    public var validation: String?
    /// The path of the rows that test.
    public var test: String?

    /// Paths; without any, all rows stand in one table.
    public init(validation: String? = nil, test: String? = nil) {
        self.validation = validation
        self.test = test
    }
}

/// How the input columns become features: explicit columns, in this order, and what is left out.
public struct InputEncodings: Sendable, Hashable {
    /// One column and its encoding. The column `*` stands for every column that is neither the target, nor dropped, nor named by another one, nor
    /// the split's.
    public struct Column: Sendable, Hashable {
        /// The column's name, or `*`.
        public var name: String
        /// What becomes of its cells.
        public var encoding: ColumnEncoding
        /// What stands for an empty cell.
        public var missing: MissingCells
        /// Which rows its figures come from.
        public var fit: FittedRows

        /// A column, or `*`, with its encoding.
        public init(name: String, encoding: ColumnEncoding, missing: MissingCells = .error, fit: FittedRows = .train) {
            self.name = name
            self.encoding = encoding
            self.missing = missing
            self.fit = fit
        }
    }

    /// The columns in the order of their features.
    public var columns: [Column]
    /// Columns that are left out of `*`.
    public var drop: [String]

    /// Encodings by column.
    public init(columns: [Column], drop: [String] = []) {
        self.columns = columns
        self.drop = drop
    }
}

extension InputEncodings {
    /// How the first text is split, where it says so.
    var tokens: Tokens? {
        columns.lazy.compactMap { if case .multiHot(_, let words) = $0.encoding { words.tokens } else { nil } }.first
    }
}

/// The column to predict and its encoding.
public struct TargetEncoding: Sendable, Hashable {
    /// The column's name.
    public var column: String
    /// `label` and `oneHot` make classes, `numeric` makes values.
    public var encoding: ColumnEncoding
    /// What stands for an empty cell; `error` or `drop`, because a target that was made up is none.
    public var missing: MissingCells
    /// Which rows its figures and classes come from.
    public var fit: FittedRows

    /// A target column with its encoding.
    public init(column: String, encoding: ColumnEncoding, missing: MissingCells = .error, fit: FittedRows = .train) {
        self.column = column
        self.encoding = encoding
        self.missing = missing
        self.fit = fit
    }
}

// MARK: - Folds

extension EncodingRequest {
    /// The folds that have an encoding of their own, because something is learned from the rows that train while they validate; none where nothing is, or
    /// where there are no folds.
    var foldsFittedApart: Range<Int> {
        guard let count = split.foldCount, inputs.columns.contains(where: isLearningByFold) || isTargetLearningByFold else { return 0..<0 }
        return 0..<count
    }

    private func isLearningByFold(_ column: InputEncodings.Column) -> Bool {
        guard column.fit == .train, column.isLearning else { return false }
        // Keras's ranks of its own sets' words are the same in all folds.
        if case .multiHot(_, let words) = column.encoding, words.coding == .keras, case .catalogue(let entry) = source {
            if case .csv = entry.format { return true }
            return false
        }
        return true
    }

    /// Classes are the same in every fold.
    private var isTargetLearningByFold: Bool {
        if case .numeric = target.encoding { target.fit == .train && target.isLearning } else { false }
    }
}

extension InputEncodings.Column {
    /// Whether its encoding depends on the cells of the rows it is fitted on.
    var isLearning: Bool {
        if missing == .mean || missing == .mostFrequent { return true }
        return encoding.isLearning
    }
}

extension TargetEncoding {
    /// Whether its encoding depends on the cells of the rows it is fitted on.
    var isLearning: Bool { encoding.isLearning }
}

extension ColumnEncoding {
    fileprivate var isLearning: Bool {
        switch self {
        case .numeric(.none), .numeric(.divided): false
        default: true
        }
    }
}
