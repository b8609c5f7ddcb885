/// Deals rows with several labels each so that every label has its share of every fold or part (Sechidis, Tsoumakas and Vlahavas 2011): the rarest label is
/// dealt first, each of its rows to the fold that lacks most of it, of those to the one with the most room; rows without labels come last. Folds have
/// exactly the sizes that are asked for, so the shares are as near as these allow.
enum IterativeStratification {
    /// The fold of each row.
    ///
    /// - Parameters:
    ///   - sets: the numbers of each row's labels.
    ///   - order: the order in which rows are dealt, where the labels leave it open.
    ///   - sizes: how many rows each fold has, all together as many as there are.
    static func folds(of sets: [[Int32]], order: [Int32], sizes: [Int]) -> [Int32] {
        var rows = [[Int32]](repeating: [], count: Int(sets.joined().max() ?? -1) + 1)
        for row in order { for label in Set(sets[Int(row)]) { rows[Int(label)].append(row) } }
        var lacking = rows.map { rows in sizes.map { Double(rows.count * $0) / Double(max(sets.count, 1)) } }
        var left = rows.map(\.count)
        var room = sizes
        var folds = [Int32](repeating: -1, count: sets.count)
        func deal(_ row: Int32, by label: Int?) {
            let open = room.indices.filter { room[$0] > 0 }
            let best = open.max { one, other in
                let lack = label.map { (lacking[$0][one], lacking[$0][other]) } ?? (0, 0)
                return (lack.0, room[one], other) < (lack.1, room[other], one)
            }
            guard let fold = best else { return }
            folds[Int(row)] = Int32(fold)
            room[fold] -= 1
            for label in Set(sets[Int(row)]) {
                left[Int(label)] -= 1
                lacking[Int(label)][fold] -= 1
            }
        }
        while let label = left.indices.filter({ left[$0] > 0 }).min(by: { (left[$0], $0) < (left[$1], $1) }) {
            for row in rows[label] where folds[Int(row)] < 0 { deal(row, by: label) }
        }
        for row in order where folds[Int(row)] < 0 { deal(row, by: nil) }
        return folds
    }
}
