import Documents

/// Walks through the bytes of a table, a row at a time.
struct CSVScanner {
    private let bytes: UnsafeRawBufferPointer
    private let delimiter: UInt8
    private let hasQuotes: Bool
    /// Where the next row begins.
    private(set) var place: Int
    /// Where the last row ended, before its line break.
    private(set) var endOfRow = 0
    /// Whether the last row was ended by the end of the file.
    private(set) var endedWithoutLineBreak = false

    init(bytes: UnsafeRawBufferPointer, place: Int, delimiter: UInt8, hasQuotes: Bool) {
        self.bytes = bytes
        self.place = place
        self.delimiter = delimiter
        self.hasQuotes = hasQuotes
    }

    /// Appends the cells of the next row that is not blank; false at the end of the file.
    mutating func nextRow(into cells: inout [Table.Cell], places: TablePlaces) throws(Diagnostics) -> Bool {
        while place < bytes.count, isLineBreak(bytes[place]) { place += 1 }
        guard place < bytes.count else { return false }
        while true {
            if hasQuotes, let opening = openingQuote {
                place = opening
                cells.append(try quotedCell(places: places))
            } else {
                let start = place
                while place < bytes.count, bytes[place] != delimiter, !isLineBreak(bytes[place]) { place += 1 }
                cells.append(Table.Cell(start: start, length: place - start))
            }
            if place < bytes.count, bytes[place] == delimiter {
                place += 1
                continue
            }
            endOfRow = place
            endedWithoutLineBreak = place == bytes.count
            if place < bytes.count {
                place += bytes[place] == carriageReturn && bytes[place + 1, default: 0] == lineFeed ? 2 : 1
            }
            return true
        }
    }

    /// Where the quote of the next cell opens, spaces before it left out; nil when the cell has none.
    private var openingQuote: Int? {
        var start = place
        while isSpace(bytes[start, default: 0]) { start += 1 }
        return bytes[start, default: 0] == quote ? start : nil
    }

    private mutating func skipSpaces() {
        while isSpace(bytes[place, default: 0]) { place += 1 }
    }

    private func isSpace(_ byte: UInt8) -> Bool { (byte == 0x20 || byte == 0x09) && byte != delimiter }

    private mutating func quotedCell(places: TablePlaces) throws(Diagnostics) -> Table.Cell {
        let opening = place
        var hasDoubledQuotes = false
        place += 1
        while true {
            while place < bytes.count, bytes[place] != quote { place += 1 }
            guard place < bytes.count else {
                throw Diagnostics(
                    places.diagnostic(
                        "the quote that opens here is never closed", at: opening..<opening + 1,
                        help: "close it, or write \"\" for a quote inside; or the file was cut off"))
            }
            if bytes[place + 1, default: 0] == quote {
                hasDoubledQuotes = true
                place += 2
                continue
            }
            let cell = Table.Cell(start: opening + 1, length: place - opening - 1, hasDoubledQuotes: hasDoubledQuotes)
            place += 1
            let closing = place
            skipSpaces()
            guard place == bytes.count || bytes[place] == delimiter || isLineBreak(bytes[place]) else {
                throw Diagnostics(
                    places.diagnostic(
                        "found text behind a closing quote", at: closing..<closing + 1, help: "write \"\" for a quote inside a quoted field"
                    ))
            }
            return cell
        }
    }

    private let quote = UInt8(ascii: "\"")
    private let carriageReturn = UInt8(ascii: "\r")
    private let lineFeed = UInt8(ascii: "\n")

    @inline(__always)
    private func isLineBreak(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }
}

extension UnsafeRawBufferPointer {
    fileprivate subscript(place: Int, default value: UInt8) -> UInt8 { place < count ? self[place] : value }
}
