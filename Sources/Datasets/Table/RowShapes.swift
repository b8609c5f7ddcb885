import Documents
import Settings

/// What is wrong with the shape of a table's rows: too many fields or too few, headers among them, fields between which nothing stands that was looked for.
struct RowShapes {
    private let places: TablePlaces
    private let delimiter: UInt8
    /// The first findings with the place of their rows.
    private var findings: [(offset: Int, finding: Diagnostic)] = []
    private var count = 0
    /// How many fields the wrong rows have, while all have as many.
    private var wrongCount: Int?
    private var areAlike = true
    /// Whether each of them ends with an empty field.
    private var endEmpty = true

    init(places: TablePlaces, delimiter: UInt8) {
        self.places = places
        self.delimiter = delimiter
    }

    /// `1 field`, `2 fields`.
    static func fields(_ count: Int) -> String { "\(count) \(count == 1 ? "field" : "fields")" }

    // MARK: - Rows

    /// Takes note of a row with another count of fields than expected.
    mutating func add(_ row: ArraySlice<Table.Cell>, expected: Int, rowStart: Int, scanner: CSVScanner) {
        let offset = row.first.map { Int($0.start) } ?? rowStart
        if let wrongCount, wrongCount != row.count { areAlike = false }
        wrongCount = row.count
        if row.last?.length != 0 { endEmpty = false }
        let places = places
        add(at: offset) {
            let line = places.bytes[offset..<min(scanner.endOfRow, places.bytes.count)]
            let shape = Self.fields(expected)
            if let marker = CSVReader.conflictMarker(line) {
                return places.diagnostic(
                    "found \"\(marker)\" where a row of \(shape) was expected", lineAt: offset,
                    help: "it looks like a merge conflict marker")
            }
            let isCutOff = scanner.endedWithoutLineBreak && row.count < expected
            return places.diagnostic(
                "found \(Self.fields(row.count)) where a row of \(shape) was expected", lineAt: offset,
                help: isCutOff ? "the file ends in the middle of a row, it may have been cut off" : nil)
        }
    }

    /// Takes note of rows that are the header once more.
    mutating func add(headersIn table: Table) {
        let columns = table.columns.indices
        guard !columns.isEmpty else { return }
        let places = places
        for row in 1..<max(table.rowCount, 1) {
            guard columns.allSatisfy({ table.rawBytes(of: table[row, $0]).elementsEqual(table.rawBytes(of: table[0, $0])) }) else {
                continue
            }
            let offset = Int(table[row, 0].start)
            add(at: offset) { places.diagnostic("found the header again", lineAt: offset, help: "it looks like two files were joined") }
        }
    }

    private mutating func add(at offset: Int, _ finding: () -> Diagnostic) {
        count += 1
        // Headers are looked for behind the rows, but may stand before them.
        guard findings.count < 2 * CSVReader.mostFindings else { return }
        findings.append((offset, finding()))
    }

    /// Throws what was found; `rows` is how many rows there are with as many fields as the first one, itself included.
    func check(first: ArraySlice<Table.Cell>, rows: Int) throws(Diagnostics) {
        guard count > 0 else { return }
        if rows == 1, areAlike, count > 1, let wrongCount, let start = first.first?.start {
            throw Diagnostics(unlikeTheOthers(first.count, others: wrongCount, at: Int(start)))
        }
        var shown = findings.sorted { $0.offset < $1.offset }.prefix(CSVReader.mostFindings).map(\.finding)
        let more = count - shown.count
        if more > 0, let last = shown.indices.last { shown[last].message += "; so it is with \(more) more \(more == 1 ? "row" : "rows")" }
        throw Diagnostics(shown)
    }

    private func unlikeTheOthers(_ count: Int, others: Int, at offset: Int) -> Diagnostic {
        let sign = delimiter == UInt8(ascii: "\t") ? "tab" : "\"\(String(UnicodeScalar(delimiter)))\""
        let help =
            count == 1
            ? "take away what stands above the table, such as a title or a comment"
            : count + 1 == others
                ? endEmpty
                    ? "every row ends with a \(sign) that the first line lacks: take it away, or write one behind the first line, too"
                    : "if rows begin with a name that has no column, give the first column a name in the header"
                : "make header and rows agree"
        return places.diagnostic(
            "found a first line of \(Self.fields(count)), and rows of \(Self.fields(others)) below it", lineAt: offset, help: help)
    }

    // MARK: - Whole tables

    /// Refuses a first line such as `sep=;`, which spreadsheets write.
    static func refuseSeparatorLine(_ raw: UnsafeRawBufferPointer, from start: Int, places: TablePlaces) throws(Diagnostics) {
        let line = String(decoding: raw[start..<min(start + 16, raw.count)], as: UTF8.self).prefix { !$0.isNewline }.filter { $0 != "\"" }
        guard line.lowercased().hasPrefix("sep="), line.count == 5, let sign = line.last else { return }
        let written = sign == "\t" ? "\\t" : String(sign)
        throw Diagnostics(
            places.diagnostic(
                "found \"sep=\(written)\", by which spreadsheets say what stands between fields", lineAt: start,
                help: "take the line away; {csv: {path: …, delimiter: \"\(written)\"}} says the same"))
    }

    /// Refuses a single column whose cells are fields with spaces between them.
    static func refuseColumnsOfSpaces(_ table: Table, format: CSVFormat, names: [String], places: TablePlaces) throws(Diagnostics) {
        let mostLooked = 200
        guard format.delimiter == nil, table.columns.count == 1, table.rowCount > 1 else { return }
        // A text alone is a column by itself.
        if names.count == 1, table.trimmedBytes(of: table[0, 0]).elementsEqual(names[0].utf8) { return }
        let rows = (0..<min(table.rowCount, mostLooked)).map { row in
            table.rawBytes(of: table[row, 0]).split { $0 == 0x20 || $0 == 0x09 }
        }
        guard let count = rows.first?.count, count > 1, rows.allSatisfy({ $0.count == count }),
            rows[rows.count - 1].contains(where: { (try? NumberParser.number(UnsafeRawBufferPointer(rebasing: $0))) != nil })
        else { return }
        let areSingle = (0..<rows.count).allSatisfy { row in
            table.rawBytes(of: table[row, 0]).split(omittingEmptySubsequences: false) { $0 == 0x20 }.count == count
        }
        throw Diagnostics(
            places.diagnostic(
                "found a single column, and \(count) fields in each row with spaces between them", lineAt: Int(table[0, 0].start),
                help: areSingle
                    ? "say so: {csv: {path: …, delimiter: \" \"}}"
                    : "write a comma in place of the spaces between them, such as with sed 's/^ *//; s/  */,/g'"))
    }
}
