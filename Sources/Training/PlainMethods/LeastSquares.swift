/// The linear function with an intercept whose squared errors on the train rows are least, from a QR decomposition.
///
/// The columns are made orthogonal one after the other, twice each (Gram and Schmidt, "twice is enough"); a column that the ones before
/// it give already has the coefficient 0. Columns and target are seen from their means, so that what all numbers of a column have in common costs
/// no digits.
struct LeastSquares: FittedMethod {
    private static let mostOperations = 2e10
    /// Below this share of its length, seen from its mean, what is left of a column is rounding.
    private static let dependence = 1e-7

    /// The mean of the target and of each feature in the train rows, and a coefficient a feature.
    private let mean: Double
    private let means: [Double]
    private let coefficients: [Double]

    init(_ rows: DenseRows, _ values: [Double], train: UnsafeBufferPointer<Int32>) throws(MethodRefusal) {
        let columns = rows.features
        guard Double(train.count) * Double(columns + 1) * Double(columns + 1) <= Self.mostOperations else {
            throw .tooLarge(train.count, rows.features)
        }
        let means = (0..<columns).map { column in exactMean(train.map { rows[$0, column] }) }
        let mean = exactMean(train.map { values[Int($0)] })
        var basis: [(column: Int, vector: [Double])] = []
        var triangle: [[Double]] = []
        for column in 0..<columns {
            var vector = train.map { rows[$0, column] - means[column] }
            let length = dot(vector, vector).squareRoot()
            if rows.isConstant(column, of: train) { continue }
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
        var residual = train.map { values[Int($0)] - mean }
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
        var coefficients = [Double](repeating: 0, count: columns)
        for (place, known) in basis.enumerated() { coefficients[known.column] = solved[place] }
        self.mean = mean
        self.means = means
        self.coefficients = coefficients
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] {
        let table = table.dense
        return rows.map { row in coefficients.indices.reduce(mean) { $0 + coefficients[$1] * (table[row, $1] - means[$1]) } }
    }
}

/// The mean; that of what is left over takes back the rounding of a sum of large numbers.
func exactMean(_ numbers: [Double]) -> Double {
    let count = Double(max(numbers.count, 1))
    let rough = numbers.reduce(0, +) / count
    return rough + numbers.reduce(0) { $0 + ($1 - rough) } / count
}
