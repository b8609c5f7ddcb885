import Settings

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Gradient-boosted trees, as XGBoost's with `tree_method="exact"` grows them (Chen and Guestrin 2016): from g and h, the first and second derivatives of the loss by the scores, each
/// round grows a tree (for K classes K of them) whose splits gain most of Σ G² / (H + lambda), and adds the learning rate times −G / (H + lambda) of each leaf. Two classes are
/// logistic, more a softmax, numbers squared errors. The scores begin at the log odds, the log shares, or the mean of the train rows; XGBoost begins elsewhere unless told.
///
/// It is our own: XGBoost's library would be one more thing to install for every user, with threads and a format of its own, for one method in the report; exact greedy
/// splits are two pages. The number of rounds is given and not chosen on the validation rows, since these judge.
struct BoostedTrees: FittedMethod {
    private static let mostOperations = 2e10

    private var trees: [GrownTree] = []
    private let start: [Float]
    private let learningRate: Float
    private let isOfClasses: Bool

    /// Probabilities of classes.
    init(
        _ rows: DenseRows, _ classes: TrainClasses, _ settings: BoostedTreesSettings, train: UnsafeBufferPointer<Int32>
    ) throws(MethodRefusal) {
        let count = classes.count
        try Self.check(rows, train, settings, trees: count == 2 ? 1 : count)
        let total = classes.totals.reduce(0, +)
        let shares = classes.totals.map { max($0 / total, 1e-7) }
        start = count == 2 ? [Float(log(shares[1] / shares[0]))] : shares.map { Float(log($0)) }
        learningRate = Float(settings.learningRate)
        isOfClasses = true
        grow(SortedColumns(rows, train: train), settings) { scores, k, row, width in
            let weight = Float(classes.weights[row])
            let target: Float = classes.numbers[row] == (width == 1 ? 1 : k) ? 1 : 0
            if width == 1 {
                let p = 1 / (1 + expf(-scores[row]))
                return (Double((p - target) * weight), Double(max(p * (1 - p), 1e-16) * weight))
            }
            let own = scores[row * width..<(row + 1) * width]
            let largest = own.max() ?? 0
            let p = expf(own[row * width + k] - largest) / own.reduce(0) { $0 + expf($1 - largest) }
            return (Double((p - target) * weight), Double(max(2 * p * (1 - p) * weight, 1e-16)))
        }
    }

    /// Numbers.
    init(
        _ rows: DenseRows, _ values: [Double], _ settings: BoostedTreesSettings, train: UnsafeBufferPointer<Int32>
    ) throws(MethodRefusal) {
        try Self.check(rows, train, settings, trees: 1)
        let targets = train.map { Float(values[Int($0)]) }
        start = [Float(exactMean(train.map { values[Int($0)] }))]
        learningRate = Float(settings.learningRate)
        isOfClasses = false
        grow(SortedColumns(rows, train: train), settings) { scores, _, row, _ in (Double(scores[row] - targets[row]), 1) }
    }

    private static func check(
        _ rows: DenseRows, _ train: UnsafeBufferPointer<Int32>, _ settings: BoostedTreesSettings, trees: Int
    ) throws(MethodRefusal) {
        let passes = Double(settings.rounds * trees) * Double(settings.maxDepth)
        guard Double(train.count) * Double(rows.features) * passes <= mostOperations else { throw .tooLarge(train.count, rows.features) }
    }

    private mutating func grow(
        _ columns: SortedColumns, _ settings: BoostedTreesSettings,
        _ derivatives: (_ scores: [Float], _ output: Int, _ row: Int, _ width: Int) -> (Double, Double)
    ) {
        let width = start.count
        var scores = (0..<columns.count).flatMap { _ in start }
        for _ in 0..<settings.rounds {
            let before = scores
            for k in 0..<width {
                var (first, second) = ([Double](), [Double]())
                for row in 0..<columns.count {
                    let (g, h) = derivatives(before, k, row, width)
                    first.append(g)
                    second.append(h)
                }
                let criterion = BoostingCriterion(
                    first: first, second: second, lambda: settings.lambda, leaf: settings.minChildWeight)
                let tree = GrownTree(columns, criterion, maxDepth: settings.maxDepth)
                for row in 0..<columns.count {
                    scores[row * width + k] += learningRate * Float(tree.answer { columns.values[$0][row] }[0])
                }
                trees.append(tree)
            }
        }
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] {
        let table = table.dense
        let width = start.count
        let scores = rows.flatMap { row -> [Float] in
            var scores = start
            for (place, tree) in trees.enumerated() {
                scores[place % width] += learningRate * Float(tree.answer { Float(table[row, $0]) }[0])
            }
            return scores
        }.map(Double.init)
        return isOfClasses ? softmax(width == 1 ? scores.flatMap { [0, $0] } : scores, classes: max(width, 2)) : scores
    }
}

/// Σ g and Σ h.
private struct BoostingCriterion: TreeCriterion {
    /// Less gain is none.
    private static let leastGain = 1e-6
    let first: [Double]
    let second: [Double]
    let lambda: Double
    let leaf: Double

    var width: Int { 2 }
    var startsAtTheTop: Bool { true }

    func add(_ row: Int, to sums: inout [Double], at place: Int) {
        sums[place] += first[row]
        sums[place + 1] += second[row]
    }

    private func worth(_ g: Double, _ h: Double) -> Double { h + lambda > 0 ? g * g / (h + lambda) : 0 }

    func gain(_ part: ArraySlice<Double>, of all: ArraySlice<Double>) -> Double? {
        let (g, h) = (part[part.startIndex], part[part.startIndex + 1])
        let (allG, allH) = (all[all.startIndex], all[all.startIndex + 1])
        guard h >= leaf, allH - h >= leaf else { return nil }
        let gain = Double(Float(worth(g, h) + worth(allG - g, allH - h) - worth(allG, allH)))
        return gain > Self.leastGain ? gain : nil
    }

    func isOpen(_ all: ArraySlice<Double>) -> Bool { true }

    func answer(_ all: ArraySlice<Double>) -> [Double] {
        let (g, h) = (all[all.startIndex], all[all.startIndex + 1])
        return [h >= leaf && h + lambda > 0 ? -g / (h + lambda) : 0]
    }
}
