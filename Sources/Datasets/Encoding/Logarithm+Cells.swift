import Documents
import Settings

extension Logarithm {
    /// Refuses numbers that have no logarithm, each in its row; an empty cell, which is not a number, is passed over.
    func check(_ numbers: [Double], column: Int, of table: Table) throws(Diagnostics) {
        guard numbers.contains(where: { $0 <= bound }) else { return }
        let (table, column) = table.withCells(of: column)
        var findings = CellFindings()
        for row in numbers.indices where numbers[row] <= bound {
            let text = TablePlaces.shown(table.text(of: table[row, column])?.trimmingSpaces ?? "\(numbers[row])")
            findings.add(
                table.diagnostic(
                    "found \"\(text)\" in the column \"\(table.columns[column])\", whose scale \(rawValue) takes numbers above \(Int(bound))",
                    row: row, column: column,
                    help: self == .log && numbers[row] > Logarithm.log1p.bound
                        ? "write scale: log1p, which takes 0, too, or scale: standard" : "write scale: standard or robust"))
        }
        try findings.check()
    }

    /// Refuses what stands for an empty cell where it has no logarithm.
    func checkFill(_ text: String?, column: String) throws(DatasetError) {
        guard let text, let number = CellMeaning.number.value(of: text), number <= bound else { return }
        throw .wrongMissing(column: column, missing: text, expected: "a number above \(Int(bound)), as scale: \(rawValue) takes")
    }
}
