import Documents

/// Turns offsets into lines and columns, for messages. Lines end with `\n`, `\r\n` or a lone `\r`.
struct TablePlaces {
    let file: String
    let bytes: UnsafeRawBufferPointer

    /// The line of an offset, from 1.
    func line(of offset: Int) -> Int {
        var line = 1
        var place = 0
        while let end = endOfLine(from: place), nextLine(after: end) <= offset {
            line += 1
            place = nextLine(after: end)
        }
        return line
    }

    /// A finding about the whole line of `offset`.
    func diagnostic(_ message: String, lineAt offset: Int, help: String? = nil) -> Diagnostic {
        Diagnostic(file: file, line: line(of: offset), message: message, help: help)
    }

    /// A finding about some bytes of a line.
    func diagnostic(_ message: String, at range: Range<Int>, help: String? = nil) -> Diagnostic {
        let start = startOfLine(of: range.lowerBound)
        let end = endOfLine(from: start) ?? bytes.count
        guard end - start <= Diagnostic.longestLine else {
            let column = range.lowerBound - start + 1
            return Diagnostic(file: file, line: line(of: range.lowerBound), columns: column..<column + 1, message: message, help: help)
        }
        let lower = characters(start..<range.lowerBound)
        let columns = (lower + 1)..<(lower + 1 + max(1, characters(range.lowerBound..<min(range.upperBound, end))))
        return Diagnostic(
            file: file, line: line(of: range.lowerBound), columns: columns, sourceLine: String(decoding: bytes[start..<end], as: UTF8.self),
            message: message, help: help)
    }

    /// A cell's text on one line, cut when it is long.
    static func shown(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 }).shortened
    }

    // MARK: - Details

    private func characters(_ range: Range<Int>) -> Int {
        range.isEmpty ? 0 : String(decoding: bytes[range], as: UTF8.self).count
    }

    private func startOfLine(of offset: Int) -> Int {
        var start = offset
        while start > 0, bytes[start - 1] != UInt8(ascii: "\n"), bytes[start - 1] != UInt8(ascii: "\r") { start -= 1 }
        return start == 0 && bytes.starts(with: CSVReader.byteOrderMark) ? min(CSVReader.byteOrderMark.count, offset) : start
    }

    private func endOfLine(from start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        return bytes[start...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    }

    private func nextLine(after end: Int) -> Int {
        end + 1 < bytes.count && bytes[end] == UInt8(ascii: "\r") && bytes[end + 1] == UInt8(ascii: "\n") ? end + 2 : end + 1
    }
}
