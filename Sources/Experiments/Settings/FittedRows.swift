import Documents

/// Which rows a column is fitted on.
public enum FittedRows: String, Codable, Hashable, Sendable, CaseIterable {
    /// Those that train, which is all that a network may know.
    case train
    /// All of them, as many notes do.
    case all
}

// MARK: - In the file

extension FittedRows {
    static let schema = Schema<FittedRows>.enumeration(
        "rows to fit on",
        Choosable("train", .train, doc: "Those that train, which is all that a network may know."),
        Choosable("all", .all, doc: "All of them, as many notes do; figures of test rows leak into training."))
}
