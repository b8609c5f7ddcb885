import ArgumentParser
import Documents
import Projects
import RunStore
import Scheduling

/// Rows of values under named columns, written as a table for people, or for other programs.
struct Listing {
    /// How a list is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, csv, json, md
    }

    let columns: [String]
    private var rows: [[Condition.Value]] = []

    /// The form of what programs read.
    private static let version = 1

    /// A list that is still empty.
    init(columns: [String]) {
        self.columns = columns
    }

    /// What a query found.
    init(_ answer: RunQuery.Answer, omittingEmptyColumns: Bool) {
        self.init(columns: answer.columns)
        rows = answer.rows.map(\.values)
        if omittingEmptyColumns { self = withoutEmptyColumns }
    }

    /// Adds a row; it has a value for every column.
    mutating func add(_ values: [Condition.Value]) {
        rows.append(values)
    }

    /// Without the columns in which nothing stands.
    var withoutEmptyColumns: Listing {
        let kept = columns.indices.filter { column in rows.isEmpty || rows.contains { $0[column] != .none } }
        var listing = Listing(columns: kept.map { columns[$0] })
        listing.rows = rows.map { row in kept.map { row[$0] } }
        return listing
    }

    /// The whole list; `noun` is what the rows are.
    func text(as format: Format, of noun: String) -> String {
        switch format {
        case .table: tableText
        case .md: markdown
        case .csv: csvHeader + csvLines
        case .json: json(noun)
        }
    }

    // MARK: - For people

    private var tableText: String {
        guard !rows.isEmpty else { return "" }
        var table = TextTable(columns.indices.map { (columns[$0], isNumeric($0) ? .right : .left) })
        for row in rows { table.add(zip(columns, row).map(Self.spoken)) }
        return table.lines.joined(separator: "\n") + "\n"
    }

    private var markdown: String {
        guard !columns.isEmpty else { return "" }
        let rule = columns.indices.map { isNumeric($0) ? "--:" : ":--" }
        let cells = rows.map { zip(columns, $0).map { Self.spoken($0, $1).replacing("|", with: "\\|").printableLine } }
        return lines([columns, rule] + cells) { "| " + $0.joined(separator: " | ") + " |" }
    }

    private func isNumeric(_ column: Int) -> Bool {
        rows.contains { if case .number = $0[column] { true } else { false } }
    }

    /// The columns whose texts are shown by their beginnings.
    private static let shortened = ["run": 8, "commit": 8, "created": 16, "ended": 16]

    private static func spoken(_ column: String, _ value: Condition.Value) -> String {
        switch value {
        case .none: return "–"
        case .boolean(let value): return value ? "true" : "false"
        case .text(let text):
            let short = String(text.prefix(shortened[column] ?? .max))
            return column == "created" || column == "ended" ? short.replacing("T", with: " ") : short
        case .number(let value):
            if let whole = Int(exactly: value) { return grouped(whole) }
            let digits = value.description
            return digits.count <= 6 ? digits : Scheduling.spoken(figure: value)
        }
    }

    // MARK: - For programs

    /// The first line of the list as CSV.
    var csvHeader: String { csv([columns]) }

    /// Its other lines.
    var csvLines: String { csv(rows.map { $0.map(\.cellText) }) }

    private func csv(_ rows: [[String]]) -> String { lines(rows) { $0.map(\.csvCell).joined(separator: ",") } }

    private func lines(_ rows: [[String]], _ line: ([String]) -> String) -> String {
        rows.map { line($0) + "\n" }.joined()
    }

    private func json(_ noun: String) -> String {
        let members = rows.map { row in
            JSONValue.object(Dictionary(zip(columns, row.map(Self.json)), uniquingKeysWith: { first, _ in first }))
        }
        return JSONValue.object(["version": .integer(Self.version), noun: .array(members)]).prettyText + "\n"
    }

    private static func json(_ value: Condition.Value) -> JSONValue {
        switch value {
        case .none: .null
        case .boolean(let value): .bool(value)
        case .text(let text): .string(text)
        case .number(let value): Int(exactly: value).map(JSONValue.integer) ?? .number(value)
        }
    }
}
