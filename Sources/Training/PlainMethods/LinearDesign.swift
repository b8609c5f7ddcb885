/// The train rows of a linear method with `n` rows and `d` features, dense or sparse, and a last feature that is 1, for the intercept.
///
/// Coefficients are `[d + 1, outputs]`, the intercepts last; scores are `[n, outputs]`.
struct LinearDesign {
    let count: Int
    let features: Int
    /// What was taken off each feature; empty where nothing was.
    let means: [Double]
    private let rows: Rows
    /// Numbers that are not 0.
    let entries: Int

    private enum Rows {
        case dense([Double])
        case sparse(offsets: [Int], columns: [Int], values: [Double])
    }

    /// Dense features are centred where `isCentred`: that moves the intercept alone, and makes equations better to solve.
    init(_ table: InputTable, train: UnsafeBufferPointer<Int32>, isCentred: Bool) {
        count = train.count
        features = table.features
        switch table {
        case .dense(let dense):
            let width = dense.features
            var means = [Double](repeating: 0, count: width)
            if isCentred {
                for row in train { for feature in 0..<width { means[feature] += dense[row, feature] } }
                for feature in 0..<width { means[feature] /= Double(max(train.count, 1)) }
            }
            var elements: [Double] = []
            elements.reserveCapacity(train.count * width)
            for row in train { for feature in 0..<width { elements.append(dense[row, feature] - means[feature]) } }
            self.means = isCentred ? means : []
            rows = .dense(elements)
            entries = elements.count
        case .sparse(let sparse, _):
            var (offsets, columns, values) = ([0], [Int](), [Double]())
            for row in train {
                sparse.forEach(of: row) { column, value in
                    columns.append(column)
                    values.append(value)
                }
                offsets.append(columns.count)
            }
            means = []
            rows = .sparse(offsets: offsets, columns: columns, values: values)
            entries = columns.count
        }
    }

    /// x · w for every row, the intercepts included.
    func scores(_ weights: [Double], outputs: Int) -> [Double] {
        var scores = [Double](repeating: 0, count: count * outputs)
        scores.withUnsafeMutableBufferPointer { scores in
            weights.withUnsafeBufferPointer { weights in
                for row in 0..<count { for k in 0..<outputs { scores[row * outputs + k] = weights[features * outputs + k] } }
                forEachEntry { row, feature, value in
                    for k in 0..<outputs { scores[row * outputs + k] += value * weights[feature * outputs + k] }
                }
            }
        }
        return scores
    }

    /// Σ over rows of x times the row's `[outputs]`; where `isSquared`, of x².
    func gathered(_ byRow: [Double], outputs: Int, isSquared: Bool = false) -> [Double] {
        var sums = [Double](repeating: 0, count: (features + 1) * outputs)
        sums.withUnsafeMutableBufferPointer { sums in
            byRow.withUnsafeBufferPointer { byRow in
                for row in 0..<count { for k in 0..<outputs { sums[features * outputs + k] += byRow[row * outputs + k] } }
                forEachEntry { row, feature, value in
                    let factor = isSquared ? value * value : value
                    for k in 0..<outputs { sums[feature * outputs + k] += factor * byRow[row * outputs + k] }
                }
            }
        }
        return sums
    }

    @inline(__always) private func forEachEntry(_ body: (_ row: Int, _ feature: Int, _ value: Double) -> Void) {
        switch rows {
        case .dense(let elements):
            elements.withUnsafeBufferPointer { elements in
                for row in 0..<count { for feature in 0..<features { body(row, feature, elements[row * features + feature]) } }
            }
        case .sparse(let offsets, let columns, let values):
            for row in 0..<count {
                for place in offsets[row]..<offsets[row + 1] { body(row, columns[place], values[place]) }
            }
        }
    }

    // MARK: - By columns

    /// One feature: the rows in which it is not 0, all where `rows` is nil, and its numbers there.
    struct Column {
        let rows: [Int]?
        let values: [Double]
    }

    /// The features one by one, without the intercept.
    func columns() -> [Column] {
        switch rows {
        case .dense(let elements):
            return (0..<features).map { feature in
                Column(rows: nil, values: (0..<count).map { elements[$0 * features + feature] })
            }
        case .sparse:
            var places = [[Int]](repeating: [], count: features)
            var values = [[Double]](repeating: [], count: features)
            forEachEntry { row, feature, value in
                places[feature].append(row)
                values[feature].append(value)
            }
            return zip(places, values).map { Column(rows: $0, values: $1) }
        }
    }
}

/// Coefficients that give scores: `[features + 1, outputs]`, the intercepts last, for features of which `means` were taken off (none where it is empty).
struct LinearScores {
    var weights: [Double]
    var outputs: Int
    var means: [Double]

    /// The scores of rows, one row after the other.
    func scores(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] {
        let features = weights.count / outputs - 1
        var scores: [Double] = []
        scores.reserveCapacity(rows.count * outputs)
        for row in rows {
            var sums = Array(weights[features * outputs..<(features + 1) * outputs])
            switch table {
            case .dense(let dense):
                for feature in 0..<features {
                    let value = dense[row, feature] - (means.isEmpty ? 0 : means[feature])
                    for k in 0..<outputs { sums[k] += value * weights[feature * outputs + k] }
                }
            case .sparse(let sparse, _):
                sparse.forEach(of: row) { feature, value in
                    for k in 0..<outputs { sums[k] += value * weights[feature * outputs + k] }
                }
            }
            scores += sums
        }
        return scores
    }
}
