import Settings

extension MissingSettings {
    /// Whether what stands for an empty cell comes from the cells of the rows that the column is fitted on.
    var isLearning: Bool { fill == .mean || fill == .median || fill == .mostFrequent }

    /// What the keys of cached data say of it; nothing of cells that may not be empty.
    var keyText: String? {
        let text: String? =
            switch fill {
            case .error: nil
            case .drop: "drop"
            case .mean: "mean"
            case .median: "median"
            case .mostFrequent: "most-frequent"
            case .value(let text): "value \(EncodingKey.quoted(text))"
            }
        return hasIndicator ? text.map { "\($0) indicator" } : text
    }

    /// Puts into empty cells, which are not numbers, what stands for them, and gives it as text; nil where nothing does.
    func fill(
        _ numbers: inout [Double], meaning: CellMeaning, column: String, fittedOn rows: [Int32]
    ) throws(DatasetError) -> String? {
        let value: Double
        var text: String?
        func known() throws(DatasetError) -> [Double] {
            let known = rows.map { numbers[Int($0)] }.filter { !$0.isNaN }
            if known.isEmpty { throw .emptyColumn(column: column) }
            return known
        }
        switch fill {
        case .error, .drop: return nil
        case .mean:
            guard meaning.isAmount else { throw .wrongMissing(column: column, missing: "the mean", expected: meaning.expectedFill) }
            let known = try known()
            value = known.reduce(0) { $0 + $1 / Double(known.count) }
        case .median:
            let sorted = try known().sorted()
            value = meaning.isAmount ? Quantile.of(sorted, 0.5) : sorted[(sorted.count - 1) / 2]
        case .mostFrequent:
            var counts: [Double: Int] = [:]
            for number in try known() { counts[number, default: 0] += 1 }
            value = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? .nan
        case .value(let written):
            guard let number = meaning.value(of: written) else {
                throw .wrongMissing(column: column, missing: "\"\(written)\"", expected: meaning.expectedFill)
            }
            value = number
            text = written
        }
        for row in numbers.indices where numbers[row].isNaN { numbers[row] = value }
        return text ?? meaning.text(of: value)
    }

    /// Puts into empty cells what stands for them, and gives it; nil where nothing does.
    func fill(_ categories: inout CategoryCells, column: String, fittedOn rows: [Int32]) throws(DatasetError) -> String? {
        let text: String
        switch fill {
        case .error, .drop: return nil
        case .median: throw .wrongMissing(column: column, missing: "the median", expected: "drop, most_frequent or a category")
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
