/// The classes' shares among the train rows, for every row; the largest is the majority.
struct ClassShares: FittedMethod {
    private let shares: [Double]

    init(_ labels: UnsafeBufferPointer<Int32>, classes: Int, train: UnsafeBufferPointer<Int32>) {
        var counts = [Int](repeating: 0, count: classes)
        for row in train { counts[Int(labels[Int(row)])] += 1 }
        shares = counts.map { Double($0) / Double(max(train.count, 1)) }
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] { rows.flatMap { _ in shares } }
}

/// The mean target of the train rows, for every row.
struct MeanTarget: FittedMethod {
    private let mean: Double

    init(_ values: [Double], train: UnsafeBufferPointer<Int32>) {
        let count = Double(max(train.count, 1))
        let rough = train.reduce(0) { $0 + values[Int($1)] } / count
        // The mean of what is left over takes back the rounding of a sum of large numbers.
        mean = rough + train.reduce(0) { $0 + (values[Int($1)] - rough) } / count
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] { rows.map { _ in mean } }
}
