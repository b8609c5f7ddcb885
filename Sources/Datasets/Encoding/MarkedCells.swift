import Documents
import Settings

/// A column of cells whose numbers all carry the same sign, of a currency or per cent.
struct MarkedCells {
    /// The numbers without their sign: 12 % is 12. Not a number for an empty cell.
    private(set) var numbers: [Double] = []
    let mark: NumberMark
    /// The first cell that has a sign, and its number.
    private(set) var example: (text: String, number: Double)?

    /// Reads a column of which this cell is no plain number; nil when it carries no sign. Cells with another sign, or without, are findings.
    init?(table: Table, column: Int, marked row: Int, isEmptyAllowed: Bool, isTarget: Bool) throws(Diagnostics) {
        guard let (sign, _) = NumberMark.split(try table.trimmedText(row: row, column: column)) else { return nil }
        let format = table.numberFormat
        guard format.isPlain else {
            try self.init(
                table: table, column: column, mark: NumberMark(sign: sign, hasDecimalComma: format.decimal == UInt8(ascii: ",")),
                isEmptyAllowed: isEmptyAllowed, isTarget: isTarget)
            return
        }
        var votes = (point: 0, comma: 0)
        var undecided: (row: Int, isComma: Bool)?
        for row in 0..<table.rowCount where !table.isEmpty(table[row, column]) {
            guard let cell = NumberMark.split(try table.trimmedText(row: row, column: column)) else { continue }
            switch NumberMark.evidence(cell.number, sign: cell.sign) {
            case .point: votes.point += 1
            case .comma: votes.comma += 1
            case .nothing: break
            case .undecided(let isComma): undecided = undecided ?? (row, isComma)
            }
        }
        if let undecided, votes.point == 0, votes.comma == 0 {
            let text = TablePlaces.shown(try table.trimmedText(row: undecided.row, column: column))
            let character = undecided.isComma ? "comma" : "point"
            throw Diagnostics(
                table.diagnostic(
                    "found \"\(text)\" in the column \"\(table.columns[column])\", whose cells do not tell whether its \(character) stands between thousands or before decimals",
                    row: undecided.row, column: column,
                    help: undecided.isComma
                        ? "say {csv: {path: …, thousands: \",\"}} or {csv: {path: …, decimal: \",\"}}"
                        : "say {csv: {path: …, decimal: \",\", thousands: .}} if it stands between thousands, else write the numbers without signs"
                ))
        }
        try self.init(
            table: table, column: column, mark: NumberMark(sign: sign, hasDecimalComma: votes.comma > votes.point),
            isEmptyAllowed: isEmptyAllowed,
            isTarget: isTarget)
    }

    /// Reads a column as it was read before. A row that stands in no file may leave the sign out, and has a point before the decimals then.
    init(table: Table, column: Int, mark: NumberMark, isEmptyAllowed: Bool, isTarget: Bool = false) throws(Diagnostics) {
        self.mark = mark
        var findings = CellFindings()
        for row in 0..<table.rowCount {
            if table.isEmpty(table[row, column]) {
                if !isEmptyAllowed {
                    findings.add(
                        Self.finding(
                            "an empty cell", ", where a number was expected", isTarget ? CategoryCells.targetHelp : Self.emptyHelp, row,
                            column, table))
                }
                numbers.append(.nan)
                continue
            }
            let text = try table.trimmedText(row: row, column: column)
            let shown = "\"\(TablePlaces.shown(text))\""
            guard let cell = NumberMark.split(text) else {
                if !table.hasPlaces, let number = CellMeaning.number.value(of: text) {
                    numbers.append(number)
                    continue
                }
                findings.add(
                    Self.finding(
                        shown, ", where a number with the sign \(mark.sign) was expected as in other cells",
                        "write the sign in every cell of the column, or in none", row, column, table))
                continue
            }
            if cell.sign != mark.sign {
                findings.add(
                    Self.finding(
                        shown, ", whose other cells have the sign \(mark.sign)", "write all numbers of a column in one unit", row, column,
                        table))
            } else if let number = mark.value(of: cell.number) {
                numbers.append(number)
                example = example ?? (text, number)
            } else {
                findings.add(
                    Self.finding(
                        shown,
                        ", where a number with a \(mark.hasDecimalComma ? "comma" : "point") before its decimals was expected as in other cells",
                        "write all numbers alike", row, column, table))
            }
        }
        try findings.check()
    }

    /// What is to be said of it.
    func notice(column: String) -> DatasetNotice? {
        example.map {
            .signsRead(
                column: column, sign: mark.sign, example: $0.text, number: Int(exactly: $0.number).map(String.init) ?? "\($0.number)")
        }
    }

    private static let emptyHelp = "fill it in, drop the column, or say what stands for it: missing: drop, mean, most_frequent or a number"

    private static func finding(_ found: String, _ message: String, _ help: String, _ row: Int, _ column: Int, _ table: Table) -> Diagnostic
    {
        table.diagnostic("found \(found) in the column \"\(table.columns[column])\"\(message)", row: row, column: column, help: help)
    }
}
