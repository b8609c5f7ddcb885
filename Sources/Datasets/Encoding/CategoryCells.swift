import Documents

/// A column of cells read as categories.
struct CategoryCells {
    /// The number of each row's text, by first appearance; -1 for an empty cell.
    private(set) var numbers: [Int32] = []
    private var texts: [String] = []
    private var numberOf: [String: Int32] = [:]
    private let table: Table
    private let column: Int

    init(table: Table, column: Int, isEmptyAllowed: Bool = false, isTarget: Bool = false) throws(Diagnostics) {
        let (table, column) = table.withCells(of: column)
        self.table = table
        self.column = column
        numbers.reserveCapacity(table.rowCount)
        var findings = CellFindings()
        for row in 0..<table.rowCount {
            if !table.isEmpty(table[row, column]) {
                numbers.append(number(of: try table.trimmedText(row: row, column: column)))
                continue
            }
            numbers.append(-1)
            if !isEmptyAllowed {
                findings.add(
                    table.diagnostic(
                        "found an empty cell in the column \"\(table.columns[column])\", where a category was expected", row: row,
                        column: column,
                        help: isTarget
                            ? Self.targetHelp
                            : "fill it in, drop the column, or say what stands for it: missing: drop, most_frequent or a category"))
            }
        }
        try findings.check()
    }

    /// What to do about an empty cell of the target.
    static let targetHelp = "fill it in, or leave its row out: missing: drop"

    private mutating func number(of text: String) -> Int32 {
        if let number = numberOf[text] { return number }
        let number = Int32(texts.count)
        numberOf[text] = number
        texts.append(text)
        return number
    }

    /// The text that stands most often in these rows, of several the first in order; nil when there is none.
    func mostFrequent(in rows: [Int32]) -> String? {
        var counts: [Int32: Int] = [:]
        for row in rows where numbers[Int(row)] >= 0 { counts[numbers[Int(row)], default: 0] += 1 }
        let most = counts.values.max()
        return Categories.sorted(counts.filter { $0.value == most }.map { texts[Int($0.key)] }).first
    }

    /// Puts a text into empty cells.
    mutating func fill(with text: String) {
        let number = number(of: text)
        for row in numbers.indices where numbers[row] < 0 { numbers[row] = number }
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

    /// The known categories that fewer than `count` of these rows have, in the order of the known.
    func rare(of known: [String], in rows: [Int32], below count: Int) -> [String] {
        if count <= 1 { return [] }
        var counts: [Int32: Int] = [:]
        for row in rows { counts[numbers[Int(row)], default: 0] += 1 }
        return known.filter { name in (numberOf[name].flatMap { counts[$0] } ?? 0) < count }
    }

    /// Each row's place among the known categories, those that are rare behind them; -1 for others, where they are ignored, and for empty cells, where these are
    /// allowed. `help` says what may be done about others.
    func codes(
        _ known: [String], ignoringUnknown: Bool, allowingEmpty: Bool = false, rare: RareCategories? = nil, help: String? = nil
    ) throws(Diagnostics) -> [Int32] {
        var places = Categories.places(known)
        for name in rare?.names ?? [] { places[name] = Int32(known.count) }
        let unknown: Int32 = rare?.includeUnknown == true ? Int32(known.count) : -1
        let codeOfNumber = texts.map { places[$0] ?? unknown }
        let codes = numbers.map { $0 < 0 ? -1 : codeOfNumber[Int($0)] }
        if ignoringUnknown { return codes }
        var findings = CellFindings()
        for row in codes.indices where codes[row] < 0 && !(allowingEmpty && numbers[row] < 0) {
            let text = numbers[row] < 0 ? "" : texts[Int(numbers[row])]
            findings.add(table.unknownCategory(text, row: row, column: column, known: known + (rare?.names ?? []), help: help))
        }
        try findings.check()
        return codes
    }

    /// How many of these rows have a text that is not among the known categories, and the first such text; nil when none has.
    func unknown(_ known: [String], in rows: [Int32]) -> (count: Int, example: String)? {
        let places = Categories.places(known)
        let isUnknown = texts.map { places[$0] == nil }
        let found = rows.lazy.filter { numbers[Int($0)] >= 0 && isUnknown[Int(numbers[Int($0)])] }
        return found.first.map { (found.count, texts[Int(numbers[Int($0)])]) }
    }

    /// Which rows have one of these texts. Each text must stand in some row of the `whole` table, from which rows may have been left out.
    func haveOne(of values: [String], whole: Table) throws -> [Bool] {
        let lacking = values.filter { numberOf[$0] == nil }
        if !lacking.isEmpty {
            let all = try CategoryCells(table: whole, column: whole.index(of: table.columns[column]), isEmptyAllowed: true)
            let absent = lacking.filter { all.numberOf[$0] == nil }
            guard absent.isEmpty else {
                throw DatasetError.valuesWithoutRow(column: table.columns[column], values: absent, known: Categories.sorted(all.texts))
            }
        }
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
            // Whole numbers beyond 2^53 may be one in 64 bits, and yet differ.
            return zip(numbers, texts).sorted { left, right in
                if left.0 != right.0 { return left.0 < right.0 }
                if let one = Int(left.1), let other = Int(right.1), one != other { return one < other }
                return left.1.utf8.lexicographicallyPrecedes(right.1.utf8)
            }.map(\.1)
        }
        return texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The category that is the same number as a text, written in another way.
    static func number(alike text: String, among categories: [String]) -> String? {
        guard let number = Double(text) else { return nil }
        return categories.first { $0 != text && Double($0) == number }
    }

    /// Each category's place.
    static func places(_ categories: [String]) -> [String: Int32] {
        Dictionary(categories.enumerated().map { ($0.element, Int32($0.offset)) }, uniquingKeysWith: { first, _ in first })
    }
}
