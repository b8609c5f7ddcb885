/// A tree's mean over all settings but one or two, exactly: every leaf is a box, so the mean over the others is a sum over leaves of value times share of
/// the box (Hutter, Hoos and Leyton-Brown 2014).
struct TreeMarginals: Sendable {
    /// The parts of each setting that no split of the tree divides.
    struct Parts: Sendable {
        /// Where parts of a setting in 0…1 begin, 0 first; empty for categories.
        let starts: [Double]
        /// The share of each part.
        let shares: [Double]

        init(_ boxes: [[RegressionTree.Side]], setting: Int, categories: Int) {
            guard categories == 0 else {
                starts = []
                shares = Array(repeating: 1 / Double(categories), count: categories)
                return
            }
            let lows = boxes.map { box -> Double in
                if case .range(let low, _) = box[setting] { return low }
                return 0
            }
            starts = Set(lows).sorted()
            shares = zip(starts, starts.dropFirst() + [1]).map { $1 - $0 }
        }

        /// The parts that a side of a box is made of.
        func parts(of side: RegressionTree.Side) -> [Int] {
            switch side {
            case .range(let low, let high): Array(part(of: low)..<(high >= 1 ? starts.count : part(of: high)))
            case .categories(let set): shares.indices.filter { set >> UInt64($0) & 1 == 1 }
            }
        }

        /// The part that a value lies in.
        func part(of value: Double) -> Int {
            guard !starts.isEmpty else { return min(max(Int(value), 0), shares.count - 1) }
            var (low, high) = (0, starts.count)
            while high - low > 1 {
                let middle = (low + high) / 2
                if starts[middle] <= value { low = middle } else { high = middle }
            }
            return low
        }
    }

    let parts: [Parts]
    /// The tree's mean, and its variance over all settings.
    let mean: Double, variance: Double
    /// The mean over all other settings at each part of one.
    let single: [[Double]]
    /// The share of the variance that each setting has alone.
    let shares: [Double]

    private let boxes: [Box]

    /// A leaf by the parts it covers.
    private struct Box {
        let parts: [[Int]]
        let widths: [Double]
        let volume: Double
        let value: Double

        init(_ leaf: RegressionTree.Leaf, _ all: [Parts]) {
            let covered = zip(leaf.box, all).map { $1.parts(of: $0) }
            parts = covered
            widths = zip(covered, all).map { places, parts in places.reduce(0.0) { $0 + parts.shares[$1] } }
            volume = widths.reduce(1, *)
            value = leaf.value
        }
    }

    init(_ tree: RegressionTree, categories: [Int]) {
        let parts = categories.indices.map { Parts(tree.leaves.map(\.box), setting: $0, categories: categories[$0]) }
        let boxes = tree.leaves.map { Box($0, parts) }
        let mean = boxes.reduce(0.0) { $0 + $1.volume * $1.value }
        let variance = boxes.reduce(0.0) { sum, box in
            let deviation = box.value - mean
            return sum + box.volume * deviation * deviation
        }
        let single = parts.indices.map { setting -> [Double] in
            var means = [Double](repeating: 0, count: parts[setting].shares.count)
            for box in boxes {
                let weight = box.value * box.volume / box.widths[setting]
                for part in box.parts[setting] { means[part] += weight }
            }
            return means
        }
        shares = zip(single, parts).map { means, parts -> Double in
            guard variance > 0 else { return 0 }
            var sum = 0.0
            for (value, share) in zip(means, parts.shares) { sum += share * (value - mean) * (value - mean) }
            return sum / variance
        }
        self.parts = parts
        self.boxes = boxes
        self.mean = mean
        self.variance = variance
        self.single = single
    }

    /// The share of the variance that two settings have together, beyond what each has alone.
    func share(_ a: Int, _ b: Int) -> Double {
        guard variance > 0 else { return 0 }
        let columns = parts[b].shares.count
        var means = [Double](repeating: 0, count: parts[a].shares.count * columns)
        for box in boxes {
            let weight = box.value * box.volume / (box.widths[a] * box.widths[b])
            for row in box.parts[a] { for column in box.parts[b] { means[row * columns + column] += weight } }
        }
        var sum = 0.0
        for row in parts[a].shares.indices {
            for column in 0..<columns {
                let beyond = means[row * columns + column] - single[a][row] - single[b][column] + mean
                sum += parts[a].shares[row] * parts[b].shares[column] * beyond * beyond
            }
        }
        return sum / variance
    }
}
