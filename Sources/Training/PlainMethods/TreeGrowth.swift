/// What a tree is grown by: sums over the rows of a node, and what a node of such sums is worth.
protocol TreeCriterion {
    /// How many numbers the sums are.
    var width: Int { get }
    /// Whether thresholds are tried from the largest down, which decides between equals.
    var startsAtTheTop: Bool { get }
    /// Adds what a row brings to the sums that begin at `first`.
    func add(_ row: Int, to sums: inout [Double], at first: Int)
    /// What splitting a node with sums `all` into one with `part` and the rest gains; nil where that is not allowed. Equal ones go to the feature that stands first.
    func gain(_ part: ArraySlice<Double>, of all: ArraySlice<Double>) -> Double?
    /// Whether a node may be split at all.
    func isOpen(_ all: ArraySlice<Double>) -> Bool
    /// The leaf's answer.
    func answer(_ all: ArraySlice<Double>) -> [Double]
}

/// A tree of decisions `x < threshold`, or for a tree that starts at the bottom `x ≤ threshold`. Features are compared in 32 bits.
struct GrownTree {
    struct Node {
        var feature = -1
        var threshold = 0.0
        var left = 0
        var right = 0
        var answer: [Double] = []
    }

    private(set) var nodes: [Node] = []
    private var isStrict = false

    /// Grows level by level: on each one pass over each feature's rows in the order of their numbers.
    init(_ columns: SortedColumns, _ criterion: some TreeCriterion, maxDepth: Int) {
        isStrict = criterion.startsAtTheTop
        let width = criterion.width
        var nodeOf = [Int](repeating: 0, count: columns.count)
        var root = [Double](repeating: 0, count: width)
        for row in 0..<columns.count { criterion.add(row, to: &root, at: 0) }
        nodes = [Node()]
        // The open nodes of the level, and their sums.
        var (open, sums) = ([0], root)
        var depth = 0
        while !open.isEmpty {
            var splits = [Split?](repeating: nil, count: open.count)
            let mayGrow = depth < maxDepth
            var placeOf = [Int](repeating: -1, count: nodes.count)
            for (place, node) in open.enumerated()
            where mayGrow && criterion.isOpen(sums[place * width..<(place + 1) * width]) { placeOf[node] = place }
            if placeOf.contains(where: { $0 >= 0 }) {
                let places = nodeOf.map { placeOf[$0] }
                for feature in columns.order.indices {
                    Self.search(columns, feature, criterion, places, sums, &splits)
                }
            }
            var (next, nextSums) = ([Int](), [Double]())
            for (place, node) in open.enumerated() {
                guard let split = splits[place] else {
                    nodes[node].answer = criterion.answer(sums[place * width..<(place + 1) * width])
                    continue
                }
                nodes[node].feature = split.feature
                nodes[node].threshold = split.threshold
                nodes[node].left = nodes.count
                nodes[node].right = nodes.count + 1
                next += [nodes.count, nodes.count + 1]
                nodes += [Node(), Node()]
            }
            var placeAmongNext = [Int](repeating: -1, count: nodes.count)
            for (place, node) in next.enumerated() { placeAmongNext[node] = place }
            nextSums = [Double](repeating: 0, count: next.count * width)
            for row in 0..<columns.count {
                let node = nodes[nodeOf[row]]
                guard node.feature >= 0 else { continue }
                nodeOf[row] = goesLeft(columns.values[node.feature][row], node) ? node.left : node.right
                criterion.add(row, to: &nextSums, at: placeAmongNext[nodeOf[row]] * width)
            }
            (open, sums) = (next, nextSums)
            depth += 1
        }
    }

    private struct Split {
        var gain: Double
        var feature: Int
        var threshold: Double
    }

    private static func search(
        _ columns: SortedColumns, _ feature: Int, _ criterion: some TreeCriterion, _ places: [Int], _ sums: [Double],
        _ splits: inout [Split?]
    ) {
        let width = criterion.width
        let values = columns.values[feature]
        let order = columns.order[feature]
        var part = [Double](repeating: 0, count: sums.count)
        var last = [Float](repeating: .nan, count: splits.count)
        for step in order.indices {
            let row = Int(order[criterion.startsAtTheTop ? order.count - 1 - step : step])
            let place = places[row]
            if place < 0 { continue }
            let value = values[row]
            // Like scikit-learn, a tree that starts at the bottom takes numbers for equal that are closer than this.
            if criterion.startsAtTheTop ? value < last[place] : value > last[place] + 1e-7 {
                let range = place * width..<(place + 1) * width
                if let gain = criterion.gain(part[range], of: sums[range]), gain > splits[place]?.gain ?? -.infinity {
                    let threshold = Self.middle(value, last[place], isStrict: criterion.startsAtTheTop)
                    splits[place] = Split(gain: gain, feature: feature, threshold: threshold)
                }
            }
            criterion.add(row, to: &part, at: place * width)
            last[place] = value
        }
    }

    /// Between two numbers that follow each other, such that it tells them apart.
    private static func middle(_ a: Float, _ b: Float, isStrict: Bool) -> Double {
        let (low, high) = (min(a, b), max(a, b))
        if isStrict {
            let middle = (low + high) * 0.5
            return Double(middle > low && middle <= high ? middle : high)
        }
        let middle = Double(low) / 2 + Double(high) / 2
        return middle >= Double(low) && middle < Double(high) ? middle : Double(low)
    }

    private func goesLeft(_ value: Float, _ node: Node) -> Bool {
        isStrict ? Double(value) < node.threshold : Double(value) <= node.threshold
    }

    /// The answer for a row, whose feature `value` gives.
    func answer(_ value: (Int) -> Float) -> [Double] {
        var node = nodes[0]
        while node.feature >= 0 { node = nodes[goesLeft(value(node.feature), node) ? node.left : node.right] }
        return node.answer
    }
}

/// The features of the train rows in 32 bits, and for each the rows in the order of its numbers, equal ones as they stand.
struct SortedColumns {
    let count: Int
    let values: [[Float]]
    let order: [[Int32]]

    init(_ rows: DenseRows, train: UnsafeBufferPointer<Int32>) {
        count = train.count
        let values = (0..<rows.features).map { feature in train.map { Float(rows[$0, feature]) } }
        self.values = values
        order = values.map { column in
            column.indices.map(Int32.init).sorted { (column[Int($0)], $0) < (column[Int($1)], $1) }
        }
    }
}
