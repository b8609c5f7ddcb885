import Settings

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

        /// The same cell where its bytes stand `offset` bytes further on.
        func moved(by offset: Int) -> Cell {
            Cell(start: Int(start) + offset, length: length, hasDoubledQuotes: hasDoubledQuotes)
        }
    }

    /// The name that messages give the file.
    package let file: String
    let bytes: RawBytes
    /// The columns' names.
    package let columns: [String]
    /// The place of each column.
    private let placeOfColumn: [String: Int]
    /// Row-major cells.
    var cells: [Cell]

    /// Texts that stand for an empty cell.
    private(set) var emptyTexts: [[UInt8]] = []
    /// Those of them that are numbers: whatever the way it is written, such a number stands for an empty cell of a column of numbers.
    private var emptyNumbers: Set<Double> = []
    /// How numbers are written.
    private(set) var numberFormat = NumberFormat()
    /// The names that the file's first line gives the columns; nil when it gives none.
    var headerNames: [String]?
    /// Whether the file ends without a line break.
    var endsMidLine = false
    /// Whether messages can say where a cell stands.
    var hasPlaces = true
    /// The files whose bytes stand one after the other in `bytes`, where there are several.
    var files: [JoinedFile] = []
    /// Columns of texts, which are no numbers though they may look like some: a form that tells texts from numbers says so.
    var textColumns: Set<Int> = []
    /// Where texts stand in the file that are kept behind its bytes because they are written there in another way, by where they are kept.
    var origins: [UInt32: Range<Int>] = [:]
    /// How many of the bytes are the file's, where others stand behind them.
    var fileLength: Int?
    /// The number of each row in its file, from 0; nil where row `r` of the table is row `r` of the file.
    var fileRows: [Int32]?

    /// Where the numbers stand instead of cells; then `cells` is empty.
    var numbers: NumberColumns?

    /// A table whose cells stand in `bytes`, row by row.
    init(file: String, bytes: RawBytes, columns: [String], cells: [Cell]) {
        self.file = file
        self.bytes = bytes
        self.columns = columns
        self.cells = cells
        placeOfColumn = Dictionary(columns.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// Says which texts stand for an empty cell, and how numbers are written.
    mutating func setFormat(empty: [String], numbers: NumberFormat = NumberFormat()) {
        emptyTexts = empty.map { Array($0.utf8) }
        numberFormat = numbers
        emptyNumbers = Set(
            emptyTexts.compactMap { text in
                text.withUnsafeBytes { (try? NumberParser.number($0, numbers)) ?? (try? NumberParser.number($0)) }
            })
    }

    /// The place of a column; nil when there is none of that name.
    func place(of column: String) -> Int? { placeOfColumn[column] }

    /// The same cells, of columns with these names.
    func renamed(_ columns: [String]) -> Table { with(bytes: bytes, columns: columns) }

    /// The same table with its cells in these bytes.
    func with(bytes: RawBytes) -> Table { with(bytes: bytes, columns: columns) }

    private func with(bytes: RawBytes, columns: [String]) -> Table {
        var table = Table(file: file, bytes: bytes, columns: columns, cells: cells)
        table.emptyTexts = emptyTexts
        table.emptyNumbers = emptyNumbers
        table.numberFormat = numberFormat
        table.headerNames = headerNames
        table.endsMidLine = endsMidLine
        table.hasPlaces = hasPlaces
        table.files = files
        table.textColumns = textColumns
        table.origins = origins
        table.fileLength = fileLength
        table.fileRows = fileRows
        table.numbers = numbers
        return table
    }

    /// How many rows there are, the header not among them.
    package var rowCount: Int { numbers?.rowCount ?? (columns.isEmpty ? 0 : cells.count / columns.count) }

    /// The cell of a row and a column.
    subscript(row: Int, column: Int) -> Cell { cells[row * columns.count + column] }

    /// The bytes of a cell, quotes as they were written.
    func rawBytes(of cell: Cell) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes.bytes[Int(cell.start)..<Int(cell.start) + cell.length])
    }

    /// The bytes of a cell without the spaces and tabs around them.
    func trimmedBytes(of cell: Cell) -> Slice<UnsafeRawBufferPointer> {
        var bytes = rawBytes(of: cell)[...]
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes = bytes.dropFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes = bytes.dropLast() }
        return bytes
    }

    /// A cell's text, or nil when it is not UTF-8.
    package func text(of cell: Cell) -> String? {
        guard let text = String(validating: rawBytes(of: cell), as: UTF8.self) else { return nil }
        return cell.hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text
    }

    /// Whether a cell has digits behind a leading zero, such as 00501, as codes have and numbers do not.
    func isCode(_ cell: Cell) -> Bool {
        let bytes = trimmedBytes(of: cell)
        return bytes.count > 1 && bytes.first == UInt8(ascii: "0") && bytes.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// The number in a cell.
    func number(in cell: Cell) throws(NumberParser.Problem) -> Double {
        try NumberParser.number(rawBytes(of: cell), numberFormat)
    }

    /// Whether a cell has nothing but spaces in it, or a text that stands for an empty cell.
    func isEmpty(_ cell: Cell) -> Bool {
        let bytes = trimmedBytes(of: cell)
        return bytes.isEmpty || emptyTexts.contains { bytes.elementsEqual($0) }
    }

    /// Whether a number stands for an empty cell.
    func isEmpty(_ number: Double) -> Bool { !emptyNumbers.isEmpty && emptyNumbers.contains(number) }

    /// The rows that have no empty cell in these columns, each with whether it is read as numbers.
    func rows(filledIn columns: [(place: Int, isNumeric: Bool)]) -> [Int32] {
        var isKept = [Bool](repeating: true, count: rowCount)
        for column in columns {
            let (table, place) = withCells(of: column.place)
            for row in 0..<rowCount {
                let cell = table[row, place]
                if table.isEmpty(cell) || column.isNumeric && (try? table.number(in: cell)).map(table.isEmpty) == true {
                    isKept[row] = false
                }
            }
        }
        return isKept.indices.filter { isKept[$0] }.map { Int32($0) }
    }

    /// The table of these rows, which keep the numbers that they have in their file.
    func keeping(_ rows: [Int32]) -> Table {
        var table = self
        table.fileRows = rows.map { fileRows?[Int($0)] ?? $0 }
        if let numbers {
            table.numbers = numbers.keeping(rows)
        } else {
            table.cells = []
            table.cells.reserveCapacity(rows.count * columns.count)
            for row in rows { table.cells += cells[Int(row) * columns.count..<(Int(row) + 1) * columns.count] }
        }
        return table
    }
}

extension Table {
    /// A table that stands in no file.
    init(rows: [[String]], columns: [String], name: String) {
        var bytes: [UInt8] = []
        var cells: [Cell] = []
        for text in rows.joined() {
            cells.append(Cell(start: bytes.count, length: text.utf8.count))
            bytes += text.utf8
        }
        self.init(file: name, bytes: RawBytes(copying: bytes), columns: columns, cells: cells)
        hasPlaces = false
    }
}
