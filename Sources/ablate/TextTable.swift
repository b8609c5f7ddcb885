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
        let lengths = rows.map { $0.map(\.count) }
        let widths = alignments.indices.map { column in lengths.map { column < $0.count ? $0[column] : 0 }.max() ?? 0 }
        return zip(rows, lengths).map { row, lengths in
            let cells = row.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - lengths[column])
                return alignments[column] == .left ? row[column] + space : space + row[column]
            }
            let line = "  " + cells.joined(separator: "   ")
            let end = line.utf8.lastIndex { $0 != UInt8(ascii: " ") }.map(line.utf8.index(after:))
            return String(line[..<(end ?? line.startIndex)])
        }
    }
}
