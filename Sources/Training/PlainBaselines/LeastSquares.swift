/// The linear function with an intercept whose squared errors on the train rows are least, from a QR decomposition.
///
/// The columns are made orthogonal one after the other, twice each (Gram and Schmidt, "twice is enough"); a column that the ones before
/// it give already has the coefficient 0.
struct LeastSquares: FittedBaseline {
    private static let mostOperations = 2e10
    /// Below this share of its length, what is left of a column is rounding.
    private static let dependence = 1e-7

    /// The intercept, then a coefficient a feature, for each value of the target.
    private let coefficients: [[Double]]

    init(
        _ rows: DenseRows, _ values: UnsafeBufferPointer<Float>, width: Int, train: UnsafeBufferPointer<Int32>
    ) throws(BaselineRefusal) {
        let columns = rows.features + 1
        guard Double(train.count) * Double(columns) * Double(columns) <= Self.mostOperations else {
            throw .tooLarge(train.count, rows.features)
        }
        var basis: [(column: Int, vector: [Double])] = []
        var triangle: [[Double]] = []
        for column in 0..<columns {
            var vector = train.map { column == 0 ? 1 : rows[$0, column - 1] }
            let length = dot(vector, vector).squareRoot()
            var shares = [Double](repeating: 0, count: basis.count)
            for _ in 0..<2 {
                for (place, known) in basis.enumerated() {
                    let share = dot(known.vector, vector)
                    shares[place] += share
                    for i in vector.indices { vector[i] -= share * known.vector[i] }
                }
            }
            let left = dot(vector, vector).squareRoot()
            guard left > length * Self.dependence, left.isFinite else { continue }
            for i in vector.indices { vector[i] /= left }
            basis.append((column, vector))
            triangle.append(shares + [left])
        }
        coefficients = (0..<width).map { value in
            var residual = train.map { Double(values[Int($0) * width + value]) }
            let wanted = basis.map { known in
                let share = dot(known.vector, residual)
                for i in residual.indices { residual[i] -= share * known.vector[i] }
                return share
            }
            var solved = [Double](repeating: 0, count: basis.count)
            for place in basis.indices.reversed() {
                let known = (place + 1..<basis.count).reduce(0) { $0 + triangle[$1][place] * solved[$1] }
                solved[place] = (wanted[place] - known) / triangle[place][place]
            }
            var all = [Double](repeating: 0, count: columns)
            for (place, known) in basis.enumerated() { all[known.column] = solved[place] }
            return all
        }
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: DenseRows) -> [Float] {
        rows.flatMap { row in
            coefficients.map { coefficients in
                Float((0..<table.features).reduce(coefficients[0]) { $0 + coefficients[$1 + 1] * table[row, $1] })
            }
        }
    }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
}
