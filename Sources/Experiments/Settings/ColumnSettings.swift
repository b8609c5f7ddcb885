import Documents

/// How the columns of a table become features.
public struct InputSettings: Codable, Hashable, Sendable {
    /// Columns and their encodings, in the order of the file. The column `*` stands for all that are neither named, nor dropped, nor the target.
    public var columns: [ColumnEncoding]
    /// Columns that are left out.
    public var drop: [String]

    /// The columns that are used and those that are not.
    public init(columns: [ColumnEncoding], drop: [String] = []) {
        self.columns = columns
        self.drop = drop
    }
}

/// One column, or `*`, and its encoding.
public struct ColumnEncoding: Codable, Hashable, Sendable {
    /// The column's name, or `*`.
    public var column: String
    /// How its values become numbers.
    public var encoding: Encoding
    /// What stands for an empty cell.
    public var missing: MissingSettings
    /// Which rows its figures, categories or words come from.
    public var fit: FittedRows

    /// A column and its encoding.
    public init(column: String, encoding: Encoding, missing: MissingSettings = .error, fit: FittedRows = .train) {
        self.column = column
        self.encoding = encoding
        self.missing = missing
        self.fit = fit
    }
}

/// The column that is to be predicted.
public struct TargetSettings: Codable, Hashable, Sendable {
    /// The column's name.
    public var column: String
    /// How its values become numbers.
    public var encoding: Encoding
    /// What stands for an empty cell: `error` or `drop`.
    public var missing: MissingSettings
    /// Which rows its figures or classes come from.
    public var fit: FittedRows

    /// A target column and its encoding.
    public init(column: String, encoding: Encoding, missing: MissingSettings = .error, fit: FittedRows = .train) {
        self.column = column
        self.encoding = encoding
        self.missing = missing
        self.fit = fit
    }
}

/// What stands for an empty cell.
public enum MissingSettings: Codable, Hashable, Sendable {
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

/// Which rows a column is fitted on.
public enum FittedRows: String, Codable, Hashable, Sendable, CaseIterable {
    /// Those that train, which is all that a network may know.
    case train
    /// All of them, as many notes do.
    case all
}

// MARK: - In the file

extension InputSettings {
    static let schema = Schema<([String], [Keyed<WrittenEncoding>])>.map(
        of: "column", to: WrittenEncoding.schema,
        beside: Record<[String]>(
            "inputs",
            Field("drop", { $0 }, .list(of: .text("column's name")), default: [], doc: "Columns that are left out."),
            build: { $0 })
    ).mapped(
        to: { drop, columns in
            InputSettings(columns: columns.map { ColumnEncoding($0.value, of: $0.key) }, drop: drop)
        },
        from: { inputs in (inputs.drop, inputs.columns.map { Keyed(key: $0.column, value: WrittenEncoding($0)) }) }
    ).checked { inputs in
        inputs.columns.isEmpty ? Problem("% name no column", help: "\"*\" stands for all but the target") : nil
    }
}

extension TargetSettings {
    static let schema = Schema<Keyed<WrittenEncoding>>.single("column", to: WrittenEncoding.schema).mapped(
        to: { (target: Keyed<WrittenEncoding>) -> TargetSettings in
            let column = ColumnEncoding(target.value, of: target.key)
            return TargetSettings(column: column.column, encoding: column.encoding, missing: column.missing, fit: column.fit)
        },
        from: { (target: TargetSettings) -> Keyed<WrittenEncoding> in
            let column = ColumnEncoding(column: target.column, encoding: target.encoding, missing: target.missing, fit: target.fit)
            return Keyed(key: target.column, value: WrittenEncoding(column))
        }
    ).checked { target in
        target.missing == .error || target.missing == .drop
            ? nil : Problem("an empty cell of a target can only be an error or drop its row", help: "write missing: drop")
    }
}
