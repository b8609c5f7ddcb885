/// Rows of which the numbers that are not 0 are kept.
public struct SparseRows: Sendable, Hashable {
    /// Where each row begins in `columns`, and after the last row where it ends.
    public var offsets: [Int32]
    /// The columns of a row's numbers, ascending and without repeats.
    public var columns: [Int32]
    /// The numbers in these columns; nil where all are ones.
    public var values: [Float]?

    /// Rows in this form; without any, none.
    public init(offsets: [Int32] = [0], columns: [Int32] = [], values: [Float]? = nil) {
        self.offsets = offsets
        self.columns = columns
        self.values = values
    }

    /// Rows of ones in these columns.
    init(ones rows: [[Int32]]) {
        self.init()
        for row in rows {
            columns += row
            endRow()
        }
    }

    /// What is not 0 of a row-major matrix.
    init(_ matrix: [Float], width: Int) {
        self.init()
        var values: [Float] = []
        for start in stride(from: 0, to: matrix.count, by: max(width, 1)) {
            for column in 0..<width where matrix[start + column] != 0 {
                columns.append(Int32(column))
                values.append(matrix[start + column])
            }
            endRow()
        }
        self.values = values
    }

    /// Rows of several tables side by side, each with its number of columns.
    init(beside parts: [(rows: SparseRows, width: Int)], rows: Int) {
        self.init()
        let count = parts.reduce(0) { $0 + $1.rows.columns.count }
        let isOnes = parts.allSatisfy { $0.rows.values == nil }
        offsets.reserveCapacity(rows + 1)
        columns.reserveCapacity(count)
        var values: [Float] = []
        if !isOnes { values.reserveCapacity(count) }
        for row in 0..<rows {
            var first: Int32 = 0
            for part in parts {
                let places = Int(part.rows.offsets[row])..<Int(part.rows.offsets[row + 1])
                for place in places { columns.append(first + part.rows.columns[place]) }
                if !isOnes {
                    if let own = part.rows.values {
                        values += own[places]
                    } else {
                        values += repeatElement(1, count: places.count)
                    }
                }
                first += Int32(part.width)
            }
            endRow()
        }
        self.values = isOnes ? nil : values
    }

    /// Ends a row whose columns stand last.
    mutating func endRow() { offsets.append(Int32(columns.count)) }
}
