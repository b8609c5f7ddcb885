import Documents
import Settings

/// Tells whether the first line of a table names its columns.
///
/// What the format says holds. Else the names that are known count: those that an experiment uses, or that stand under `columns`. Else the first line is
/// compared with the rows below, column by column: a text above numbers, or above few texts that come again and again without it, speaks for names; a text
/// that comes again below, or a number that lies among those below, for a row. Where nothing speaks, or one thing against the other, nothing is guessed:
/// no row is lost, and no header becomes one.
struct HeaderRule {
    /// What the first line is.
    enum Verdict {
        case header, row, undecided
    }

    /// The table, its first line as row 0.
    private let table: Table
    private let format: CSVFormat
    /// Columns that are known to be spoken of.
    private let names: [String]

    /// So many cells are compared at most, in whole rows.
    private static let mostCells = 500_000
    private static let fewestRows = 20

    /// The verdict on the first row of `table`, whose cells were read with this format. `names` are columns that an experiment uses.
    static func verdict(on table: Table, format: CSVFormat, names: [String]) -> Verdict {
        if let isHeader = format.header { return isHeader ? .header : .row }
        return HeaderRule(table: table, format: format, names: format.columns ?? names).verdict
    }

    private var verdict: Verdict {
        let cells = Set(table.columns.indices.map { text(0, $0) })
        let used = names.filter { $0 != "*" }
        if !used.isEmpty, used.allSatisfy(cells.contains) { return .header }
        let compared = compared
        // Columns without a name are used by their numbers.
        if compared == .undecided, format.columns == nil, !used.isEmpty,
            used.allSatisfy({ name in !cells.contains(name) && name.hasPrefix("column") && Int(name.dropFirst(6)) != nil })
        {
            return .row
        }
        return compared
    }

    // MARK: - Comparing

    /// What speaks for one and the other, in columns.
    private struct Signs {
        var names = 0
        var likelyNames = 0
        var rows = 0
        var likelyRows = 0
    }

    private var compared: Verdict {
        let known = Set(names)
        let rows = rowsBelow
        let isProgression = isProgression
        var signs = Signs()
        for column in table.columns.indices {
            let below = Column(self, column, rows: rows)
            switch kind(0, column) {
            case .nothing:
                if !isEmpty(0, column), below.areNumbers { signs.likelyRows += 1 }
            case .number(let number):
                if below.areTexts, below.comeAgain { signs.likelyNames += 1 }
                if !isProgression, below.areNumbers, let number, number >= below.low, number <= below.high { signs.likelyRows += 1 }
            case .text:
                if below.hasFirst {
                    signs.rows += 1
                } else if below.areNumbers || known.contains(text(0, column)) {
                    signs.names += 1
                } else if below.areTexts && below.comeAgain || below.areMostlyNumbers, format.columns == nil {
                    // With names under `columns` a row that was taken for a header would be lost.
                    if comesAgain(column) { signs.rows += 1 } else { signs.likelyNames += 1 }
                }
            }
        }
        let isHeader = signs.rows == 0 && signs.likelyRows == 0 && signs.names + signs.likelyNames > 0
        if isHeader { return .header }
        let isRow = signs.names == 0 && signs.rows + signs.likelyRows > 0 && (signs.likelyNames == 0 || signs.rows > signs.likelyNames)
        return isRow ? .row : .undecided
    }

    /// The rows that are compared; a line like the first one is not, since it may be the header of a second file that was joined.
    private var rowsBelow: [Int] {
        let most = max(Self.fewestRows, Self.mostCells / max(table.columns.count, 1))
        return (1..<max(min(table.rowCount, most), 1)).filter { row in
            !table.columns.indices.allSatisfy { bytes(row, $0).elementsEqual(bytes(0, $0)) }
        }
    }

    /// Whether the first line's numbers go up or down by equal steps, as years and the numbers of columns do.
    private var isProgression: Bool {
        let numbers = table.columns.indices.compactMap { column in
            if case .number(let number) = kind(0, column) { number } else { nil }
        }
        guard numbers.count > 2 else { return numbers == [0, 1] }
        let step = numbers[1] - numbers[0]
        return step != 0 && zip(numbers, numbers.dropFirst()).allSatisfy { abs($1 - $0 - step) <= 1e-9 * max(abs($0), abs($1)) }
    }

    /// Whether the first line's text stands anywhere below in its column.
    private func comesAgain(_ column: Int) -> Bool {
        (1..<table.rowCount).contains { bytes($0, column).elementsEqual(bytes(0, column)) }
    }

    // MARK: - Cells

    private enum Kind {
        /// Empty, or a mark such as `NA`.
        case nothing
        /// A number; nil where it has commas.
        case number(Double?)
        case text
    }

    private func kind(_ row: Int, _ column: Int) -> Kind {
        if isEmpty(row, column) { return .nothing }
        do throws(NumberParser.Problem) {
            return .number(try table.number(in: table[row, column]))
        } catch {
            switch error {
            case .comma, .thousands, .grouping, .point, .tooLarge: return .number(nil)
            case .empty, .notFinite: return .nothing
            default: return Placeholders.contains(text(row, column)) ? .nothing : .text
            }
        }
    }

    private func isEmpty(_ row: Int, _ column: Int) -> Bool { table.isEmpty(table[row, column]) }

    private func text(_ row: Int, _ column: Int) -> String { (table.text(of: table[row, column]) ?? "").trimmingSpaces }

    private func bytes(_ row: Int, _ column: Int) -> Slice<UnsafeRawBufferPointer> { table.trimmedBytes(of: table[row, column]) }

    /// What stands below the first line in a column.
    private struct Column {
        var filled = 0
        var low = Double.infinity
        var high = -Double.infinity
        var hasFirst = false
        private var numbers = 0
        private var texts: [String: Int] = [:]

        /// More different texts are no few.
        private static let mostTexts = 1000

        init(_ rule: HeaderRule, _ column: Int, rows: [Int]) {
            let first = rule.bytes(0, column)
            for row in rows {
                switch rule.kind(row, column) {
                case .nothing: continue
                case .number(let number):
                    numbers += 1
                    if let number {
                        low = min(low, number)
                        high = max(high, number)
                    }
                case .text:
                    if texts.count < Self.mostTexts { texts[rule.text(row, column), default: 0] += 1 }
                    if !hasFirst { hasFirst = rule.bytes(row, column).elementsEqual(first) }
                }
                filled += 1
            }
        }

        var areNumbers: Bool { filled > 0 && numbers == filled }
        var areTexts: Bool { filled > 0 && numbers == 0 }
        var areMostlyNumbers: Bool { numbers > 1 && numbers * 2 >= filled }
        /// Whether these are few texts that come again and again.
        var comeAgain: Bool { filled >= 4 && texts.count * 2 <= filled && texts.count < Self.mostTexts }
    }
}
