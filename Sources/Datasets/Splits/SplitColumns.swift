/// What a split asks of the columns of the rows.
package struct SplitColumns {
    /// For each row whether the column holds one of the values.
    let hasValue: (_ column: String, _ values: [String]) throws -> [Bool]
    /// The groups that a column makes of the rows.
    let groups: (_ column: String) throws -> RowGroups
    /// For each row the number, or the date as one, that a column has in it.
    let order: (_ column: String) throws -> [Double]

    /// For rows that have no columns but a text and a class.
    package static var none: SplitColumns { SplitColumns() }

    /// What columns there are; without a word there are none.
    package init(
        hasValue: @escaping (_ column: String, _ values: [String]) throws -> [Bool] = { name, _ in throw unknown(name) },
        groups: @escaping (_ column: String) throws -> RowGroups = { throw unknown($0) },
        order: @escaping (_ column: String) throws -> [Double] = { throw unknown($0) }
    ) {
        self.hasValue = hasValue
        self.groups = groups
        self.order = order
    }

    /// A column that is not there.
    package static func unknown(_ name: String) -> DatasetError { .unknownColumn(name: name, dataset: "the data set", known: []) }
}

/// Rows that belong together.
package struct RowGroups: Sendable {
    /// The group of each row, numbered in the order of ``names``.
    package let ofRow: [Int32]
    /// What the column holds in the rows of each group, sorted as categories are.
    package let names: [String]
    /// The column.
    package let column: String

    /// Groups of rows.
    package init(ofRow: [Int32], names: [String], column: String) {
        self.ofRow = ofRow
        self.names = names
        self.column = column
    }

    /// The groups of these rows with their places among them: by number, or by first appearance.
    func places(of rows: [Int32], byAppearance: Bool = false) -> [[Int32]] {
        var place: [Int32: Int] = [:]
        var found: [(group: Int32, places: [Int32])] = []
        for (index, row) in rows.enumerated() {
            let group = ofRow[Int(row)]
            if let known = place[group] {
                found[known].places.append(Int32(index))
            } else {
                place[group] = found.count
                found.append((group, [Int32(index)]))
            }
        }
        return (byAppearance ? found : found.sorted { $0.group < $1.group }).map(\.places)
    }

    /// Refuses a group with rows in two parts, or in two folds of one repeat.
    func check(_ split: SplitRows) throws(DatasetError) {
        var partOf: [Int32: String] = [:]
        for (part, rows) in [("train", split.train), ("validation", split.validation), ("test", split.test)] {
            for row in rows {
                let group = ofRow[Int(row)]
                if let known = partOf[group], known != part {
                    throw .groupInTwoParts(column: column, group: names[Int(group)], parts: [known, part])
                }
                partOf[group] = part
            }
        }
        guard let folds = split.folds else { return }
        for start in stride(from: 0, to: folds.ofTrain.count, by: max(split.train.count, 1)) {
            var foldOf: [Int32: Int32] = [:]
            for (row, fold) in zip(split.train, folds.ofTrain[start...]) {
                let group = ofRow[Int(row)]
                if let known = foldOf[group], known != fold {
                    throw .groupInTwoParts(column: column, group: names[Int(group)], parts: ["fold \(known + 1)", "fold \(fold + 1)"])
                }
                foldOf[group] = fold
            }
        }
    }
}
