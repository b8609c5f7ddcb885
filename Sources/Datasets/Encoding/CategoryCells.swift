import Documents

/// A column of cells read as categories.
struct CategoryCells {
    /// The number of each row's text, by first appearance.
    private(set) var numbers: [Int32] = []
    private var texts: [String] = []
    private let table: Table
    private let column: Int

    init(table: Table, column: Int) throws(Diagnostics) {
        self.table = table
        self.column = column
        var numberOf: [String: Int32] = [:]
        numbers.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount {
            let cell = table[row, column]
            guard let text = table.text(of: cell)?.trimmingSpaces else {
                throw Diagnostics(
                    finding(
                        "found text that is not UTF-8 in the column \"\(table.columns[column])\"", cell, help: "write the file as UTF-8"))
            }
            if text.isEmpty {
                throw Diagnostics(
                    finding(
                        "found an empty cell in the column \"\(table.columns[column])\", where a category was expected", cell,
                        help: "fill it in, or drop the column"))
            }
            let number = numberOf[text] ?? Int32(texts.count)
            if number == texts.count {
                numberOf[text] = number
                texts.append(text)
            }
            numbers.append(number)
        }
    }

    /// Each row's place among the categories. They are `order`, or those of the fitted rows in alphabetical order, numbers by size.
    func codes(order: [String]?, fittedOn rows: [Int32]) throws(Diagnostics) -> (codes: [Int32], categories: [String]) {
        let categories = order ?? Self.sorted(Set(rows.map { numbers[Int($0)] }).map { texts[Int($0)] })
        var codeOfText: [String: Int32] = [:]
        for (place, category) in categories.enumerated() { codeOfText[category] = Int32(place) }
        let codeOfNumber = texts.map { codeOfText[$0] ?? -1 }
        let codes = numbers.map { codeOfNumber[Int($0)] }
        if let row = codes.firstIndex(of: -1) {
            let known = categories.prefix(10).map(TablePlaces.shown).joined(separator: ", ") + (categories.count > 10 ? ", …" : "")
            throw Diagnostics(
                finding(
                    "found \"\(TablePlaces.shown(texts[Int(numbers[row])]))\" in the column \"\(table.columns[column])\", a category that no train row has",
                    table[row, column], help: "known: \(known)"))
        }
        return (codes, categories)
    }

    /// By size when all are numbers, else by their bytes, as Python sorts them.
    private static func sorted(_ texts: [String]) -> [String] {
        let numbers = texts.compactMap { Double($0) }
        if numbers.count == texts.count, numbers.allSatisfy(\.isFinite) {
            return zip(numbers, texts).sorted { $0.0 == $1.0 ? $0.1.utf8.lexicographicallyPrecedes($1.1.utf8) : $0.0 < $1.0 }.map(\.1)
        }
        return texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func finding(_ message: String, _ cell: Table.Cell, help: String) -> Diagnostic {
        TablePlaces(file: table.file, bytes: table.bytes.bytes)
            .diagnostic(message, at: Int(cell.start)..<Int(cell.start) + cell.length, help: help)
    }
}
