import Settings

/// The cells of a column by which rows are put in order.
enum OrderCells {
    /// A number for each row: that of its cell, or of a column of dates the seconds since 1970 began (without a zone they are taken for UTC).
    static func numbers(of table: Table, column: Int) throws -> [Double] {
        if NumericCells.areNumbers(table: table, column: column) { return try NumericCells.numbers(table: table, column: column).numbers }
        let (cells, place) = table.withCells(of: column)
        return try (0..<cells.rowCount).map { row in
            let text = cells.isEmpty(cells[row, place]) ? "" : try cells.trimmedText(row: row, column: place)
            guard let seconds = seconds(text) else {
                throw DatasetError.noOrder(column: cells.columns[place], row: Int(table.fileRows?[row] ?? Int32(row)) + 1, found: text)
            }
            return seconds
        }
    }

    /// The seconds that lie between the beginning of 1970 and a date of ISO 8601, with or without a time; that of a month is its first day, `2024-03`. Nil for
    /// other texts.
    private static func seconds(_ text: String) -> Double? {
        let isMonth = text.utf8.count == 7
        return try? DateFormat.yearFirst.read(isMonth ? "\(text)-01" : text).seconds
    }
}
