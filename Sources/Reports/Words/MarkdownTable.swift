/// A table that is pleasant as plain text, too: its columns line up.
package struct MarkdownTable {
    package enum Alignment {
        case left, right
    }

    package struct Column {
        let title: String
        let alignment: Alignment

        package init(_ title: String, _ alignment: Alignment = .left) {
            self.title = title
            self.alignment = alignment
        }
    }

    package private(set) var columns: [Column]
    package var rows: [[String]] = []

    package init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a column, a cell a row.
    mutating func append(_ column: Column, _ cells: [String]) {
        columns.append(column)
        for (row, cell) in zip(rows.indices, cells) { rows[row].append(cell) }
    }

    /// So many rows stand open; more are folded away.
    package static let openRows = 20

    /// The table, its rows beyond the first ``openRows`` folded. `noun` is what a row is, in the plural.
    func folded(_ noun: String) -> String {
        guard rows.count > Self.openRows + 5 else { return text }
        var (open, rest) = (self, self)
        open.rows = Array(rows.prefix(Self.openRows))
        rest.rows = Array(rows.dropFirst(Self.openRows))
        return [open.text, details("\(rest.rows.count) more \(noun)", [rest.text])].joined(separator: "\n\n")
    }

    package var text: String {
        let cells = ([columns.map(\.title)] + rows).map { row in row.map(Self.escaped) }
        let widths = columns.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        func line(_ row: [String]) -> String {
            "| " + columns.indices.map { padded(row[$0], widths[$0], columns[$0].alignment) }.joined(separator: " | ") + " |"
        }
        let rule = columns.indices.map { column in
            let dashes = String(repeating: "-", count: widths[column] + 1)
            return columns[column].alignment == .left ? ":" + dashes : dashes + ":"
        }
        return ([line(cells[0]), "|" + rule.joined(separator: "|") + "|"] + cells.dropFirst().map(line)).joined(separator: "\n")
    }

    private func padded(_ text: String, _ width: Int, _ alignment: Alignment) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return alignment == .left ? text + space : space + text
    }

    private static func escaped(_ cell: String) -> String {
        // A browser must not break a line within a figure and its spread.
        cell.replacing("|", with: "\\|").replacing("\n", with: " ").replacing(" ± ", with: "\u{A0}±\u{A0}").replacing(" %", with: "\u{A0}%")
    }
}
