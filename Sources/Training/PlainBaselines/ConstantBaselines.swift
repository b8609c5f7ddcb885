/// The classes' shares among the train rows, for every row; the largest is the majority.
struct ClassShares: FittedBaseline {
    private let shares: [Float]

    init(_ labels: UnsafeBufferPointer<Int32>, classes: Int, train: UnsafeBufferPointer<Int32>) {
        var counts = [Int](repeating: 0, count: classes)
        for row in train { counts[Int(labels[Int(row)])] += 1 }
        shares = counts.map { Float($0) / Float(max(train.count, 1)) }
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: DenseRows) -> [Float] { rows.flatMap { _ in shares } }
}

/// The mean target of the train rows, for every row.
struct MeanTarget: FittedBaseline {
    private let means: [Float]

    init(_ values: UnsafeBufferPointer<Float>, width: Int, train: UnsafeBufferPointer<Int32>) {
        means = (0..<width).map { column in
            Float(train.reduce(0.0) { $0 + Double(values[Int($1) * width + column]) } / Double(max(train.count, 1)))
        }
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: DenseRows) -> [Float] { rows.flatMap { _ in means } }
}
