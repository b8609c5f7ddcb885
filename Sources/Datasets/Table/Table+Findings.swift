import Documents

extension Table {
    /// A finding about a cell.
    func diagnostic(_ message: String, row: Int, column: Int, help: String? = nil) -> Diagnostic {
        guard hasPlaces else {
            let place = rowCount > 1 ? " (row \((fileRows?[row] ?? Int32(row)) + 1))" : ""
            return Diagnostic(file: file, message: message + place, help: help)
        }
        let cell = self[row, column]
        let range = origins[cell.start] ?? Int(cell.start)..<Int(cell.start) + cell.length
        guard let joined = files.first(where: { $0.range.contains(range.lowerBound) || $0.range.upperBound == range.lowerBound }) else {
            return TablePlaces(file: file, bytes: UnsafeRawBufferPointer(rebasing: bytes.bytes[..<(fileLength ?? bytes.bytes.count)]))
                .diagnostic(message, at: range, help: help)
        }
        let own = UnsafeRawBufferPointer(rebasing: bytes.bytes[joined.range])
        let start = joined.range.lowerBound
        return TablePlaces(file: joined.name, bytes: own)
            .diagnostic(message, at: range.lowerBound - start..<range.upperBound - start, help: help)
    }

    /// A cell's text without the spaces around it.
    func trimmedText(row: Int, column: Int) throws(Diagnostics) -> String {
        guard let text = text(of: self[row, column]) else {
            throw Diagnostics(
                diagnostic(
                    "found text that is not UTF-8 in the column \"\(columns[column])\"", row: row, column: column,
                    help: "write the file as UTF-8"))
        }
        return text.trimmingSpaces
    }

    /// The finding that a category was not among those that were learned.
    func unknownCategory(_ text: String, row: Int, column: Int, known: [String], help: String? = nil) -> Diagnostic {
        let some = known.prefix(10).map(TablePlaces.shown).joined(separator: ", ") + (known.count > 10 ? ", …" : "")
        return diagnostic(
            "found \"\(TablePlaces.shown(text))\" in the column \"\(columns[column])\", a category that no train row has", row: row,
            column: column,
            help: (Categories.number(alike: text, among: known).map {
                "\(TablePlaces.shown(text)) is the number \($0), which is known; write both alike; "
            } ?? "")
                + "known: \(some)\(help.map { "; \($0)" } ?? "")")
    }

    /// The place of a column.
    func index(of column: String) throws(DatasetError) -> Int {
        guard let index = place(of: column) else { throw .unknownColumn(name: column, dataset: file, known: columns) }
        return index
    }
}
