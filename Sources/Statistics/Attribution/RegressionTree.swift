import RandomNumbers

/// A tree of splits on settings, each leaf the mean of the values that fell into it, and the boxes of settings that its leaves are.
struct RegressionTree: Sendable {
    /// A part of one setting's values.
    enum Side: Sendable {
        /// From the first to below the second, of 0…1.
        case range(Double, Double)
        /// The categories whose bits are set.
        case categories(UInt64)
    }

    struct Leaf: Sendable {
        let box: [Side]
        let value: Double
    }

    private struct Node {
        let setting: Int
        let left: Side
        /// Places of the two nodes below, or of a leaf as −1 − place.
        var below: (Int, Int)
    }

    private(set) var leaves: [Leaf] = []
    private var nodes: [Node] = []

    /// Grows a tree on the points of `rows`, which may repeat, by the splits that leave the least squares; each node looks at five of six settings.
    ///
    /// - Parameters:
    ///   - categories: how many categories each setting has, 0 for one in 0…1.
    ///   - smallest: how many points a leaf has at least.
    init(points: [[Double]], values: [Double], rows: [Int], categories: [Int], smallest: Int, stream: inout RandomStream) {
        let whole = categories.map { $0 == 0 ? Side.range(0, 1) : .categories($0 == 64 ? .max : 1 << UInt64($0) - 1) }
        _ = grow(rows, whole, Growth(points: points, values: values, categories: categories, smallest: smallest), &stream)
    }

    /// The value of the leaf that a point falls into.
    func value(at point: [Double]) -> Double {
        var place = nodes.isEmpty ? -1 : 0
        while place >= 0 {
            let node = nodes[place]
            place = node.left.contains(point[node.setting]) ? node.below.0 : node.below.1
        }
        return leaves[-1 - place].value
    }

    // MARK: - Growing

    private struct Growth {
        let points: [[Double]]
        let values: [Double]
        let categories: [Int]
        let smallest: Int
    }

    private mutating func grow(_ rows: [Int], _ box: [Side], _ growth: Growth, _ stream: inout RandomStream) -> Int {
        let mean = rows.reduce(0) { $0 + growth.values[$1] } / Double(rows.count)
        let differ = rows.contains { growth.values[$0] != growth.values[rows[0]] }
        guard differ, rows.count >= 2 * growth.smallest, let split = bestSplit(rows, box, mean, growth, &stream) else {
            leaves.append(Leaf(box: box, value: mean))
            return -leaves.count
        }
        let place = nodes.count
        nodes.append(Node(setting: split.setting, left: split.left, below: (0, 0)))
        var (left, right) = (box, box)
        left[split.setting] = split.left
        right[split.setting] = split.right
        let isLeft = { split.left.contains(growth.points[$0][split.setting]) }
        let first = grow(rows.filter(isLeft), left, growth, &stream)
        let second = grow(rows.filter { !isLeft($0) }, right, growth, &stream)
        nodes[place].below = (first, second)
        return place
    }

    private func bestSplit(
        _ rows: [Int], _ box: [Side], _ mean: Double, _ growth: Growth, _ stream: inout RandomStream
    ) -> (setting: Int, left: Side, right: Side)? {
        var order = Array(box.indices)
        stream.shuffle(&order)
        var best: (gain: Double, setting: Int, left: Side, right: Side)?
        for setting in order.prefix((5 * order.count + 5) / 6) {
            // Groups that no split can part, in an order that holds the best split: by value, or for categories by their means.
            var groups: [(key: Double, count: Int, sum: Double)]
            if growth.categories[setting] == 0 {
                groups = rows.map { (growth.points[$0][setting], 1, growth.values[$0] - mean) }
                groups.sort { $0.key < $1.key }
            } else {
                groups = (0..<growth.categories[setting]).map { (Double($0), 0, 0) }
                for row in rows {
                    groups[Int(growth.points[row][setting])].count += 1
                    groups[Int(growth.points[row][setting])].sum += growth.values[row] - mean
                }
                groups.removeAll { $0.count == 0 }
                groups.sort { $0.sum / Double($0.count) < $1.sum / Double($1.count) }
            }
            var (count, sum) = (0, 0.0)
            for place in groups.indices.dropLast() {
                count += groups[place].count
                sum += groups[place].sum
                guard groups[place].key != groups[place + 1].key, count >= growth.smallest, rows.count - count >= growth.smallest else {
                    continue
                }
                // The sum of squares falls by this much: the deviations from the mean sum to 0.
                let gain = sum * sum * (1 / Double(count) + 1 / Double(rows.count - count))
                guard gain > best?.gain ?? 0 else { continue }
                switch box[setting] {
                case .range(let low, let high):
                    // Anywhere between the neighbours, so that the trees of a forest differ.
                    let (below, above) = (groups[place].key, groups[place + 1].key)
                    let cut = above - stream.uniform() * (above - below)
                    guard cut > below else { continue }
                    best = (gain, setting, .range(low, cut), .range(cut, high))
                case .categories(let all):
                    let left = groups[...place].reduce(UInt64(0)) { $0 | 1 << UInt64($1.key) }
                    best = (gain, setting, .categories(left), .categories(all & ~left))
                }
            }
        }
        return best.map { ($0.setting, $0.left, $0.right) }
    }
}

extension RegressionTree.Side {
    func contains(_ value: Double) -> Bool {
        switch self {
        case .range(let low, let high): low <= value && value < high
        case .categories(let set): set >> UInt64(value) & 1 == 1
        }
    }
}
