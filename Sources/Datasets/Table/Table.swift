/// The cells of a table, as places in its bytes.
package struct Table: Sendable {
    /// A cell: where its text begins, how long it is, and whether it stood in quotes that double a quote inside.
    package struct Cell: Sendable, Hashable {
        let start: UInt32
        private let lengthAndQuotes: UInt32

        init(start: Int, length: Int, hasDoubledQuotes: Bool = false) {
            self.start = UInt32(truncatingIfNeeded: start)
            lengthAndQuotes = UInt32(truncatingIfNeeded: length) << 1 | (hasDoubledQuotes ? 1 : 0)
        }

        var length: Int { Int(lengthAndQuotes >> 1) }
        var hasDoubledQuotes: Bool { lengthAndQuotes & 1 == 1 }
    }

    /// The name that messages give the file.
    package let file: String
    let bytes: RawBytes
    /// The columns' names.
    package let columns: [String]
    /// Row-major cells.
    let cells: [Cell]

    /// Texts that stand for an empty cell.
    var emptyTexts: [[UInt8]] = []
    /// Whether messages can say where a cell stands.
    var hasPlaces = true

    /// Where the numbers stand instead of cells; then `cells` is empty.
    var numbers: NumberColumns?

    /// How many rows there are, the header not among them.
    package var rowCount: Int { numbers?.rowCount ?? (columns.isEmpty ? 0 : cells.count / columns.count) }

    /// The cell of a row and a column.
    subscript(row: Int, column: Int) -> Cell { cells[row * columns.count + column] }

    /// The bytes of a cell, quotes as they were written.
    func rawBytes(of cell: Cell) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes.bytes[Int(cell.start)..<Int(cell.start) + cell.length])
    }

    /// A cell's text, or nil when it is not UTF-8.
    package func text(of cell: Cell) -> String? {
        guard let text = String(validating: rawBytes(of: cell), as: UTF8.self) else { return nil }
        return cell.hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text
    }

    /// Whether a cell has nothing but spaces in it, or a text that stands for an empty cell.
    func isEmpty(_ cell: Cell) -> Bool {
        var bytes = rawBytes(of: cell)[...]
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes = bytes.dropFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes = bytes.dropLast() }
        return bytes.isEmpty || emptyTexts.contains { bytes.elementsEqual($0) }
    }

    /// The table without the rows that have an empty cell in one of these columns.
    func leavingOutRows(emptyIn dropping: [Int]) -> Table {
        if numbers != nil { return self }
        var kept: [Cell] = []
        kept.reserveCapacity(cells.count)
        for row in 0..<rowCount where !dropping.contains(where: { isEmpty(self[row, $0]) }) {
            kept += cells[row * columns.count..<(row + 1) * columns.count]
        }
        return Table(file: file, bytes: bytes, columns: columns, cells: kept, emptyTexts: emptyTexts, hasPlaces: hasPlaces)
    }
}

extension Table {
    /// A table of one row that stands in no file.
    init(row: [String], columns: [String], name: String) {
        var bytes: [UInt8] = []
        var cells: [Cell] = []
        for text in row {
            cells.append(Cell(start: bytes.count, length: text.utf8.count))
            bytes += text.utf8
        }
        self.init(file: name, bytes: RawBytes(copying: bytes), columns: columns, cells: cells, hasPlaces: false)
    }
}

/// Bytes with whoever keeps them alive.
struct RawBytes: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    private let owner: any Sendable

    init(_ file: MappedFile) {
        bytes = file.bytes
        owner = file
    }

    init(copying array: [UInt8]) {
        let storage = ByteStorage(array)
        bytes = storage.bytes
        owner = storage
    }

    private final class ByteStorage: @unchecked Sendable {
        let bytes: UnsafeRawBufferPointer

        init(_ array: [UInt8]) {
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(array.count, 1), alignment: 16)
            buffer.copyBytes(from: array)
            bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<array.count])
        }

        deinit { bytes.deallocate() }
    }
}
