import Documents

/// A column's cells, read in the way that its encoding needs. Nothing was learned from them yet, and empty cells are still empty.
enum ColumnCells {
    /// Numbers; an empty cell is not a number.
    case numbers([Double])
    /// One category a cell.
    case categories(CategoryCells)
    /// Several categories a cell.
    case parts(PartCells)
    /// The words of each cell.
    case words(WordColumn)

    /// Reads a column. `encoding` must not be `automatic`.
    init(_ encoding: ColumnEncoding, table: Table, column: Int, isEmptyAllowed: Bool, isTarget: Bool = false) throws(Diagnostics) {
        switch encoding {
        case .numeric:
            self = .numbers(try NumericCells.numbers(table: table, column: column, isEmptyAllowed: isEmptyAllowed, isTarget: isTarget))
        case .label, .oneHot, .automatic:
            self = .categories(try CategoryCells(table: table, column: column, isEmptyAllowed: isEmptyAllowed, isTarget: isTarget))
        case .parts(let separator): self = .parts(try PartCells(table: table, column: column, separator: separator))
        case .multiHot(_, let words): self = .words(WordColumn(table: table, column: column, tokens: words.tokens ?? .keras))
        }
    }
}

extension ColumnEncoding {
    /// Whether cells are read as numbers.
    var isNumeric: Bool { if case .numeric = self { true } else { false } }

    /// Whether it is found out from the cells.
    var isAutomatic: Bool { if case .automatic = self { true } else { false } }

    /// What `automatic` becomes for a column. One that has numbers and something beside them is read as numbers, too: so what is no number among them is
    /// found, and does not make categories of the others.
    func chosen(for column: Int, of table: Table) -> ColumnEncoding {
        guard case .automatic(let scale) = self else { return self }
        if NumericCells.areNumbers(table: table, column: column) { return .numeric(scale: scale) }
        return switch ColumnScan.kind(of: column, in: table) {
        case .numbers, .rowNumbers, .almostNumbers, .commaNumbers, .markedNumbers: .numeric(scale: scale)
        case .codes, .categories, .dates, .texts, .names, .nothing: .oneHot()
        }
    }
}
