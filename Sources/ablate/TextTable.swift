import Documents

/// Columns of text, aligned with spaces.
struct TextTable {
    /// Where a column's cells stand.
    enum Alignment {
        case left, right
    }

    private let alignments: [Alignment]
    private var rows: [[String]]

    /// A table whose first row says what stands below.
    init(_ columns: [(title: String, alignment: Alignment)]) {
        alignments = columns.map(\.alignment)
        rows = [columns.map(\.title.printableLine)]
    }

    /// Adds a row; it has a cell for every column.
    mutating func add(_ cells: [String]) {
        rows.append(cells.map(\.printableLine))
    }

    /// The lines, each indented by two spaces, columns three apart, nothing behind the last cell.
    var lines: [String] {
        let widths = alignments.indices.map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, zip(widths, alignments)).map { cell, layout in
                let space = String(repeating: " ", count: layout.0 - cell.count)
                return layout.1 == .left ? cell + space : space + cell
            }
            let line = "  " + cells.joined(separator: "   ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
