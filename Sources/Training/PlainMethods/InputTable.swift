import Datasets

/// The inputs of rows, as methods read them.
enum InputTable {
    /// Plain numbers.
    case dense(DenseRows)
    /// A few numbers a row, the others 0.
    case sparse(SparseRows, features: Int)

    /// The plain numbers; none where the rows are sparse.
    var dense: DenseRows {
        switch self {
        case .dense(let rows): rows
        case .sparse: DenseRows(elements: [], features: 0)
        }
    }

    /// The width of a row.
    var features: Int {
        switch self {
        case .dense(let rows): rows.features
        case .sparse(_, let features): features
        }
    }
}

/// Row-major numbers of a data set.
struct DenseRows {
    let elements: [Double]
    let features: Int

    subscript(row: Int32, feature: Int) -> Double { elements[Int(row) * features + feature] }

    /// Whether a feature of these rows varies by no more than rounding.
    func isConstant(_ feature: Int, of rows: UnsafeBufferPointer<Int32>) -> Bool {
        guard let first = rows.first else { return true }
        var (low, high) = (self[first, feature], self[first, feature])
        for row in rows {
            low = min(low, self[row, feature])
            high = max(high, self[row, feature])
        }
        return !(low < high) || (low...high).isRoundingAlone
    }
}

extension SparseRows {
    /// Calls `body` with each column of a row and its number.
    @inline(__always) func forEach(of row: Int32, _ body: (Int, Double) -> Void) {
        for place in Int(offsets[Int(row)])..<Int(offsets[Int(row) + 1]) {
            body(Int(columns[place]), values.map { Double($0[place]) } ?? 1)
        }
    }
}

extension InputTable {
    /// The inputs of a data set: in 64 bits where they are dense.
    init(_ dataset: EncodedDataset, _ exact: ExactNumbers) {
        switch dataset.inputs {
        case .sparse(let offsets, let columns, let values):
            self = .sparse(
                SparseRows(offsets: Array(offsets), columns: Array(columns), values: values.map { Array($0) }),
                features: dataset.featureCount)
        case .dense, .tokens: self = .dense(DenseRows(elements: exact.inputs ?? [], features: exact.featureCount))
        }
    }

    /// The inputs of rows that were encoded as a data set's own.
    init(_ rows: EncodedRows) {
        switch rows.inputs {
        case .sparse(let sparse): self = .sparse(sparse, features: rows.featureCount)
        case .tokens: self = .dense(DenseRows(elements: [], features: 0))
        case .dense(let numbers): self = .dense(DenseRows(elements: numbers.map(Double.init), features: rows.featureCount))
        }
    }
}
