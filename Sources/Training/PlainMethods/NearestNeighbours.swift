import Datasets

/// The shares of the classes, or the mean of the targets, among the five nearest train rows by Euclidean distance; of equally near ones the
/// earlier in the train rows' order.
struct NearestNeighbours: FittedMethod {
    private static let neighbours = 5
    private static let mostOperations = 5e10

    private let rows: DenseRows
    private let target: EncodedDataset.Target
    private let values: [Double]
    private let train: UnsafeBufferPointer<Int32>

    init(
        _ rows: DenseRows, target: EncodedDataset.Target, values: [Double], train: UnsafeBufferPointer<Int32>, of dataset: EncodedDataset
    ) throws(MethodRefusal) {
        let asked = Double(dataset.validation.count + dataset.test.count)
        guard Double(train.count) * asked * Double(rows.features) <= Self.mostOperations else {
            throw .tooLarge(train.count, rows.features)
        }
        self.rows = rows
        self.target = target
        self.values = values
        self.train = train
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] {
        self.rows.elements.withUnsafeBufferPointer { known in
            table.dense.elements.withUnsafeBufferPointer { asked in
                rows.flatMap { row in answer(nearest(to: row, in: asked, among: known)) }
            }
        }
    }

    private func answer(_ nearest: [Int32]) -> [Double] {
        let share = 1 / Double(max(nearest.count, 1))
        switch target {
        case .classes(let labels, let names):
            var votes = [Double](repeating: 0, count: names.count)
            for row in nearest { votes[Int(labels[Int(row)])] += share }
            return votes
        case .values, .severalLabels, .inputs: return [nearest.reduce(0) { $0 + values[Int($1)] * share }]
        }
    }

    private func nearest(
        to row: Int32, in asked: UnsafeBufferPointer<Double>, among known: UnsafeBufferPointer<Double>
    ) -> [Int32] {
        var best: [(distance: Double, row: Int32)] = []
        for candidate in train {
            let distance = distance(row, in: asked, candidate, in: known)
            if best.count == Self.neighbours, let worst = best.last, !(distance < worst.distance) { continue }
            let place = best.firstIndex { distance < $0.distance } ?? best.count
            best.insert((distance, candidate), at: place)
            if best.count > Self.neighbours { best.removeLast() }
        }
        return best.map(\.row)
    }

    private func distance(
        _ a: Int32, in asked: UnsafeBufferPointer<Double>, _ b: Int32, in known: UnsafeBufferPointer<Double>
    ) -> Double {
        let features = rows.features
        let left = Int(a) * features
        let right = Int(b) * features
        var sums = SIMD8<Double>.zero
        var feature = 0
        while feature + 8 <= features {
            var difference = SIMD8<Double>.zero
            for lane in 0..<8 { difference[lane] = asked[left + feature + lane] - known[right + feature + lane] }
            sums += difference * difference
            feature += 8
        }
        var sum = sums.sum()
        while feature < features {
            let difference = asked[left + feature] - known[right + feature]
            sum += difference * difference
            feature += 1
        }
        return sum
    }
}
