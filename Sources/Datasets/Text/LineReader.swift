import Documents
import FileSystem
import Settings

/// Reads lines of plain text with a label each into a table with the columns `text` and `class`. Quotes are characters like any other.
///
/// A label that begins with `__label__`, as fastText writes it, is taken without that. Blank lines and a byte order mark are skipped.
enum LineReader {
    private static let labelMark = Array("__label__".utf8)
    private static let tab = UInt8(ascii: "\t")

    /// Reads the file at `path`, unpacked when it is packed.
    static func read(_ file: FileBytes, path: String, format: LineFormat) throws -> Table {
        try read(CSVReader.contents(of: file, path: path), file: path, format: format)
    }

    /// Reads the lines in `bytes`; `file` is the name that messages give it.
    static func read(_ bytes: RawBytes, file: String, format: LineFormat) throws -> Table {
        let raw = bytes.bytes
        let places = TablePlaces(file: file, bytes: raw)
        try CSVReader.refuseOtherKinds(raw, places: places)
        let lines = lines(of: raw)
        guard !lines.isEmpty else {
            throw Diagnostics(Diagnostic(file: file, message: "the file is empty; lines with a label were expected"))
        }
        let separator = Separator(format.separator, lines: lines, raw: raw)
        // What most lines have, all need: a line without it would be read in another way.
        let hasMarks =
            lines.count {
                raw[trimmed($0, raw)].starts(with: labelMark) || format.label == .last && lastWord(of: $0, raw).starts(with: labelMark)
            } * 2
            > lines.count
        var cells: [Table.Cell] = []
        cells.reserveCapacity(2 * lines.count)
        var findings = LineFindings()
        for line in lines {
            if let marker = CSVReader.conflictMarker(raw[line]) {
                findings.add(
                    places.diagnostic(
                        "found \"\(marker)\" where a label and a text were expected", lineAt: line.lowerBound,
                        help: "it looks like a merge conflict marker"))
                continue
            }
            guard let (label, text) = separator.split(line, format.label, raw), !label.isEmpty else {
                findings.add(
                    places.diagnostic(
                        "found no \(separator.name) between a label and a text", lineAt: line.lowerBound,
                        help:
                            "write the label at the line's \(format.label == .first ? "start" : "end"), or say what stands between: separator"
                    ))
                continue
            }
            guard !text.isEmpty else {
                findings.add(
                    places.diagnostic(
                        "found the label \"\(shown(label, raw))\" and no text", lineAt: line.lowerBound,
                        help: "write a text, or take the line away"))
                continue
            }
            let isMarked = raw[label].starts(with: labelMark)
            if isMarked || hasMarks {
                let others = labels(in: text, raw)
                guard others.isEmpty else {
                    let all = (format.label == .first ? [label] + others : others + [label]).map { "\"\(shown($0, raw))\"" }
                    findings.add(
                        places.diagnostic(
                            "found \(all.count) labels, \(all.prefix(5).joined(separator: ", "))\(all.count > 5 ? ", …" : ""), where one was expected",
                            lineAt: line.lowerBound, help: "a target has one class a row; leave one label in each line"))
                    continue
                }
            }
            guard isMarked || !hasMarks else {
                findings.add(
                    places.diagnostic(
                        "found no label such as \"\(String(decoding: labelMark, as: UTF8.self))…\", as the other lines have",
                        lineAt: line.lowerBound,
                        help: "write one at the line's \(format.label == .first ? "start" : "end")"))
                continue
            }
            let mark = isMarked ? labelMark.count : 0
            cells.append(Table.Cell(start: text.lowerBound, length: text.count))
            cells.append(Table.Cell(start: label.lowerBound + mark, length: label.count - mark))
        }
        try findings.check()
        return Table(file: file, bytes: bytes, columns: ["text", "class"], cells: cells)
    }

    // MARK: - Labels

    /// The words of a text that are labels as fastText writes them.
    private static func labels(in text: Range<Int>, _ raw: UnsafeRawBufferPointer) -> [Range<Int>] {
        raw[text].split(whereSeparator: isSpace).filter { $0.starts(with: labelMark) && $0.count > labelMark.count }
            .map { $0.startIndex..<$0.endIndex }
    }

    private static func lastWord(of line: Range<Int>, _ raw: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
        let line = trimmed(line, raw)
        return raw[(raw[line].lastIndex(where: isSpace).map { $0 + 1 } ?? line.lowerBound)..<line.upperBound]
    }

    /// A label for messages, without its mark.
    private static func shown(_ label: Range<Int>, _ raw: UnsafeRawBufferPointer) -> String {
        let mark = raw[label].starts(with: labelMark) ? labelMark.count : 0
        return TablePlaces.shown(String(decoding: raw[label].dropFirst(mark), as: UTF8.self))
    }

    /// A range without the spaces and tabs at its ends.
    private static func trimmed(_ range: Range<Int>, _ raw: UnsafeRawBufferPointer) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isSpace(raw[start]) { start += 1 }
        while end > start, isSpace(raw[end - 1]) { end -= 1 }
        return start..<end
    }

    // MARK: - Guessing

    private static let linesLookedAt = 2000

    /// The format of lines that look like text with few labels that come again and again; nil when they do not.
    static func guess(_ raw: UnsafeRawBufferPointer) -> LineFormat? {
        let lines = Array(lines(of: raw).prefix(linesLookedAt))
        guard lines.count > 1 else { return nil }
        let separator = Separator(nil, lines: lines, raw: raw)
        for end in LineFormat.End.allCases {
            let pairs = lines.compactMap { separator.split($0, end, raw) }
            guard pairs.count == lines.count, pairs.allSatisfy({ !$0.label.isEmpty && $0.label.count <= 60 }) else { continue }
            let labels = Set(pairs.map { Array(raw[$0.label]) })
            let words = pairs.reduce(0) { $0 + raw[$1.text].split { $0 == 0x20 }.count }
            guard (2...max(2, min(50, lines.count / 4))).contains(labels.count), words > 3 * lines.count else { continue }
            return LineFormat(label: end)
        }
        return nil
    }

    // MARK: - Details

    /// The lines that are not blank, without what ends them.
    private static func lines(of raw: UnsafeRawBufferPointer) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = raw.starts(with: CSVReader.byteOrderMark) ? CSVReader.byteOrderMark.count : 0
        while start < raw.count {
            let end = raw[start...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? raw.count
            if !raw[start..<end].allSatisfy(isSpace) { lines.append(start..<end) }
            start = end + 1
        }
        return lines
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == tab }

    /// What stands between label and text.
    private enum Separator {
        case text([UInt8])
        case spaces

        init(_ written: String?, lines: [Range<Int>], raw: UnsafeRawBufferPointer) {
            if let written {
                self = .text(Array(written.utf8))
            } else {
                self = lines.count { raw[$0].contains(LineReader.tab) } * 2 > lines.count ? .text([LineReader.tab]) : .spaces
            }
        }

        var name: String {
            switch self {
            case .text([LineReader.tab]): "tab"
            case .text(let bytes): "\"\(String(decoding: bytes, as: UTF8.self))\""
            case .spaces: "space"
            }
        }

        /// The label and the text of a line; nil when nothing separates them. A label with a separator and nothing else has an empty text.
        func split(_ line: Range<Int>, _ end: LineFormat.End, _ raw: UnsafeRawBufferPointer) -> (label: Range<Int>, text: Range<Int>)? {
            let whole = LineReader.trimmed(line, raw)
            guard let gap = gap(whole, end, raw) ?? gap(line, end, raw) else { return nil }
            let (before, behind) = (
                LineReader.trimmed(line.lowerBound..<gap.lowerBound, raw), LineReader.trimmed(gap.upperBound..<line.upperBound, raw)
            )
            return end == .first ? (before, behind) : (behind, before)
        }

        private func gap(_ line: Range<Int>, _ end: LineFormat.End, _ raw: UnsafeRawBufferPointer) -> Range<Int>? {
            switch self {
            case .spaces:
                let place = end == .first ? raw[line].firstIndex(where: LineReader.isSpace) : raw[line].lastIndex(where: LineReader.isSpace)
                return place.map { $0..<$0 + 1 }
            case .text(let bytes):
                guard !bytes.isEmpty, line.count >= bytes.count else { return nil }
                let starts = line.lowerBound...line.upperBound - bytes.count
                func stands(_ start: Int) -> Bool { raw[start..<start + bytes.count].elementsEqual(bytes) }
                let start = end == .first ? starts.first(where: stands) : starts.last(where: stands)
                return start.map { $0..<$0 + bytes.count }
            }
        }
    }
}
