import Documents
import Settings

/// Reads lines of JSON into a table: an object a line, its keys are columns in the order in which they are met.
///
/// Values are plain: text, numbers, true, false, and null, which is an empty cell as a key is that a line lacks. Lists and objects among them are refused.
/// A column in which a text stands is one of texts, whatever they look like. Blank lines and a byte order mark are skipped.
enum JSONLineReader {
    private static let lineBreak = UInt8(ascii: "\n")
    /// So many cells a table may have.
    private static let mostCells = 1 << 28

    /// Whether bytes begin as an object does that has its first key in the same line.
    static func looksLikeLines(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let start = bytes.starts(with: CSVReader.byteOrderMark) ? CSVReader.byteOrderMark.count : 0
        let text = bytes[start...].drop { isSpace($0) || $0 == lineBreak }
        guard text.first == UInt8(ascii: "{") else { return false }
        let next = text.dropFirst().drop(while: isSpace).first
        return next == UInt8(ascii: "\"") || next == UInt8(ascii: "}")
    }

    /// Reads the lines in `bytes`; `file` is the name that messages give it.
    static func read(_ bytes: RawBytes, file: String, format: CSVFormat) throws -> Table {
        let raw = bytes.bytes
        let places = TablePlaces(file: file, bytes: raw)
        try CSVReader.refuseOtherKinds(raw, places: places)
        var lines = Lines(raw: raw, places: places)
        try lines.read()
        guard lines.rowCount > 0 else {
            throw Diagnostics(Diagnostic(file: file, message: "the file is empty; lines of JSON were expected"))
        }
        guard !lines.columns.isEmpty else { throw Diagnostics(Diagnostic(file: file, message: "found objects without keys")) }
        if lines.columns.contains("*") {
            throw Diagnostics(
                Diagnostic(
                    file: file, message: "found a key \"*\", the name that stands for all columns in an experiment",
                    help: "give it another name"))
        }
        guard lines.columns.count <= mostCells / lines.rowCount else {
            throw Diagnostics(
                Diagnostic(
                    file: file, message: "\(lines.columns.count) different keys in \(lines.rowCount) lines are more than a table can have",
                    help: "write what stands under many keys as values of one"))
        }
        var table = lines.table(file: file, bytes: bytes)
        table.setFormat(empty: format.empty)
        return table
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }

    /// The lines that were read so far.
    private struct Lines {
        let raw: UnsafeRawBufferPointer
        let places: TablePlaces
        private(set) var columns: [String] = []
        private(set) var rowCount = 0
        private var placeOfColumn: [String: Int] = [:]
        private var entries: [(row: Int, column: Int, cell: Table.Cell)] = []
        private var lineStarts: [Int] = []
        private var textColumns: Set<Int> = []
        /// Texts that were written with escapes, as they are without.
        private var decoded: [UInt8] = []
        private var origins: [UInt32: Range<Int>] = [:]

        init(raw: UnsafeRawBufferPointer, places: TablePlaces) {
            self.raw = raw
            self.places = places
        }

        mutating func read() throws {
            var findings = LineFindings()
            var start = raw.starts(with: CSVReader.byteOrderMark) ? CSVReader.byteOrderMark.count : 0
            while start < raw.count {
                let end = raw[start...].firstIndex(of: lineBreak) ?? raw.count
                defer { start = end + 1 }
                if raw[start..<end].allSatisfy(JSONLineReader.isSpace) { continue }
                do throws(JSONError) {
                    try add(JSONValue.flatObject(UnsafeRawBufferPointer(rebasing: raw[start..<end])), line: start, &findings)
                } catch {
                    findings.add(finding(error, line: start, end: end))
                }
            }
            try findings.check()
        }

        private mutating func add(_ members: [JSONMember], line: Int, _ findings: inout LineFindings) {
            for member in members {
                let range = line + member.range.lowerBound..<line + member.range.upperBound
                let cell: Table.Cell
                var isText = false
                switch member.value {
                case .array, .object:
                    let found = if case .array = member.value { "a list" } else { "an object" }
                    findings.add(
                        places.diagnostic(
                            "found \(found) under \"\(TablePlaces.shown(member.key))\", where text, a number, true, false or null was expected",
                            at: range, help: "write each of its parts under a key of its own, in the line's object"))
                    continue
                case .null: cell = Table.Cell(start: range.lowerBound, length: 0)
                case .bool, .integer, .number: cell = Table.Cell(start: range.lowerBound, length: range.count)
                case .string(let text):
                    isText = true
                    if text.utf8.count == range.count - 2 {
                        cell = Table.Cell(start: range.lowerBound + 1, length: range.count - 2)
                    } else {
                        cell = Table.Cell(start: raw.count + decoded.count, length: text.utf8.count)
                        origins[cell.start] = range
                        decoded += text.utf8
                    }
                }
                let column = placeOfColumn[member.key] ?? columns.count
                if column == columns.count {
                    placeOfColumn[member.key] = column
                    columns.append(member.key)
                }
                if isText { textColumns.insert(column) }
                entries.append((rowCount, column, cell))
            }
            lineStarts.append(line)
            rowCount += 1
        }

        func table(file: String, bytes: RawBytes) -> Table {
            var cells: [Table.Cell] = []
            cells.reserveCapacity(rowCount * columns.count)
            for start in lineStarts { cells += repeatElement(Table.Cell(start: start, length: 0), count: columns.count) }
            for entry in entries { cells[entry.row * columns.count + entry.column] = entry.cell }
            var table = Table(
                file: file, bytes: decoded.isEmpty ? bytes : RawBytes(copying: Array(raw) + decoded), columns: columns, cells: cells)
            table.headerNames = columns
            table.textColumns = textColumns
            table.origins = origins
            table.fileLength = raw.count
            return table
        }

        private func finding(_ error: JSONError, line: Int, end: Int) -> Diagnostic {
            if let marker = CSVReader.conflictMarker(raw[line..<end]) {
                return places.diagnostic(
                    "found \"\(marker)\" where an object was expected", lineAt: line, help: "it looks like a merge conflict marker")
            }
            let first = raw[line..<end].first { !JSONLineReader.isSpace($0) }
            if first == UInt8(ascii: "[") || raw[line..<end].allSatisfy({ JSONLineReader.isSpace($0) || $0 == UInt8(ascii: "{") }) {
                return places.diagnostic(
                    "found \(first == UInt8(ascii: "[") ? "a list" : "the start of an object") where an object in one line was expected",
                    lineAt: line,
                    help: "write one object a line, as jq -c '.[]' does")
            }
            let place = min(line + error.offset, end)
            return places.diagnostic("found no JSON: \(error.expected) was expected here", at: place..<min(place + 1, max(end, place)))
        }
    }
}
