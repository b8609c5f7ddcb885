import Settings

/// Everything that decides what an encoded data set holds: where the raw data comes from, how columns become numbers, and which rows are for what.
public struct EncodingRequest: Sendable, Hashable {
    /// Where the raw data comes from.
    public var source: RawSource
    /// How the input columns become features.
    public var inputs: InputSettings
    /// How the target column becomes classes or values.
    public var target: ColumnSettings
    /// Which rows are for training, validation and test.
    public var split: SplitSettings
    /// The fold whose rows validate, from 0, when the split has folds.
    public var fold: Int?
    /// The seed by which a split that is drawn anew is drawn; nil for other splits.
    public var seed: Int?

    /// A request; without a split every row is for training.
    public init(
        source: RawSource, inputs: InputSettings, target: ColumnSettings, split: SplitSettings = SplitSettings(), fold: Int? = nil,
        seed: Int? = nil
    ) {
        self.source = source
        self.inputs = inputs
        self.target = target
        self.split = split
        self.fold = fold
        self.seed = split.resplit ? seed ?? 1 : nil
    }

    /// The split that is made.
    var drawnSplit: SplitSettings { seed.map(split.drawn) ?? split }
}

extension EncodingRequest {
    /// What a trial asks of the data sets.
    ///
    /// - Parameters:
    ///   - source: where the trial's `dataset` was found.
    ///   - fold: the fold that validates, counted from 1 over all folds that test; nil without folds.
    ///   - seed: the run's seed, of which account is taken where the split is drawn anew; nil for seed 1.
    public init(_ settings: TrialSettings, source: RawSource, fold: Int?, seed: Int? = nil) {
        var inputs = settings.inputs
        inputs.columns.removeAll { inputs.drop.contains($0.column) }
        let (split, inner) = settings.split.choosing(fold)
        var target = settings.target
        if target.encoding == .inputs { target.column = settings.labels ?? ColumnSettings.noColumn }
        self.init(source: source, inputs: inputs, target: target, split: split, fold: inner.map { $0 - 1 }, seed: seed)
    }

    /// The columns that it speaks of.
    public var columnNames: [String] {
        inputs.columns.map(\.column).filter { $0 != "*" } + inputs.drop + (target.isNoColumn ? [] : [target.column])
            + Splitter.columns(of: split)
    }
}

/// Where raw data comes from.
public enum RawSource: Sendable, Hashable {
    /// A data set of the catalogue, known by the digest of its content.
    case catalogue(CatalogueEntry)
    /// A table of the user's own, CSV or lines of JSON, and the tables of the rows that validate and test, if they stand apart.
    case csv(path: String, format: CSVFormat, others: OtherTables = OtherTables())
    /// Lines of plain text with a label each: columns `text` and `class`.
    case lines(path: String, format: LineFormat)
    /// Arrays of numbers of the user's own, `.npy` or `.npz`.
    case numpy(path: String)
    /// A folder, or an archive of one, of the user's own with texts as `CLASS/FILE.txt`, or below `train/` and `test/`: columns `text` and `class`.
    case folder(path: String)
    /// Running text of the user's own: the column `text`.
    case text(path: String)
    /// A folder of the user's own with PNG and JPEG files as `CLASS/FILE.png`, or below `train/` and `test/`: columns `pixel1`, …, and `class`.
    case images(path: String)
    /// Images and labels in the IDX format: columns `pixel1`, …, and `label`.
    case idx(IDXFiles)
}

extension RawSource {
    /// How tables of further rows are expected to be written: as the data set's own.
    public var tableFormat: CSVFormat {
        switch self {
        case .csv(_, let format, _): return format
        case .catalogue(let entry):
            if case .csv(let format) = entry.format { return format }
            return CSVFormat()
        case .lines, .numpy, .folder, .images, .idx, .text: return CSVFormat()
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

extension InputSettings {
    /// How the first text is split, where it says so.
    var tokens: Tokens? { columns.lazy.compactMap(\.encoding.tokens).first }

    /// The image that the inputs are, where they are one.
    var image: ImageShape? { columns.lazy.compactMap(\.image).first }
}

// MARK: - Folds

extension EncodingRequest {
    /// The folds that have an encoding of their own, because something is learned from the rows that train while they validate; none where nothing is, or
    /// where there are no folds.
    var foldsFittedApart: Range<Int> {
        guard let count = split.folds, inputs.columns.contains(where: isLearningByFold) || isTargetLearningByFold else { return 0..<0 }
        return 0..<count
    }

    private func isLearningByFold(_ column: ColumnSettings) -> Bool {
        guard column.fit == .train, column.isLearning else { return false }
        // Keras's ranks of its own sets' words are the same in all folds.
        if let words = column.encoding.words, words.coding == .keras, case .catalogue(let entry) = source {
            if case .csv = entry.format { return true }
            return false
        }
        return true
    }

    /// Classes are the same in every fold.
    private var isTargetLearningByFold: Bool { target.encoding.isNumeric && target.fit == .train && target.encoding.isLearning }
}

extension ColumnSettings {
    /// The name of no column.
    static let noColumn = ""

    /// Whether it is a target that is the inputs, with no labels beside them.
    var isNoColumn: Bool { encoding == .inputs && column == Self.noColumn }

    /// Whether an input's features depend on the cells of the rows it is fitted on.
    var isLearning: Bool { missing.isLearning || encoding.isLearning }
}
