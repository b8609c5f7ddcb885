import Documents
import Settings

/// How the text of a cell is a number.
enum CellMeaning: Hashable {
    /// It is one.
    case number
    /// It is one with this sign.
    case marked(NumberMark)
    /// It is a category's place in an order.
    case ordered([String])
    /// It is 1 for yes and 0 for no.
    case yesNo
    /// It is a date, in seconds since the first of January 1970 began.
    case date(DateReading)

    fileprivate static let answers: [String: Double] = [
        "yes": 1, "true": 1, "y": 1, "t": 1, "1": 1, "no": 0, "false": 0, "n": 0, "f": 0, "0": 0,
    ]

    /// Whether its numbers are amounts, which have a mean.
    var isAmount: Bool {
        switch self {
        case .number, .marked: true
        default: false
        }
    }

    /// The number that a text is; nil where it is none.
    func value(of text: String) -> Double? {
        switch self {
        case .number, .marked:
            var text = text
            return text.withUTF8 { try? NumberParser.number(UnsafeRawBufferPointer($0)) }
        case .ordered(let order): return order.firstIndex(of: text).map(Double.init)
        case .yesNo: return Self.answers[text.lowercased()]
        case .date(let reading): return ((try? reading.format.read(text)) ?? (try? DateFormat.yearFirst.read(text)))?.seconds
        }
    }

    /// A text that is this number.
    func text(of value: Double) -> String {
        switch self {
        case .number, .marked: "\(value)"
        case .ordered(let order): order[Int(value)]
        case .yesNo: value == 1 ? "yes" : "no"
        case .date: CivilTime(seconds: value).text
        }
    }

    /// What may stand for an empty cell.
    var expectedFill: String {
        switch self {
        case .number, .marked: "a number, mean, median or most_frequent"
        case .ordered: "one of its categories, median or most_frequent"
        case .yesNo: "yes, no or most_frequent"
        case .date: "a date, median or most_frequent"
        }
    }

    /// The numbers of all rows; every cell that is none is a finding. Where an empty cell is allowed, it is not a number.
    func numbers(table: Table, column: Int, isEmptyAllowed: Bool) throws(Diagnostics) -> [Double] {
        switch self {
        case .number: return try NumericCells.numbers(table: table, column: column, isEmptyAllowed: isEmptyAllowed).numbers
        case .marked(let mark):
            return try MarkedCells(table: table, column: column, mark: mark, isEmptyAllowed: isEmptyAllowed).numbers
        case .date(let reading):
            return try DateCells(table: table, column: column, reading: reading, isEmptyAllowed: isEmptyAllowed).seconds
        case .ordered, .yesNo: break
        }
        let (table, column) = table.withCells(of: column)
        var numbers: [Double] = []
        numbers.reserveCapacity(table.rowCount)
        var known: [String: Double] = [:]
        var findings = CellFindings()
        for row in 0..<table.rowCount {
            let isEmpty = table.isEmpty(table[row, column])
            let text = try table.trimmedText(row: row, column: column)
            if isEmpty {
                if !isEmptyAllowed { findings.add(finding("an empty cell", help: emptyHelp, row: row, column: column, of: table)) }
                numbers.append(.nan)
            } else if let number = known[text] ?? value(of: text) {
                known[text] = number
                numbers.append(number)
            } else {
                findings.add(finding("\"\(TablePlaces.shown(text))\"", help: help(text), row: row, column: column, of: table))
            }
        }
        try findings.check()
        return numbers
    }

    // MARK: - Words

    private func finding(_ found: String, help: String, row: Int, column: Int, of table: Table) -> Diagnostic {
        let expected = if case .ordered = self { "a category of its order" } else { "yes or no" }
        return table.diagnostic(
            "found \(found) in the column \"\(table.columns[column])\", where \(expected) was expected", row: row, column: column,
            help: help)
    }

    private var emptyHelp: String { "fill it in, drop the column, or say what stands for it: missing: drop, or \(expectedFill)" }

    private func help(_ text: String) -> String {
        switch self {
        case .number, .marked, .date: ""
        case .ordered(let order):
            (Suggestion.nearest(to: text, among: order).map { "did you mean \"\($0)\"? " } ?? "")
                + "the order is \(order.prefix(10).map(TablePlaces.shown).joined(separator: ", "))\(order.count > 10 ? ", …" : "")"
        case .yesNo:
            "yes, true, y, t and 1 are yes, no, false, n, f and 0 are no, in any letter case; encode the column as one-hot, if these are categories"
        }
    }
}

extension FittedColumn {
    /// How the texts of cells are numbers.
    var meaning: CellMeaning {
        switch fit {
        case .ordinal(let order, _, _): .ordered(order)
        case .yesNo: .yesNo
        case .date(let dates): .date(dates.reading)
        default: mark.map(CellMeaning.marked) ?? .number
        }
    }

    /// The texts that are yes (1) or no (0) as they are usually written: in small letters, in capitals, and with a capital in front.
    package static var yesAndNo: [(text: String, number: Double)] {
        CellMeaning.answers.sorted { $0.key < $1.key }.flatMap { text, number in
            var seen: Set<String> = []
            return [text, text.uppercased(), text.prefix(1).uppercased() + text.dropFirst()].filter { seen.insert($0).inserted }.map {
                ($0, number)
            }
        }
    }

    /// The logarithm that is taken of its numbers; nil: none.
    var logarithm: Logarithm? { if case .numeric(_, _, let logarithm) = fit { logarithm } else { nil } }
}
