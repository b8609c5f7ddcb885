/// Columns of numbers that stand in arrays.
struct NumberColumns: Sendable {
    /// Neighbouring columns, in pieces of rows.
    struct Block: Sendable {
        let names: [String]
        let pieces: [NumPyArray]
        /// The texts of a single column that holds no numbers.
        private(set) var cells: [String]?
        /// The shape of a row.
        var rowShape: [Int] { pieces.first.map { Array($0.shape.dropFirst()) } ?? [] }

        var rowCount: Int { cells?.count ?? pieces.reduce(0) { $0 + $1.rowCount } }

        /// Columns of numbers.
        init(names: [String], pieces: [NumPyArray]) { (self.names, self.pieces) = (names, pieces) }

        /// A column of texts.
        init(name: String, cells: [String]) { (names, pieces, self.cells) = ([name], [], cells) }
    }

    let blocks: [Block]
    /// The rows that are used; nil: all.
    private var kept: [Int32]?
    /// How many rows there are.
    private(set) var rowCount: Int

    init(blocks: [Block], rowCount: Int) {
        self.blocks = blocks
        self.rowCount = rowCount
    }

    var names: [String] { blocks.flatMap(\.names) }

    /// The shape that these columns have in each row when they are one array, all of it and in its order; nil for others.
    func shape(ofColumns names: [String]) -> [Int]? { blocks.first { $0.names == names && !$0.rowShape.isEmpty }?.rowShape }

    /// The numbers of a column; texts are none.
    func column(_ column: Int) -> [Double] { values(column, { $0.column($1) }, cells: { $0.map { _ in .nan } }) }

    /// The numbers of a column as text, or its texts.
    func texts(_ column: Int) -> [String] { values(column, { $0.texts($1) }, cells: { $0 }) }

    /// Whether a column holds texts.
    func isText(_ column: Int) -> Bool {
        var first = 0
        for block in blocks {
            if column - first < block.names.count { return block.cells != nil }
            first += block.names.count
        }
        return false
    }

    private func values<Value>(
        _ column: Int, _ read: (NumPyArray, Int) -> [Value], cells: ([String]) -> [Value]
    ) -> [Value] {
        var first = 0
        for block in blocks {
            if column - first < block.names.count {
                let all = block.cells.map(cells) ?? block.pieces.flatMap { read($0, column - first) }
                return kept.map { $0.map { all[Int($0)] } } ?? all
            }
            first += block.names.count
        }
        return []
    }

    /// Only these rows.
    func keeping(_ rows: [Int32]) -> NumberColumns {
        var columns = self
        columns.kept = rows.map { kept?[Int($0)] ?? $0 }
        columns.rowCount = rows.count
        return columns
    }
}

extension Table {
    /// A table of numbers.
    init(numbers: NumberColumns, file: String) {
        self.init(file: file, bytes: RawBytes(copying: []), columns: numbers.names, cells: [])
        hasPlaces = false
        self.numbers = numbers
    }

    /// A table in which this column has cells, and its place there. What is not a number in an array stands for an empty cell.
    func withCells(of column: Int) -> (table: Table, column: Int) {
        guard let numbers else { return (self, column) }
        var bytes: [UInt8] = []
        var cells: [Cell] = []
        for text in numbers.texts(column) {
            cells.append(Cell(start: bytes.count, length: text.utf8.count))
            bytes += text.utf8
        }
        var table = Table(file: file, bytes: RawBytes(copying: bytes), columns: [columns[column]], cells: cells)
        if numbers.isText(column) { table.textColumns = [0] } else { table.setFormat(empty: ["nan"]) }
        table.hasPlaces = false
        table.fileRows = fileRows
        return (table, 0)
    }
}
