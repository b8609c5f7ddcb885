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

    /// How many rows there are, the header not among them.
    package var rowCount: Int { columns.isEmpty ? 0 : cells.count / columns.count }

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
