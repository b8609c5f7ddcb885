import Documents
import Settings

/// How the text of a cell is a number.
enum CellMeaning: Hashable {
    /// It is one.
    case number
    /// It is a category's place in an order.
    case ordered([String])
    /// It is 1 for yes and 0 for no.
    case yesNo

    private static let answers: [String: Double] = [
        "yes": 1, "true": 1, "y": 1, "t": 1, "1": 1, "no": 0, "false": 0, "n": 0, "f": 0, "0": 0,
    ]

    /// The number that a text is; nil where it is none.
    func value(of text: String) -> Double? {
        switch self {
        case .number:
            var text = text
            return text.withUTF8 { try? NumberParser.number(UnsafeRawBufferPointer($0)) }
        case .ordered(let order): return order.firstIndex(of: text).map(Double.init)
        case .yesNo: return Self.answers[text.lowercased()]
        }
    }

    /// A text that is this number.
    func text(of value: Double) -> String {
        switch self {
        case .number: "\(value)"
        case .ordered(let order): order[Int(value)]
        case .yesNo: value == 1 ? "yes" : "no"
        }
    }

    /// What may stand for an empty cell.
    var expectedFill: String {
        switch self {
        case .number: "a number, mean, median or most_frequent"
        case .ordered: "one of its categories, median or most_frequent"
        case .yesNo: "yes, no or most_frequent"
        }
    }

    /// The numbers of all rows; every cell that is none is a finding. Where an empty cell is allowed, it is not a number.
    func numbers(table: Table, column: Int, isEmptyAllowed: Bool) throws(Diagnostics) -> [Double] {
        if self == .number { return try NumericCells.numbers(table: table, column: column, isEmptyAllowed: isEmptyAllowed) }
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
        let expected: String =
            switch self {
            case .number: "a number was expected"
            case .ordered: "a category of its order was expected"
            case .yesNo: "yes or no was expected"
            }
        return table.diagnostic(
            "found \(found) in the column \"\(table.columns[column])\", where \(expected)", row: row, column: column, help: help)
    }

    private var emptyHelp: String { "fill it in, drop the column, or say what stands for it: missing: drop, or \(expectedFill)" }

    private func help(_ text: String) -> String {
        switch self {
        case .number: ""
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
        default: .number
        }
    }

    /// The logarithm that is taken of its numbers; nil: none.
    var logarithm: Logarithm? { if case .numeric(_, _, let logarithm) = fit { logarithm } else { nil } }
}
