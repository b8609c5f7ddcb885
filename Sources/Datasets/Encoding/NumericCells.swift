import Documents
import Settings

/// A column of cells read as numbers.
enum NumericCells {
    /// The largest number that a `Float` holds.
    private static let largest = Double(Float.greatestFiniteMagnitude)

    /// One of several columns that are read together.
    struct Column {
        let column: Int
        /// Whether an empty cell may stand there; it is not a number then.
        let isEmptyAllowed: Bool
        var isTarget = false
        /// Whether `auto` took the column for numbers.
        var isAutomatic = false
    }

    /// So many rows are read of one column before the next: their cells stay in the processor's cache.
    private static let rowsTogether = 64

    /// The numbers of all rows; every cell that is none is a finding. Where an empty cell is allowed, it is not a number.
    static func numbers(table: Table, column: Int, isEmptyAllowed: Bool = false, isTarget: Bool = false)
        throws(Diagnostics) -> (numbers: [Double], marked: MarkedCells?)
    {
        if let numbers = table.numbers?.column(column), numbers.allSatisfy({ abs($0) <= largest }) { return (numbers, nil) }
        let (table, column) = table.withCells(of: column)
        var reading = Reading(Column(column: column, isEmptyAllowed: isEmptyAllowed, isTarget: isTarget), rowCount: table.rowCount)
        reading.read(0..<table.rowCount, of: table)
        return try reading.result(of: table)
    }

    /// The numbers of several columns of a file, by column: a wide table is walked through once.
    static func numbers(table: Table, columns: [Column]) -> [Int: Reading] {
        if table.numbers != nil { return [:] }
        var readings = columns.map { Reading($0, rowCount: table.rowCount) }
        for start in stride(from: 0, to: table.rowCount, by: rowsTogether) {
            let rows = start..<min(start + rowsTogether, table.rowCount)
            for place in readings.indices { readings[place].read(rows, of: table) }
        }
        return Dictionary(readings.map { ($0.column.column, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The cells of a column that were read so far.
    struct Reading {
        let column: Column
        private var numbers: [Double] = []
        private var findings = CellFindings()
        private var firstWrongRow: Int?

        /// Whether a cell is no number.
        var isWrong: Bool { !findings.isEmpty }

        fileprivate init(_ column: Column, rowCount: Int) {
            self.column = column
            numbers.reserveCapacity(rowCount)
        }

        fileprivate mutating func read(_ rows: Range<Int>, of table: Table) {
            let column = column
            for row in rows {
                let cell = table[row, column.column]
                if column.isEmptyAllowed, table.isEmpty(cell) {
                    numbers.append(.nan)
                    continue
                }
                do throws(NumberParser.Problem) {
                    let number = try table.number(in: cell)
                    if !table.isEmpty(number) {
                        numbers.append(number)
                    } else if column.isEmptyAllowed {
                        numbers.append(.nan)
                    } else {
                        throw .empty
                    }
                } catch {
                    if firstWrongRow == nil, !error.isEmpty { firstWrongRow = row }
                    findings.add(NumericCells.finding(error, row: row, column: column, of: table))
                }
            }
        }

        /// The numbers, without the sign that all of them may carry, and that sign.
        func result(of table: Table) throws(Diagnostics) -> (numbers: [Double], marked: MarkedCells?) {
            if let firstWrongRow,
                let marked = try MarkedCells(
                    table: table, column: column.column, marked: firstWrongRow, isEmptyAllowed: column.isEmptyAllowed,
                    isTarget: column.isTarget)
            {
                return (marked.numbers, marked)
            }
            try findings.check()
            return (numbers, nil)
        }
    }

    /// Whether every cell that is not empty is a number, none with digits behind a leading zero, and one is.
    static func areNumbers(table: Table, column: Int) -> Bool {
        if let numbers = table.numbers { return !numbers.isText(column) }
        if table.textColumns.contains(column) { return false }
        var count = 0
        for row in 0..<table.rowCount {
            let cell = table[row, column]
            if table.isEmpty(cell) { continue }
            guard !table.isCode(cell), (try? table.number(in: cell)) != nil else { return false }
            count += 1
        }
        return count > 0
    }

    fileprivate static func finding(_ problem: NumberParser.Problem, row: Int, column place: Column, of table: Table) -> Diagnostic {
        let column = place.column
        let cell = table[row, column]
        let text = TablePlaces.shown(table.text(of: cell) ?? String(decoding: table.rawBytes(of: cell), as: UTF8.self))
        let isEmpty = problem.isEmpty || table.isEmpty(cell)
        let help =
            isEmpty
            ? place.isTarget ? CategoryCells.targetHelp : NumberParser.Problem.empty.help("", table.numberFormat)
            : problem.help(text, table.numberFormat)
        let found = isEmpty && table.trimmedBytes(of: cell).isEmpty ? "an empty cell" : "\"\(text)\""
        return table.diagnostic(
            "found \(found) in the column \"\(table.columns[column])\", where a number was expected", row: row, column: column,
            help: place.isAutomatic && !isEmpty ? "\(help); or write encode: one-hot, if these are categories" : help)
    }
}

extension ClosedRange<Double> {
    /// Whether numbers that span this range differ by no more than rounding: a column of them counts as constant.
    package var isRoundingAlone: Bool {
        upperBound - lowerBound <= 8 * Swift.max(lowerBound.magnitude, upperBound.magnitude).ulp
    }
}

extension NumberParser.Problem {
    fileprivate var isEmpty: Bool { if case .empty = self { true } else { false } }

    /// What to do about a cell with this text, in a table whose numbers are written like this.
    fileprivate func help(_ text: String, _ format: NumberFormat) -> String {
        switch self {
        case .empty: "fill it in, drop the column, or say what stands for it: missing: drop, mean, most_frequent or a number"
        case .notANumber where Placeholders.contains(text), .notFinite where Placeholders.contains(text):
            "if it stands for an empty cell, say so: {csv: {path: …, empty: [\(PlainValue.text(text).flowText)]}}, and missing: mean"
        case .notANumber: "encode the column as label or one-hot, or drop it"
        case .notFinite, .tooLarge: "write a number between -3.4e38 and 3.4e38"
        case .comma(orThousands: false): "write a point instead of the comma, or say so: {csv: {path: …, decimal: \",\"}}"
        case .comma(orThousands: true):
            "if the comma stands before the decimals, say {csv: {path: …, decimal: \",\"}}; if between thousands, thousands: \",\""
        case .point:
            "the table's numbers have \"\(Character(UnicodeScalar(format.decimal)))\" before the decimals, not a point: take decimal out of csv's settings, or write one as the other"
        case .grouping: "its commas do not stand between groups of three digits; leave them out, if it is one number"
        case .thousands: "leave out the commas between thousands, or say {csv: {path: …, thousands: \",\"}}"
        }
    }
}

/// Texts that people write where they have no value.
enum Placeholders {
    private static let texts: Set<String> = [
        "na", "n/a", "#n/a", "nan", "-nan", "null", "nil", "none", "?", "-", "--", ".", "missing", "unknown", "(null)", "<na>",
    ]

    /// Whether a text is one of them.
    static func contains(_ text: String) -> Bool { texts.contains(text.lowercased()) }
}
