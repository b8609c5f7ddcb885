import Documents

/// What stands for an empty cell.
public enum MissingSettings: Hashable, Sendable {
    /// Nothing: it is an error.
    case error
    /// Nothing: its row is left out.
    case drop
    /// The mean of the rows that the column is fitted on.
    case mean
    /// What stands most often in those rows.
    case mostFrequent
    /// This text, as if it stood there.
    case value(String)
}

// MARK: - In the file

extension MissingSettings {
    package static let schema = Schema<String>.text("error, drop, mean, most_frequent, or a value").mapped(
        to: { text in
            switch text {
            case "error": .error
            case "drop": .drop
            case "mean": .mean
            case "most_frequent": .mostFrequent
            default: .value(text)
            }
        },
        from: { (missing: MissingSettings) in
            switch missing {
            case .error: "error"
            case .drop: "drop"
            case .mean: "mean"
            case .mostFrequent: "most_frequent"
            case .value(let text): text
            }
        })
}
