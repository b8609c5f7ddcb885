/// The cells of a column by which rows are put in order.
enum OrderCells {
    /// A number for each row: that of its cell, or of a column of dates the seconds since 1970 began (without a zone they are taken for UTC).
    static func numbers(of table: Table, column: Int) throws -> [Double] {
        if NumericCells.areNumbers(table: table, column: column) { return try NumericCells.numbers(table: table, column: column) }
        let (cells, place) = table.withCells(of: column)
        return try (0..<cells.rowCount).map { row in
            let text = cells.isEmpty(cells[row, place]) ? "" : try cells.trimmedText(row: row, column: place)
            guard let seconds = seconds(text) else {
                throw DatasetError.noOrder(column: cells.columns[place], row: Int(table.fileRows?[row] ?? Int32(row)) + 1, found: text)
            }
            return seconds
        }
    }

    /// The seconds that lie between the beginning of 1970 and a date of ISO 8601: `2024-03`, `2024-03-31`, `2024-03-31 18:05`, `2024-03-31T18:05:30.5+02:00`
    /// (`/` for `-` as well); nil for other texts.
    static func seconds(_ text: String) -> Double? {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == " " }
        guard let date = parts.first, date.count >= 7, date.utf8.count == date.count else { return nil }
        let mark: Character = date.contains("/") ? "/" : "-"
        let fields = date.split(separator: mark, omittingEmptySubsequences: false)
        guard (2...3).contains(fields.count), let year = whole(fields[0], digits: 4...4), let month = whole(fields[1], digits: 2...2),
            let day = fields.count == 3 ? whole(fields[2], digits: 2...2) : 1, (1...12).contains(month)
        else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day >= 1, day <= lengths[month - 1] else { return nil }
        let before = year - 1
        // 719,162 days lie between the first of January of the year 1 and that of 1970.
        let days = before * 365 + before / 4 - before / 100 + before / 400 - 719_162 + lengths[..<(month - 1)].reduce(0, +) + day - 1
        guard parts.count == 2 else { return Double(days) * 86_400 }
        return time(parts[1]).map { Double(days) * 86_400 + $0 }
    }

    /// The seconds of `18:05`, `18:05:30.5`, each with `Z` or an offset behind it.
    private static func time(_ text: Substring) -> Double? {
        var clock = text
        var offset = 0.0
        if clock.last == "Z" {
            clock = clock.dropLast()
        } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            let zone = clock[clock.index(after: sign)...].filter { $0 != ":" }
            guard let hours = whole(zone.prefix(2), digits: 2...2), zone.count == 2 || zone.count == 4,
                let minutes = zone.count == 4 ? whole(zone.suffix(2), digits: 2...2) : 0
            else { return nil }
            offset = Double(hours * 60 + minutes) * (clock[sign] == "-" ? -60 : 60)
            clock = clock[..<sign]
        }
        let fields = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(fields.count), let hour = whole(fields[0], digits: 1...2), let minute = whole(fields[1], digits: 2...2),
            hour < 24, minute < 60
        else { return nil }
        var seconds = 0.0
        if fields.count == 3 {
            guard fields[2].allSatisfy({ ("0"..."9").contains($0) || $0 == "." }), let number = Double(fields[2]), number < 61 else {
                return nil
            }
            seconds = number
        }
        return Double(hour * 3600 + minute * 60) + seconds - offset
    }

    private static func whole(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
        digits.contains(text.count) && text.allSatisfy { ("0"..."9").contains($0) } ? Int(text) : nil
    }

    private static func whole(_ text: String, digits: ClosedRange<Int>) -> Int? { whole(text[...], digits: digits) }
}
