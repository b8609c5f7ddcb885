import Settings

/// Tells of columns that are fitted on rows that do not train.
enum FittedRowsNotice {
    /// What is to be said of columns that learn something from the rows that their `fit` names.
    static func of(_ columns: [(name: String, fit: FittedRows)], _ split: SplitRows, rowCount: Int) -> [DatasetNotice] {
        let onFolds = split.folds == nil ? [] : columns.filter { $0.fit == .folds }.map(\.name)
        let onAll = split.folds == nil && split.train.count == rowCount ? [] : columns.filter { $0.fit == .all }.map(\.name)
        return [(onFolds, true), (onAll, false)].filter { !$0.0.isEmpty }.map { .fittedOnOthers(columns: $0.0, isFolds: $0.1) }
    }
}
