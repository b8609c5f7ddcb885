import Documents
import FileSystem
import Settings

/// Reads a table of comma-separated values and its relatives.
///
/// Fields may stand in double quotes; inside, a doubled quote is a quote and line breaks belong to the field. Lines end with `\n`, `\r\n` or a lone `\r`.
/// A byte order mark is skipped, so are blank lines. Every row must have as many fields as the first.
package enum CSVReader {
    static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    /// Compressed tables up to this size are read.
    static let limits = ArchiveReader.Limits(chosen: 1_000_000_000, total: 1_000_000_000)
    /// So many findings are enough to see what is wrong with a file; the rest are counted.
    static let mostFindings = 20

    /// Reads the table in the file at `path`; `names` are columns that are known to be used. Where nothing else tells whether the first line is a header,
    /// `isHeaderInDoubt` does, or the table is refused with this help.
    static func read(
        path: String, format: CSVFormat, names: [String] = [], isHeaderInDoubt: Bool? = nil, help: String = doubtHelp
    ) throws -> Table {
        do {
            let file = try FileBytes(path: path)
            return try read(
                contents(of: file, path: path), file: path, format: format, names: names, isHeaderInDoubt: isHeaderInDoubt, help: help)
        } catch let fault as FileFault {
            throw DatasetError.file(path: path, reason: fault.words)
        }
    }

    /// Reads the table in a file, decompressed when it is (gzip, bzip2, xz, Zstandard, LZ4), or the only file of an archive (zip, tar).
    static func read(_ file: FileBytes, path: String, format: CSVFormat, names: [String] = []) throws -> Table {
        try read(contents(of: file, path: path), file: path, format: format, names: names)
    }

    /// The bytes of a file, unpacked when it is packed.
    static func contents(of file: FileBytes, path: String) throws(DatasetError) -> RawBytes {
        if let found = ForeignFormat(file.bytes) { throw .file(path: path, reason: found.advice(path)) }
        let isArchive = ArchiveReader.isArchive(file.bytes)
        guard isArchive || ArchiveReader.isCompressed(file.bytes) else { return RawBytes(file) }
        do {
            return RawBytes(copying: try ArchiveReader.onlyFile(of: file.bytes, isArchive: isArchive, limits: limits))
        } catch {
            throw .file(path: path, reason: error.reason)
        }
    }

    /// Reads the table in `bytes`; `file` is the name that messages give it, `names` are columns that are known to be used.
    static func read(
        _ bytes: RawBytes, file: String, format: CSVFormat, names: [String] = [], isHeaderInDoubt: Bool? = nil, help: String = doubtHelp
    ) throws -> Table {
        if format.isJSONLines { return try JSONLineReader.read(bytes, file: file, format: format) }
        let raw = bytes.bytes
        let places = TablePlaces(file: file, bytes: raw)
        try refuseOtherKinds(raw, places: places)
        if JSONLineReader.looksLikeLines(raw) {
            throw Diagnostics(
                places.diagnostic(
                    "found an object of JSON where a table was expected", lineAt: 0, help: "if each line is one, say dataset: {jsonl: PATH}"
                ))
        }
        let start = raw.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        try RowShapes.refuseSeparatorLine(raw, from: start, places: places)
        let delimiter = format.delimiter ?? DelimiterSniffer.delimiter(of: UnsafeRawBufferPointer(rebasing: raw[start...]))
        var scanner = CSVScanner(bytes: raw, place: start, delimiter: delimiter, hasQuotes: format.quotes)
        var cells: [Table.Cell] = []
        cells.reserveCapacity(raw.count / 8)
        var shapes = RowShapes(places: places, delimiter: delimiter)
        var width: Int?
        while true {
            let rowStart = scanner.place
            let before = cells.count
            guard try scanner.nextRow(into: &cells, places: places) else { break }
            let row = before..<cells.count
            guard let width else {
                width = row.count
                continue
            }
            if row.count != width {
                shapes.add(cells[row], expected: width, rowStart: rowStart, scanner: scanner)
                cells.removeSubrange(row)
            }
        }
        guard let width else { throw Diagnostics(Diagnostic(file: file, message: "the file is empty; a table was expected")) }
        var table = Table(file: file, bytes: bytes, columns: unnamed(width), cells: cells)
        table.setFormat(empty: format.empty, numbers: format.numbers)
        table.endsMidLine = scanner.endedWithoutLineBreak
        try RowShapes.refuseColumnsOfSpaces(table, format: format, names: names, places: places)
        var verdict = HeaderRule.verdict(on: table, format: format, names: names)
        if verdict == .undecided, let isHeaderInDoubt { verdict = isHeaderInDoubt ? .header : .row }
        // A table of one column is refused for that, whatever its first line is.
        if verdict == .undecided, width == 1, names.isEmpty { verdict = .header }
        if verdict == .header { shapes.add(headersIn: table) }
        try shapes.check(first: cells[..<width], rows: table.rowCount)
        switch verdict {
        case .header: table = table.withoutFirstRow(named: try header(cells[..<width], raw: raw, file: file, places: places))
        case .row: break
        case .undecided:
            throw Diagnostics(
                places.diagnostic(
                    "found nothing that tells whether the first line names the columns or is a row", lineAt: Int(cells[0].start),
                    help: help))
        }
        if let given = format.columns { table = try table.named(given) }
        if table.columns.contains("*") {
            throw Diagnostics(
                Diagnostic(
                    file: file, line: 1, message: "found a column \"*\", the name that stands for all columns in an experiment",
                    help: "name the columns anew: {csv: {path: …, columns: […]}}"))
        }
        guard table.rowCount > 0 else { throw Diagnostics(Diagnostic(file: file, message: "found a header and no rows")) }
        return table
    }

    /// What to do where nothing tells whether a first line is a header.
    static let doubtHelp = "say so: {csv: {path: …, header: true}} where it names them, else header: false"

    /// Names of columns that have none.
    static func unnamed(_ count: Int) -> [String] { (1...max(count, 1)).map { "column\($0)" } }

    // MARK: - Findings

    /// Refuses bytes that are no text, and more than can be numbered.
    static func refuseOtherKinds(_ bytes: UnsafeRawBufferPointer, places: TablePlaces) throws {
        try TextEncodingCheck.check(bytes, places: places)
        if bytes.count >= Int(Int32.max) {
            throw Diagnostics(Diagnostic(file: places.file, message: "the file has \(bytes.count) bytes; tables up to 2 GB can be read"))
        }
    }

    private static func header(
        _ cells: ArraySlice<Table.Cell>, raw: UnsafeRawBufferPointer, file: String, places: TablePlaces
    ) throws -> [String] {
        var names: [String] = []
        var findings: [Diagnostic] = []
        var seen: Set<String> = []
        for cell in cells {
            let range = Int(cell.start)..<Int(cell.start) + cell.length
            guard let text = String(validating: raw[range], as: UTF8.self) else {
                throw Diagnostics(places.diagnostic("the header is not UTF-8", lineAt: range.lowerBound, help: "write the file as UTF-8"))
            }
            let name = (cell.hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text).trimmingSpaces
            if !name.isEmpty, !seen.insert(name).inserted {
                findings.append(
                    places.diagnostic(
                        "the column \"\(name)\" stands in the header twice", at: range,
                        help: "name one of them anew, or all of them: {csv: {path: …, columns: […]}}"))
            }
            names.append(name)
        }
        // A column without a name does not take that of another.
        for place in names.indices where names[place].isEmpty {
            let name = "column\(place + 1)"
            guard seen.insert(name).inserted else {
                throw Diagnostics(
                    places.diagnostic(
                        "column \(place + 1) has no name, and another one is called \"\(name)\"",
                        lineAt: Int(cells[cells.startIndex].start),
                        help: "give it a name in the header, or name all of them: {csv: {path: …, columns: […]}}"))
            }
            names[place] = name
        }
        guard findings.isEmpty else { throw Diagnostics(findings) }
        return names
    }

    static func conflictMarker(_ line: Slice<UnsafeRawBufferPointer>) -> String? {
        for marker in ["<<<<<<<", "=======", ">>>>>>>", "|||||||"] where line.starts(with: marker.utf8) { return marker }
        return nil
    }
}

extension Table {
    /// The table without the row that was its header.
    fileprivate func withoutFirstRow(named names: [String]) -> Table {
        var table = renamed(names)
        table.cells.removeFirst(columns.count)
        table.headerNames = names
        return table
    }

    /// The table with names that its format gives it.
    func named(_ names: [String]) throws(Diagnostics) -> Table {
        func refusal(_ message: String, help: String) -> Diagnostics {
            Diagnostics(Diagnostic(file: file, line: 1, message: message, help: help))
        }
        guard names.count == columns.count else {
            throw refusal(
                "found a row of \(RowShapes.fields(columns.count)), but columns has \(names.count) names",
                help: "name as many columns as there are fields, or say what the delimiter is")
        }
        var seen: Set<String> = []
        if let twice = names.first(where: { !seen.insert($0).inserted }) {
            throw refusal("columns names \"\(twice)\" twice", help: "give each column a name of its own")
        }
        return renamed(names)
    }
}

extension StringProtocol {
    /// Without the spaces and tabs around it.
    var trimmingSpaces: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let tail = drop(while: isSpace)
        return String(tail[..<(tail.lastIndex { !isSpace($0) }.map { tail.index(after: $0) } ?? tail.startIndex)])
    }
}
