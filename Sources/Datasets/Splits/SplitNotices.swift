import Settings

/// What is to be said of a split by groups or by time.
enum SplitNotices {
    /// - `inputs`: the columns that are inputs. `order`: the number of each row by which rows are in order, where the split has such a column.
    static func all(_ request: SplitSettings, _ split: SplitRows, inputs: [String], order: [Double]?) -> [DatasetNotice] {
        var notices: [DatasetNotice] = []
        if let group = request.group, inputs.contains(group) { notices.append(.groupAmongInputs(column: group)) }
        guard let column = request.order, let order else { return notices }
        if zip(order, order.dropFirst()).contains(where: { $0 > $1 }) { notices.append(.rowsNotInOrder(column: column)) }
        var cuts = [("validation", split.train, split.validation), ("test", split.train + split.validation, split.test)]
        if let folds = split.folds, !folds.trainingFrom.isEmpty {
            for fold in 0..<folds.count {
                cuts.append((request.foldName(fold + 1), split.training(whileValidating: fold), split.rows(validating: fold)))
            }
        }
        for (part, before, behind) in cuts {
            let earlier = Set(before.map { order[Int($0)] })
            let count = behind.count { earlier.contains(order[Int($0)]) }
            if count > 0 { notices.append(.orderTied(column: column, part: part, count: count, of: behind.count)) }
        }
        return notices
    }
}
