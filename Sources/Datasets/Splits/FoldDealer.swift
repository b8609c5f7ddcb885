import RandomNumbers
import Settings

/// Deals the rows that neither test nor always train to folds.
struct FoldDealer {
    let rows: [Int32]
    let count: Int
    let kind: FoldKind
    let seed: Int
    let repeats: Int
    let gap: Int
    /// The classes of all rows, numbered.
    let labels: [Int32]?
    /// The labels of all rows where each may have several, numbered.
    let labelSets: [[Int32]]?
    /// The groups of all rows, none of which two folds may have.
    let groups: RowGroups?
    /// The stream of random numbers.
    var path = "folds"

    func folds() throws(DatasetError) -> SplitRows.Folds {
        guard count >= 2, rows.count / count > 0 else { throw .foldsDoNotFit(folds: count, available: rows.count) }
        if kind == .time { return try expanding() }
        var ofTrain: [Int32] = []
        for repetition in 0..<max(repeats, 1) {
            let dealt = try dealt(repetition)
            ofTrain += repetition == 0 ? dealt : dealt.map { $0 < 0 ? $0 : $0 + Int32(repetition * count) }
        }
        return SplitRows.Folds(count: count * max(repeats, 1), ofTrain: ofTrain)
    }

    // MARK: - Kinds

    private func dealt(_ repetition: Int) throws(DatasetError) -> [Int32] {
        if let groups { return try dealt(groups, repetition) }
        var order = rows.indices.map { Int32($0) }
        if kind != .contiguous { shuffle(&order, repetition) }
        var folds = [Int32](repeating: -1, count: rows.count)
        if kind == .stratified {
            if let labelSets {
                let sizes = (0..<count).map { rows.count / count + ($0 < rows.count % count ? 1 : 0) }
                return IterativeStratification.folds(of: rows.map { labelSets[Int($0)] }, order: order, sizes: sizes)
            }
            guard let labels else { throw .stratifiedFoldsNeedClasses }
            let byClass = order.enumerated().sorted { one, other in
                let classes = (labels[Int(rows[Int(one.element)])], labels[Int(rows[Int(other.element)])])
                return (classes.0, one.offset) < (classes.1, other.offset)
            }
            for (place, item) in byClass.enumerated() { folds[Int(item.element)] = Int32(place % count) }
        } else {
            let size = rows.count / count
            for (place, row) in order.enumerated() where place < size * count { folds[Int(row)] = Int32(place / size) }
        }
        return folds
    }

    private func dealt(_ groups: RowGroups, _ repetition: Int) throws(DatasetError) -> [Int32] {
        var found = groups.places(of: rows)
        guard found.count >= count else { throw .fewerGroupsThanFolds(column: groups.column, groups: found.count, folds: count) }
        if kind == .contiguous { return GroupedFolds.balanced(GroupedFolds.bySize(found), folds: count, rows: rows.count) }
        shuffle(&found, repetition)
        if kind == .shuffled { return GroupedFolds.balanced(found, folds: count, rows: rows.count) }
        guard let labels else { throw .stratifiedFoldsNeedClasses }
        return GroupedFolds.stratified(found, labels: rows.map { labels[Int($0)] }, folds: count)
    }

    /// Blocks at the end, as `TimeSeriesSplit(count, gap = gap)` has them: the rows of block `f` validate in fold `f`, and those before it train, but for
    /// the `gap` rows right before it.
    private func expanding() throws(DatasetError) -> SplitRows.Folds {
        let size = rows.count / (count + 1)
        let first = rows.count - size * count
        guard size > 0, first - gap > 0 else { throw .expandingFoldsDoNotFit(folds: count, gap: gap, available: rows.count) }
        let places = rows.indices
        return SplitRows.Folds(
            count: count, ofTrain: places.map { $0 < first ? -1 : Int32(($0 - first) / size) },
            // The first fold whose block begins behind the row and its gap.
            trainingFrom: places.map { place in Int32(max(0, (place + gap + 1 - first + size - 1) / size)) })
    }

    /// The first repeat has the order that folds without repeats have.
    private func shuffle<Element>(_ order: inout [Element], _ repetition: Int) {
        var stream = RandomStream(seed: seed, stream: .resplit, path: repetition == 0 ? path : "\(path) \(repetition + 1)")
        stream.shuffle(&order)
    }
}
