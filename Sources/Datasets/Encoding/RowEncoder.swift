import Documents
import Settings

/// Encodes new rows exactly as a data set's own rows were encoded, by what was learned from those that trained.
///
///     let encoder = RowEncoder(dataset)
///     let rows = try encoder.encode(["Geography": "Spain", "CreditScore": "500", …])
///
/// Everything throws `DatasetError`, or `Diagnostics` for what is wrong in a cell.
public struct RowEncoder: Sendable {
    /// The raw columns that a row must have, in the order of their features.
    public let columns: [String]
    /// The width of an encoded row.
    public let featureCount: Int
    private let fitted: [FittedColumn]
    private let vocabulary: [String]
    private let target: String?
    private let format: CSVFormat
    private let window: WindowSettings?

    /// The encoder of this data set's rows. `format` is how its tables are written.
    public init(_ dataset: EncodedDataset, format: CSVFormat = CSVFormat()) {
        self.init(FittedEncoder(dataset), format: format)
    }

    /// The encoder of the rows of a data set with this summary and, for texts, these words. `format` is how its tables are written.
    public init(_ summary: DatasetSummary, vocabulary: [String] = [], format: CSVFormat = CSVFormat()) {
        self.init(FittedEncoder(summary, vocabulary: vocabulary), format: format)
    }

    /// The encoder of rows by what was learned of a data set. `format` is how its tables are written.
    public init(_ encoder: FittedEncoder, format: CSVFormat = CSVFormat()) {
        self.format = format
        target = encoder.targetColumn
        fitted = encoder.inputs
        columns = fitted.map(\.column)
        featureCount = encoder.summary.featureCount
        vocabulary = encoder.vocabulary
        window = encoder.window
    }

    /// Encodes one row, given as text by column; what is not a column of the inputs is refused, because it is likely a slip. Numbers have a point before
    /// the decimals, however the data set's tables write them.
    public func encode(_ row: [String: String]) throws -> EncodedRows {
        if let window, window.length > 1 { throw DatasetError.rowForWindow(length: window.length) }
        let known = Set(columns)
        for name in row.keys.sorted() where !known.contains(name) {
            throw DatasetError.unknownColumn(name: name, dataset: "the row", known: columns)
        }
        let lacking = columns.filter { row[$0] == nil }
        guard lacking.isEmpty else { throw DatasetError.lackingColumns(names: lacking, place: "the row") }
        var table = Table(rows: [columns.map { row[$0] ?? "" }], columns: columns, name: "the row")
        table.setFormat(empty: format.empty)
        return try encode(table)
    }

    /// Encodes all rows of a table, which is written as those of the data set are, and may have other columns as well. Where examples are windows, each run of so
    /// many rows is one, the last up to the table's end; a table with the column `order` must stand in its order then, since windows are of rows that follow each other.
    public func encode(csv path: String, order: String? = nil) throws -> EncodedRows {
        let table = try RowTable.read(path: path, format: format, columns: columns, target: target)
        if window != nil, let order, table.place(of: order) != nil, try TableEncoder.rowsInOrder(table, by: order) != nil {
            throw DatasetError.rowsOutOfOrder(column: order, path: path)
        }
        return try encode(table)
    }

    /// Encodes rows of numbers, of which a table of the data set would have these columns.
    public func encode(_ rows: [[Float]], of columns: [String]) throws -> EncodedRows {
        // The shortest text of a number is read as that number, and is what a table holds.
        try encode(Table(rows: rows.map { $0.map(\.description) }, columns: columns, name: "the rows"))
    }

    // MARK: - Details

    func encode(_ table: Table) throws -> EncodedRows {
        let lacking = columns.filter { table.place(of: $0) == nil }
        guard lacking.isEmpty else { throw DatasetError.lackingColumns(names: lacking, place: table.file) }
        var cells: [FittedCells] = []
        var findings = ColumnFindings()
        var words = vocabulary[...]
        for column in fitted {
            let own = words.prefix(column.wordCount(of: vocabulary.count))
            words = words.dropFirst(own.count)
            if let read = try findings.collect({ try FittedCells(column, words: own, table: table) }) { cells.append(read) }
        }
        try findings.check()
        if let window {
            guard table.rowCount >= window.length else { throw DatasetError.noFullWindow(rows: table.rowCount, needed: window.length) }
            // Without a target every window has its rows alone.
            let all = try SeriesWindows(WindowSettings(length: window.length, horizon: 0), rows: table.rowCount)
            let (matrix, width) = try FittedCells.matrix(cells, rows: table.rowCount)
            return EncodedRows(
                rowCount: all.count, featureCount: featureCount, inputs: .dense(try all.windows(matrix, width: width)))
        }
        let inputs: EncodedRows.Inputs =
            if let tokens = cells.lazy.compactMap(\.tokens).first {
                .tokens(tokens.rows)
            } else if cells.contains(where: \.isText) {
                .sparse(try FittedCells.sparseRows(cells, rows: table.rowCount).rows)
            } else {
                .dense(try FittedCells.matrix(cells, rows: table.rowCount).features)
            }
        let rows = (0..<Int32(table.rowCount)).map { $0 }
        let notices = cells.filter(\.ignoresUnknown).compactMap { $0.unknownCells(in: rows, part: table.file) }
        return EncodedRows(rowCount: table.rowCount, featureCount: featureCount, inputs: inputs, notices: notices)
    }
}

/// New rows, encoded.
public struct EncodedRows: Sendable, Hashable {
    /// The inputs of all rows, as in an ``EncodedDataset``.
    public enum Inputs: Sendable, Hashable {
        /// Row-major numbers, `[rows, features]`.
        case dense([Float])
        /// The numbers that are not 0, with their columns.
        case sparse(SparseRows)
        /// Row-major whole numbers, `[rows, length]`.
        case tokens([Int32])
    }

    /// How many rows there are.
    public let rowCount: Int
    /// The width of a row.
    public let featureCount: Int
    /// The inputs of all rows.
    public let inputs: Inputs
    /// What must be known of them.
    public internal(set) var notices: [DatasetNotice] = []
}
