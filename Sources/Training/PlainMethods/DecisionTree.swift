import Settings

/// A classification or regression tree (CART), as scikit-learn's with `criterion="gini"` or `"squared_error"`: each node is split where the impurity of its parts, weighted by
/// their rows, is least, at the middle between two numbers; a node that is pure or has the greatest depth is a leaf. Of equally good splits the one of the first feature is taken,
/// at its lowest threshold. Rows weigh by their class.
struct DecisionTree: FittedMethod {
    private static let mostOperations = 5e10
    private let tree: GrownTree

    /// The classes' shares in a leaf are the probabilities.
    init(
        _ rows: DenseRows, _ classes: TrainClasses, _ settings: TreeSettings, train: UnsafeBufferPointer<Int32>
    ) throws(MethodRefusal) {
        try Self.check(rows, train, settings, width: classes.count + 1)
        tree = GrownTree(
            SortedColumns(rows, train: train), GiniCriterion(classes: classes, leaf: Double(settings.minSamplesLeaf)),
            maxDepth: settings.maxDepth)
    }

    /// The mean of a leaf is the answer.
    init(
        _ rows: DenseRows, _ values: [Double], _ settings: TreeSettings, train: UnsafeBufferPointer<Int32>
    ) throws(MethodRefusal) {
        try Self.check(rows, train, settings, width: 3)
        let mean = exactMean(train.map { values[Int($0)] })
        let criterion = SquaredCriterion(
            values: train.map { values[Int($0)] - mean }, mean: mean, leaf: Double(settings.minSamplesLeaf))
        tree = GrownTree(SortedColumns(rows, train: train), criterion, maxDepth: settings.maxDepth)
    }

    private static func check(
        _ rows: DenseRows, _ train: UnsafeBufferPointer<Int32>, _ settings: TreeSettings, width: Int
    ) throws(MethodRefusal) {
        guard Double(train.count) * Double(rows.features) * Double(settings.maxDepth * width) <= mostOperations else {
            throw .tooLarge(train.count, rows.features)
        }
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] {
        let table = table.dense
        return rows.flatMap { row in tree.answer { Float(table[row, $0]) } }
    }
}

/// The weight of each class, then the number of rows. A part is worth Σ w² / Σ w: the larger, the less impurity.
private struct GiniCriterion: TreeCriterion {
    let classes: TrainClasses
    let leaf: Double

    var width: Int { classes.count + 1 }
    var startsAtTheTop: Bool { false }

    func add(_ row: Int, to sums: inout [Double], at first: Int) {
        sums[first + classes.numbers[row]] += classes.weights[row]
        sums[first + classes.count] += 1
    }

    func gain(_ part: ArraySlice<Double>, of all: ArraySlice<Double>) -> Double? {
        var (own, ownSquares, rest, restSquares) = (0.0, 0.0, 0.0, 0.0)
        let (start, from) = (part.startIndex, all.startIndex)
        let rows = part[start + classes.count]
        guard rows >= leaf, all[from + classes.count] - rows >= leaf else { return nil }
        for k in 0..<classes.count {
            let (a, b) = (part[start + k], all[from + k] - part[start + k])
            own += a
            ownSquares += a * a
            rest += b
            restSquares += b * b
        }
        return own > 0 && rest > 0 ? ownSquares / own + restSquares / rest : nil
    }

    func isOpen(_ all: ArraySlice<Double>) -> Bool { all.dropLast().count { $0 > 0 } > 1 && all[all.endIndex - 1] >= 2 * leaf }

    func answer(_ all: ArraySlice<Double>) -> [Double] {
        let sum = all.dropLast().reduce(0, +)
        return all.dropLast().map { $0 / sum }
    }
}

/// Σ y, Σ y² and the number of rows, for y from their mean. A part is worth (Σ y)² / n: the larger, the less squared error.
private struct SquaredCriterion: TreeCriterion {
    let values: [Double]
    let mean: Double
    let leaf: Double

    var width: Int { 3 }
    var startsAtTheTop: Bool { false }

    func add(_ row: Int, to sums: inout [Double], at first: Int) {
        sums[first] += values[row]
        sums[first + 1] += values[row] * values[row]
        sums[first + 2] += 1
    }

    func gain(_ part: ArraySlice<Double>, of all: ArraySlice<Double>) -> Double? {
        let (start, from) = (part.startIndex, all.startIndex)
        let (rows, others) = (part[start + 2], all[from + 2] - part[start + 2])
        guard rows >= leaf, others >= leaf, rows > 0, others > 0 else { return nil }
        let rest = all[from] - part[start]
        return part[start] * part[start] / rows + rest * rest / others
    }

    func isOpen(_ all: ArraySlice<Double>) -> Bool {
        let (sum, squares, rows) = (all[all.startIndex], all[all.startIndex + 1], all[all.startIndex + 2])
        return rows >= 2 * leaf && squares / rows - (sum / rows) * (sum / rows) > 1e-15 * squares / rows
    }

    func answer(_ all: ArraySlice<Double>) -> [Double] { [mean + all[all.startIndex] / all[all.startIndex + 2]] }
}
