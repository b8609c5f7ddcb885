import RandomNumbers
import Settings

/// Takes a part that is made of whole groups.
enum GroupedPart {
    /// The places of the part and of the rest, both in the order of `groups`' rows; each group is the places of its rows.
    ///
    /// In scikit-learn's order as `GroupShuffleSplit(test_size = f, random_state = seed)` has it: `ceil(f · groups)` groups, whatever their size. In our own
    /// and in that of the file the number of rows is as near as may be to the share: groups from the start of our permutation, or from the file's end.
    static func take(
        _ part: PartSettings, share: Double, named name: String, of groups: [[Int32]], numPy: () throws(DatasetError) -> NumPyRandomState
    ) throws(DatasetError) -> (part: [Int32], rest: [Int32]) {
        guard groups.count > 1 else { throw .tooFewGroups(part: name, groups: groups.count) }
        let order: [[Int32]]
        var count: Int
        switch part.shuffle {
        case .scikitLearn:
            var state = try numPy()
            order = state.permutation(groups.count).map { groups[Int($0)] }
            count = Int((Double(groups.count) * share).rounded(.up))
        case .philox:
            var stream = RandomStream(seed: part.seed, stream: .resplit, path: name)
            var shuffled = groups
            stream.shuffle(&shuffled)
            order = shuffled
            count = nearestCount(of: order, share: share)
        case .none:
            order = groups.reversed()
            count = nearestCount(of: order, share: share)
        case .numpy, .pandas: throw .groupedOrder(part: name)
        }
        guard count < groups.count else { throw .partTakesAllGroups(part: name, groups: groups.count) }
        return (order.prefix(count).flatMap(\.self).sorted(), order.dropFirst(count).flatMap(\.self).sorted())
    }

    /// How many groups, one at least and not all, have together the number of rows that is nearest to the share; of two as near the fewer.
    private static func nearestCount(of groups: [[Int32]], share: Double) -> Int {
        let wanted = Double(groups.reduce(0) { $0 + $1.count }) * share
        var best = (count: 1, distance: Double.infinity)
        var rows = 0
        for (place, group) in groups.dropLast().enumerated() {
            rows += group.count
            let distance = abs(Double(rows) - wanted)
            if distance < best.distance { best = (place + 1, distance) }
        }
        return best.count
    }
}

/// Deals whole groups to folds.
enum GroupedFolds {
    /// The fold of each place: groups in their order, each to the fold that has the fewest rows so far.
    static func balanced(_ groups: [[Int32]], folds count: Int, rows: Int) -> [Int32] {
        var sizes = [Int](repeating: 0, count: count)
        var folds = [Int32](repeating: -1, count: rows)
        for group in groups {
            let fold = sizes.indices.min { sizes[$0] < sizes[$1] } ?? 0
            sizes[fold] += group.count
            for place in group { folds[Int(place)] = Int32(fold) }
        }
        return folds
    }

    /// The largest groups first, as `GroupKFold` takes them: of groups of one size the later first.
    static func bySize(_ groups: [[Int32]]) -> [[Int32]] {
        groups.enumerated().sorted { ($0.element.count, $0.offset) > ($1.element.count, $1.offset) }.map(\.element)
    }

    /// The fold of each place as `StratifiedGroupKFold` has it: groups whose counts of the classes differ most among each other come first (of equal ones in
    /// the order given), each goes to the fold with which the classes' shares differ least between the folds, and of those to the one with the fewest rows.
    static func stratified(_ groups: [[Int32]], labels: [Int32], folds count: Int) -> [Int32] {
        let classes = Dictionary(uniqueKeysWithValues: Set(labels).sorted().enumerated().map { ($0.element, $0.offset) })
        let counts = groups.map { group in
            group.reduce(into: [Double](repeating: 0, count: classes.count)) { $0[classes[labels[Int($1)]] ?? 0] += 1 }
        }
        var totals = [Double](repeating: 0, count: classes.count)
        for counts in counts { for place in totals.indices { totals[place] += counts[place] } }
        let order = counts.map(deviation).enumerated().sorted { one, other in
            one.element != other.element ? one.element > other.element : one.offset < other.offset
        }.map(\.offset)
        var byFold = [[Double]](repeating: [Double](repeating: 0, count: classes.count), count: count)
        var folds = [Int32](repeating: -1, count: labels.count)
        for group in order {
            var best = (fold: 0, unevenness: Double.infinity, rows: Double.infinity)
            for fold in 0..<count {
                let kept = byFold[fold]
                for place in totals.indices { byFold[fold][place] += counts[group][place] }
                let deviations = totals.indices.map { place in deviation(byFold.map { $0[place] / totals[place] }) }
                byFold[fold] = kept
                let unevenness = deviations.reduce(0, +) / Double(deviations.count)
                let rows = kept.reduce(0, +)
                // NumPy's isclose: numbers that differ by rounding alone are equal.
                let isClose = abs(unevenness - best.unevenness) <= 1e-8 + 1e-5 * best.unevenness
                if unevenness < best.unevenness || (isClose && rows < best.rows) { best = (fold, unevenness, rows) }
            }
            for place in totals.indices { byFold[best.fold][place] += counts[group][place] }
            for place in groups[group] { folds[Int(place)] = Int32(best.fold) }
        }
        return folds
    }

    /// The standard deviation of all of these numbers (divided by their count).
    private static func deviation(_ numbers: [Double]) -> Double {
        let mean = numbers.reduce(0, +) / Double(numbers.count)
        return (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)).squareRoot()
    }
}
