import Documents

/// Which rows a column is fitted on.
public enum FittedRows: String, Hashable, Sendable, CaseIterable {
    /// Those that train, which is all that a network may know.
    case train
    /// With folds, those that train in some fold, so those that validate as well; without, those that train.
    case folds
    /// All of them, as many notes do.
    case all
}

// MARK: - In the file

extension FittedRows {
    package static let schema = Schema<FittedRows>.enumeration(
        "rows to fit on",
        Choosable("train", .train, doc: "Those that train, with folds those of the fold: all that a network may know."),
        Choosable(
            "folds", .folds, doc: "Those that train in some fold, so also those that validate, as notes do that scale before they split."),
        Choosable("all", .all, doc: "All of them, as many notes do; figures of test rows leak into training."))
}
