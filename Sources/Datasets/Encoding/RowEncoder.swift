import Documents

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

    /// The encoder of this data set's rows.
    public init(_ dataset: EncodedDataset) {
        self.init(dataset.summary, vocabulary: dataset.vocabulary)
    }

    /// The encoder of the rows of a data set with this summary and, for texts, these words.
    public init(_ summary: DatasetSummary, vocabulary: [String] = []) {
        fitted = Array(summary.fitted.dropLast())
        columns = fitted.map(\.column)
        featureCount = summary.featureCount
        self.vocabulary = vocabulary
    }

    /// Encodes one row, given as text by column; what is not a column of the inputs is refused, because it is likely a slip.
    public func encode(_ row: [String: String]) throws -> EncodedRows {
        for name in row.keys.sorted() where !columns.contains(name) {
            throw DatasetError.unknownColumn(name: name, dataset: "the row", known: columns)
        }
        let lacking = columns.filter { row[$0] == nil }
        guard lacking.isEmpty else { throw DatasetError.lackingColumns(names: lacking, place: "the row") }
        return try encode(Table(row: columns.map { row[$0] ?? "" }, columns: columns, name: "the row"))
    }

    /// Encodes all rows of a table, which may have other columns as well.
    public func encode(csv path: String, format: CSVFormat = CSVFormat()) throws -> EncodedRows {
        try encode(CSVReader.read(path: path, format: format))
    }

    // MARK: - Details

    private func encode(_ table: Table) throws -> EncodedRows {
        let lacking = columns.filter { !table.columns.contains($0) }
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
        if cells.count == 1, case .multiHot(let width, _, _, _, _, _) = fitted[0].fit {
            let (offsets, ones) = cells[0].ones()
            return EncodedRows(rowCount: table.rowCount, featureCount: width, inputs: .sparse(offsets: offsets, columns: ones))
        }
        let (matrix, width) = try FittedCells.matrix(cells, rows: table.rowCount)
        return EncodedRows(rowCount: table.rowCount, featureCount: width, inputs: .dense(matrix))
    }
}

/// New rows, encoded.
public struct EncodedRows: Sendable, Hashable {
    /// The inputs of all rows, as in an ``EncodedDataset``.
    public enum Inputs: Sendable, Hashable {
        /// Row-major numbers, `[rows, features]`.
        case dense([Float])
        /// The ones of row `r` are `columns[offsets[r]..<offsets[r + 1]]`, ascending and without repeats.
        case sparse(offsets: [Int32], columns: [Int32])
    }

    /// How many rows there are.
    public let rowCount: Int
    /// The width of a row.
    public let featureCount: Int
    /// The inputs of all rows.
    public let inputs: Inputs
}
