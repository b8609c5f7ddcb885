import Documents

/// A column of cells read as categories.
struct CategoryCells {
    /// The number of each row's text, by first appearance; -1 for an empty cell.
    private(set) var numbers: [Int32] = []
    private var texts: [String] = []
    private var numberOf: [String: Int32] = [:]
    private let table: Table
    private let column: Int

    init(table: Table, column: Int, isEmptyAllowed: Bool = false) throws(Diagnostics) {
        let (table, column) = table.withCells(of: column)
        self.table = table
        self.column = column
        numbers.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount {
            let cell = table[row, column]
            if table.isEmpty(cell) {
                guard isEmptyAllowed else {
                    throw Diagnostics(
                        table.diagnostic(
                            "found an empty cell in the column \"\(table.columns[column])\", where a category was expected", at: cell,
                            help: "fill it in, drop the column, or say what stands for it: missing: drop, most_frequent or a category"))
                }
                numbers.append(-1)
                continue
            }
            numbers.append(number(of: try table.trimmedText(of: cell, column: column)))
        }
    }

    private mutating func number(of text: String) -> Int32 {
        if let number = numberOf[text] { return number }
        let number = Int32(texts.count)
        numberOf[text] = number
        texts.append(text)
        return number
    }

    /// Puts into empty cells what stands for them, and gives it.
    mutating func fill(_ missing: MissingCells, fittedOn rows: [Int32]) throws(DatasetError) -> String? {
        let name = table.columns[column]
        let text: String
        switch missing {
        case .error, .drop: return nil
        case .mean: throw .wrongMissing(column: name, missing: "the mean", expected: "drop, most_frequent or a category")
        case .mostFrequent:
            var counts: [Int32: Int] = [:]
            for row in rows where numbers[Int(row)] >= 0 { counts[numbers[Int(row)], default: 0] += 1 }
            let most = counts.values.max()
            let ties = counts.filter { $0.value == most }.map { texts[Int($0.key)] }
            guard let first = Categories.sorted(ties).first else { throw .emptyColumn(column: name) }
            text = first
        case .value(let written): text = written
        }
        let number = number(of: text)
        for row in numbers.indices where numbers[row] < 0 { numbers[row] = number }
        return text
    }

    /// The categories of these rows, and what stands for empty cells, in order.
    func known(in rows: [Int32], and missing: String?) -> [String] {
        Categories.sorted(Set(rows.map { numbers[Int($0)] }.filter { $0 >= 0 }.map { texts[Int($0)] }).union([missing].compactMap(\.self)))
    }

    /// Each row's place among the categories of all rows, in order.
    var classNumbers: [Int32] {
        let places = Categories.places(Categories.sorted(texts))
        let codes = texts.map { places[$0] ?? -1 }
        return numbers.map { $0 < 0 ? -1 : codes[Int($0)] }
    }

    /// Each row's place among the known categories; -1 for others, where they are ignored.
    func codes(_ known: [String], ignoringUnknown: Bool) throws(Diagnostics) -> [Int32] {
        let places = Categories.places(known)
        let codeOfNumber = texts.map { places[$0] ?? -1 }
        let codes = numbers.map { $0 < 0 ? -1 : codeOfNumber[Int($0)] }
        if !ignoringUnknown, let row = codes.firstIndex(of: -1) {
            let text = numbers[row] < 0 ? "" : texts[Int(numbers[row])]
            throw Diagnostics(table.unknownCategory(text, at: table[row, column], column: column, known: known))
        }
        return codes
    }

    /// Which rows have one of these texts.
    func haveOne(of values: [String]) -> [Bool] {
        let wanted = Set(values.compactMap { numberOf[$0] })
        return numbers.map { wanted.contains($0) }
    }
}

/// The order of categories.
enum Categories {
    /// By size when all are numbers, else by their bytes, as Python sorts them.
    static func sorted(_ texts: some Collection<String>) -> [String] {
        let numbers = texts.compactMap { Double($0) }
        if numbers.count == texts.count, numbers.allSatisfy(\.isFinite) {
            return zip(numbers, texts).sorted { $0.0 == $1.0 ? $0.1.utf8.lexicographicallyPrecedes($1.1.utf8) : $0.0 < $1.0 }.map(\.1)
        }
        return texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Each category's place.
    static func places(_ categories: [String]) -> [String: Int32] {
        Dictionary(categories.enumerated().map { ($0.element, Int32($0.offset)) }, uniquingKeysWith: { first, _ in first })
    }
}

extension Table {
    /// A finding about a cell.
    func diagnostic(_ message: String, at cell: Cell, help: String? = nil) -> Diagnostic {
        guard hasPlaces else { return Diagnostic(file: file, message: message, help: help) }
        return TablePlaces(file: file, bytes: bytes.bytes)
            .diagnostic(message, at: Int(cell.start)..<Int(cell.start) + cell.length, help: help)
    }

    /// A cell's text without the spaces around it.
    func trimmedText(of cell: Cell, column: Int) throws(Diagnostics) -> String {
        guard let text = text(of: cell) else {
            throw Diagnostics(
                diagnostic("found text that is not UTF-8 in the column \"\(columns[column])\"", at: cell, help: "write the file as UTF-8"))
        }
        return text.trimmingSpaces
    }

    /// The finding that a category was not among those that were learned.
    func unknownCategory(_ text: String, at cell: Cell, column: Int, known: [String]) -> Diagnostic {
        let some = known.prefix(10).map(TablePlaces.shown).joined(separator: ", ") + (known.count > 10 ? ", …" : "")
        return diagnostic(
            "found \"\(TablePlaces.shown(text))\" in the column \"\(columns[column])\", a category that no train row has", at: cell,
            help: "known: \(some)")
    }

    /// The place of a column.
    func index(of column: String) throws(DatasetError) -> Int {
        guard let index = columns.firstIndex(of: column) else { throw .unknownColumn(name: column, dataset: file, known: columns) }
        return index
    }
}
