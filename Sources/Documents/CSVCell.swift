extension String {
    /// The text as a cell of a line of CSV, as RFC 4180 has it: in quotes where it holds a comma, a quote or a line break.
    package var csvCell: String {
        guard utf8.contains(where: { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }) else { return self }
        return "\"" + replacing("\"", with: "\"\"") + "\""
    }
}

extension Condition.Value {
    /// As a cell of a table for programs: numbers with all their digits, nothing where nothing is.
    package var cellText: String {
        switch self {
        case .none: ""
        case .boolean(let value): value ? "true" : "false"
        case .text(let text): text
        case .number(let value): Int(exactly: value).map(String.init) ?? value.description
        }
    }
}
