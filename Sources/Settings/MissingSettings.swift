import Documents

/// What stands for an empty cell.
public struct MissingSettings: Hashable, Sendable {
    /// Where it comes from.
    public enum Fill: Hashable, Sendable {
        /// Nothing: it is an error.
        case error
        /// Nothing: its row is left out.
        case drop
        /// The mean of the rows that the column is fitted on.
        case mean
        /// Their median: of an even count the mean of the two middle numbers, or the earlier of two dates and the lower of two ordered categories.
        case median
        /// What stands most often in those rows.
        case mostFrequent
        /// This text, as if it stood there.
        case value(String)
    }

    /// What stands for an empty cell.
    public var fill: Fill
    /// Whether a feature more tells which cells were empty: 1 where one was, else 0.
    public var hasIndicator: Bool

    /// What stands for an empty cell.
    public init(fill: Fill, hasIndicator: Bool = false) {
        self.fill = fill
        self.hasIndicator = hasIndicator
    }

    /// It is an error.
    public static let error = MissingSettings(fill: .error)
    /// Its row is left out.
    public static let drop = MissingSettings(fill: .drop)
    /// The mean of the rows that the column is fitted on.
    public static let mean = MissingSettings(fill: .mean)
    /// Their median.
    public static let median = MissingSettings(fill: .median)
    /// What stands most often in those rows.
    public static let mostFrequent = MissingSettings(fill: .mostFrequent)
    /// This text, as if it stood there.
    public static func value(_ text: String) -> MissingSettings { MissingSettings(fill: .value(text)) }
}

// MARK: - In the file

extension MissingSettings {
    package static let schema = Schema<MissingSettings>.either(
        Fill.schema.mapped(to: { MissingSettings(fill: $0) }, from: \.fill),
        Record<MissingSettings>(
            "missing",
            Field("fill", \.fill, Fill.schema, misnomers: ["strategy", "value"], doc: "What stands for an empty cell: \(Fill.words)."),
            Field(
                "indicator", \.hasIndicator, .boolean, unlessWritten: MissingSettings.error.hasIndicator, misnomers: ["add_indicator"],
                doc: "Whether a feature more is 1 where the cell was empty and else 0"),
            build: MissingSettings.init
        ).schema.checked { missing in
            missing.hasIndicator && (missing.fill == .error || missing.fill == .drop)
                ? Problem("an indicator tells of empty cells, of which none is left here", help: "write fill: median", at: "fill") : nil
        },
        writing: { $0.hasIndicator ? 1 : 0 })
}

extension MissingSettings.Fill {
    static let words = "error, drop, mean, median, most_frequent, or a value"

    fileprivate static let schema = Schema<String>.text(words).mapped(
        to: { text in
            switch text {
            case "error": .error
            case "drop": .drop
            case "mean": .mean
            case "median": .median
            case "most_frequent": .mostFrequent
            default: .value(text)
            }
        },
        from: { (fill: MissingSettings.Fill) in
            switch fill {
            case .error: "error"
            case .drop: "drop"
            case .mean: "mean"
            case .median: "median"
            case .mostFrequent: "most_frequent"
            case .value(let text): text
            }
        })
}
