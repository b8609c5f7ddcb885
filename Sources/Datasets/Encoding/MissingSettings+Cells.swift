import Settings

extension MissingSettings {
    /// Whether what stands for an empty cell comes from the cells of the rows that the column is fitted on.
    var isLearning: Bool { self == .mean || self == .mostFrequent }

    /// What the keys of cached data say of it; nothing of cells that may not be empty.
    var keyText: String? {
        switch self {
        case .error: nil
        case .drop: "drop"
        case .mean: "mean"
        case .mostFrequent: "most-frequent"
        case .value(let text): "value \(EncodingKey.quoted(text))"
        }
    }

    /// Puts into empty cells, which are not numbers, what stands for them, and gives it as text; nil where nothing does.
    func fill(_ numbers: inout [Double], column: String, fittedOn rows: [Int32]) throws(DatasetError) -> String? {
        let value: Double
        let text: String
        switch self {
        case .error, .drop: return nil
        case .mean:
            let known = rows.map { numbers[Int($0)] }.filter { !$0.isNaN }
            guard !known.isEmpty else { throw .emptyColumn(column: column) }
            value = known.reduce(0) { $0 + $1 / Double(known.count) }
            text = "\(value)"
        case .mostFrequent:
            var counts: [Double: Int] = [:]
            for row in rows where !numbers[Int(row)].isNaN { counts[numbers[Int(row)], default: 0] += 1 }
            guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { throw .emptyColumn(column: column) }
            value = most.key
            text = "\(value)"
        case .value(let written):
            var copy = written
            let number = copy.withUTF8 { try? NumberParser.number(UnsafeRawBufferPointer($0)) }
            guard let number else {
                throw .wrongMissing(column: column, missing: "\"\(written)\"", expected: "a number, mean or most_frequent")
            }
            value = number
            text = written
        }
        for row in numbers.indices where numbers[row].isNaN { numbers[row] = value }
        return text
    }

    /// Puts into empty cells what stands for them, and gives it; nil where nothing does.
    func fill(_ categories: inout CategoryCells, column: String, fittedOn rows: [Int32]) throws(DatasetError) -> String? {
        let text: String
        switch self {
        case .error, .drop: return nil
        case .mean: throw .wrongMissing(column: column, missing: "the mean", expected: "drop, most_frequent or a category")
        case .mostFrequent:
            guard let most = categories.mostFrequent(in: rows) else { throw .emptyColumn(column: column) }
            text = most
        case .value(let written): text = written
        }
        categories.fill(with: text)
        return text
    }
}
