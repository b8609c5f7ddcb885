import Documents

/// Reads a table of comma-separated values and its relatives.
///
/// Fields may stand in double quotes; inside, a doubled quote is a quote and line breaks belong to the field. Lines end with `\n`, `\r\n` or a lone `\r`.
/// A byte order mark is skipped, so are blank lines. Every row must have as many fields as the first.
package enum CSVReader {
    static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    /// Compressed tables up to this size are read.
    static let limits = ArchiveReader.Limits(chosen: 1_000_000_000, total: 1_000_000_000)
    /// So many findings are enough to see what is wrong with a file.
    static let mostFindings = 20

    /// Reads the table in the file at `path`.
    static func read(path: String, format: CSVFormat) throws -> Table {
        do {
            return try read(FileBytes(path: path), path: path, format: format)
        } catch let failure as FileFailure {
            throw DatasetError.file(path: path, reason: failure.reason)
        }
    }

    /// Reads the table in a file, decompressed when it is (gzip, bzip2, xz, Zstandard), or the only file of an archive (zip, tar).
    static func read(_ file: FileBytes, path: String, format: CSVFormat) throws -> Table {
        try read(contents(of: file, path: path), file: path, format: format)
    }

    /// The bytes of a file, unpacked when it is packed.
    static func contents(of file: FileBytes, path: String) throws(DatasetError) -> RawBytes {
        let isArchive = ArchiveReader.isArchive(file.bytes)
        guard isArchive || ArchiveReader.isCompressed(file.bytes) else { return RawBytes(file) }
        do {
            return RawBytes(copying: try ArchiveReader.onlyFile(of: file.bytes, isArchive: isArchive, limits: limits))
        } catch {
            throw .file(path: path, reason: error.reason)
        }
    }

    /// Reads the table in `bytes`; `file` is the name that messages give it.
    static func read(_ bytes: RawBytes, file: String, format: CSVFormat) throws -> Table {
        let raw = bytes.bytes
        let places = TablePlaces(file: file, bytes: raw)
        try refuseOtherKinds(raw, places: places)
        let start = raw.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        let delimiter = format.delimiter ?? DelimiterSniffer.delimiter(of: UnsafeRawBufferPointer(rebasing: raw[start...]))
        var scanner = CSVScanner(bytes: raw, place: start, delimiter: delimiter, hasQuotes: format.quotes)
        var cells: [Table.Cell] = []
        cells.reserveCapacity(raw.count / 8)
        var findings: [Diagnostic] = []
        var wrongCounts: [Int] = []
        var first: Range<Int>?
        var names: [String]?
        var hasHeader = false
        while findings.count < mostFindings {
            let rowStart = scanner.place
            let before = cells.count
            guard try scanner.nextRow(into: &cells, places: places) else { break }
            let row = before..<cells.count
            guard let firstRow = first else {
                first = row
                hasHeader = format.header ?? !cells[row].contains { isNumber($0, raw) }
                if hasHeader {
                    names = try header(cells[row], raw: raw, file: file, places: places)
                }
                continue
            }
            if let finding = finding(
                about: row, first: firstRow, hasHeader: hasHeader, cells: cells, rowStart: rowStart, scanner: scanner, places: places)
            {
                findings.append(finding)
                wrongCounts.append(row.count)
                cells.removeSubrange(row)
            }
        }
        if findings.count > 1, let first, cells.count == first.count, let other = wrongCounts.first, wrongCounts.allSatisfy({ $0 == other })
        {
            findings = [unlikeTheOthers(first.count, others: other, places: places, at: Int(cells[0].start))]
        }
        guard findings.isEmpty else { throw Diagnostics(findings) }
        guard let first else { throw Diagnostics(Diagnostic(file: file, message: "the file is empty; a table was expected")) }
        if hasHeader { cells.removeFirst(first.count) }
        if let given = format.columns {
            guard given.count == first.count else {
                throw Diagnostics(
                    Diagnostic(
                        file: file, line: 1,
                        message:
                            "found a row of \(fields(first.count)), but columns has \(given.count) names",
                        help: "name as many columns as there are fields, or say what the delimiter is"))
            }
            names = given
        }
        var table = Table(file: file, bytes: bytes, columns: names ?? first.map { "column\($0 + 1)" }, cells: cells)
        table.emptyTexts = format.empty.map { Array($0.utf8) }
        table.numberFormat = format.numbers
        table.hasHeader = hasHeader
        table.endsMidLine = scanner.endedWithoutLineBreak
        if table.columns.contains("*") {
            throw Diagnostics(
                Diagnostic(
                    file: file, line: 1, message: "found a column \"*\", the name that stands for all columns in an experiment",
                    help: "name the columns anew: {csv: {path: …, columns: […]}}"))
        }
        guard table.rowCount > 0 else { throw Diagnostics(Diagnostic(file: file, message: "found a header and no rows")) }
        return table
    }

    private static func isNumber(_ cell: Table.Cell, _ raw: UnsafeRawBufferPointer) -> Bool {
        (try? NumberParser.number(UnsafeRawBufferPointer(rebasing: raw[Int(cell.start)..<Int(cell.start) + cell.length]))) != nil
    }

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
        for (place, cell) in cells.enumerated() {
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
            names.append(name.isEmpty ? "column\(place + 1)" : name)
        }
        guard findings.isEmpty else { throw Diagnostics(findings) }
        return names
    }

    private static func finding(
        about row: Range<Int>, first: Range<Int>, hasHeader: Bool, cells: [Table.Cell], rowStart: Int, scanner: CSVScanner,
        places: TablePlaces
    ) -> Diagnostic? {
        let offset = row.isEmpty ? rowStart : Int(cells[row.lowerBound].start)
        let raw = places.bytes
        if row.count == first.count {
            guard hasHeader, first.count > 0, zip(row, first).allSatisfy({ raw.elementsEqual(cells[$0], cells[$1]) }) else { return nil }
            return places.diagnostic("found the header again", lineAt: offset, help: "it looks like two files were joined")
        }
        let expected = fields(first.count)
        let line = raw[offset..<min(scanner.endOfRow, raw.count)]
        if let marker = conflictMarker(line) {
            return places.diagnostic(
                "found \"\(marker)\" where a row of \(expected) was expected", lineAt: offset, help: "it looks like a merge conflict marker"
            )
        }
        let found = "found \(fields(row.count)) where a row of \(expected) was expected"
        if scanner.endedWithoutLineBreak, row.count < first.count {
            return places.diagnostic(found, lineAt: offset, help: "the file ends in the middle of a row, it may have been cut off")
        }
        return places.diagnostic(found, lineAt: offset)
    }

    private static func fields(_ count: Int) -> String { "\(count) \(count == 1 ? "field" : "fields")" }

    private static func unlikeTheOthers(_ count: Int, others: Int, places: TablePlaces, at offset: Int) -> Diagnostic {
        let help =
            count == 1
            ? "take away what stands above the table, such as a title or a comment"
            : count + 1 == others
                ? "if rows begin with a name that has no column, give the first column a name in the header" : "make header and rows agree"
        return places.diagnostic(
            "found a first line of \(fields(count)), and rows of \(fields(others)) below it", lineAt: offset, help: help)
    }

    static func conflictMarker(_ line: Slice<UnsafeRawBufferPointer>) -> String? {
        for marker in ["<<<<<<<", "=======", ">>>>>>>", "|||||||"] where line.starts(with: marker.utf8) { return marker }
        return nil
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func elementsEqual(_ one: Table.Cell, _ other: Table.Cell) -> Bool {
        one.length == other.length
            && self[Int(one.start)..<Int(one.start) + one.length].elementsEqual(self[Int(other.start)..<Int(other.start) + other.length])
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
