import Documents

/// A column of cells that hold several categories each, such as `drama;comedy`. An empty cell has none; of a target also one with a text that stands for
/// an empty cell.
struct PartCells {
    /// Row `r` has the parts from `offsets[r]` to `offsets[r + 1]`.
    private(set) var offsets = [0]
    /// The number of each part's text, by first appearance.
    private var numbers: [Int32] = []
    private var texts: [String] = []
    /// What stands between the categories of a cell.
    let separator: String
    private let table: Table
    private let column: Int

    var rowCount: Int { offsets.count - 1 }

    init(table: Table, column: Int, separator: String, isTarget: Bool = false) throws(Diagnostics) {
        let (table, column) = table.withCells(of: column)
        self.table = table
        self.column = column
        self.separator = separator
        var numberOf: [String: Int32] = [:]
        for row in 0..<table.rowCount {
            let text = isTarget && table.isEmpty(table[row, column]) ? "" : try table.trimmedText(row: row, column: column)
            for part in text.split(separator: separator).map(\.trimmingSpaces) where !part.isEmpty {
                let number = numberOf[part] ?? Int32(texts.count)
                if number == texts.count {
                    numberOf[part] = number
                    texts.append(part)
                }
                numbers.append(number)
            }
            offsets.append(numbers.count)
        }
    }

    /// The numbers of each row's categories.
    var sets: [[Int32]] { (0..<rowCount).map { Array(numbers[offsets[$0]..<offsets[$0 + 1]]) } }

    /// The categories of these rows, in order.
    func known(in rows: [Int32]) -> [String] {
        var found: Set<Int32> = []
        for row in rows { found.formUnion(numbers[offsets[Int(row)]..<offsets[Int(row) + 1]]) }
        return Categories.sorted(found.map { texts[Int($0)] })
    }

    /// Row-major ones and zeros, a column for each of the known categories. `help` says what may be done about others.
    func ones(_ known: [String], help: String) throws(Diagnostics) -> [Float] {
        let codes = try codes(known, help: help)
        var ones = [Float](repeating: 0, count: rowCount * known.count)
        for row in 0..<rowCount {
            for place in offsets[row]..<offsets[row + 1] { ones[row * known.count + Int(codes[place])] = 1 }
        }
        return ones
    }

    /// Each part's place among the known categories.
    func codes(_ known: [String], help: String? = nil) throws(Diagnostics) -> [Int32] {
        let places = Categories.places(known)
        let codeOfNumber = texts.map { places[$0] ?? -1 }
        let codes = numbers.map { codeOfNumber[Int($0)] }
        var findings = CellFindings()
        for row in 0..<rowCount {
            for place in offsets[row]..<offsets[row + 1] where codes[place] < 0 {
                findings.add(table.unknownCategory(texts[Int(numbers[place])], row: row, column: column, known: known, help: help))
            }
        }
        try findings.check()
        return codes
    }
}
