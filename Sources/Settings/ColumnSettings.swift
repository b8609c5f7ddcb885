import Documents

/// How the columns of a table become features.
public struct InputSettings: Codable, Hashable, Sendable {
    /// Columns and their encodings, in the order of the file. The column `*` stands for all that are neither named, nor dropped, nor the target.
    public var columns: [ColumnSettings]
    /// Columns that are left out, though they may be among `columns`.
    public var drop: [String]

    /// The columns that are used and those that are not.
    public init(columns: [ColumnSettings], drop: [String] = []) {
        self.columns = columns
        self.drop = drop
    }

    /// Puts the columns in the order of these names; columns that are not among them come last.
    public mutating func order(like names: [String]) {
        let places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let placed = columns.enumerated().map { (place: places[$1.column] ?? names.count, offset: $0, column: $1) }
        columns = placed.sorted { ($0.place, $0.offset) < ($1.place, $1.offset) }.map(\.column)
    }
}

/// One column and its encoding: an input, where `*` stands for all others, or the target.
public struct ColumnSettings: Codable, Hashable, Sendable {
    /// The column's name, or `*`.
    public var column: String
    /// How its values become numbers.
    public var encoding: Encoding
    /// What stands for an empty cell; of a target `error` or `drop`.
    public var missing: MissingSettings
    /// Which rows its figures, categories, classes or words come from.
    public var fit: FittedRows
    /// Of a target of two classes, the one that precision, recall, F1 and ROC AUC are of; nil: the second.
    public var positive: String?

    /// A column and its encoding.
    public init(
        column: String, encoding: Encoding, missing: MissingSettings = .error, fit: FittedRows = .train, positive: String? = nil
    ) {
        self.column = column
        self.encoding = encoding
        self.missing = missing
        self.fit = fit
        self.positive = positive
    }
}

// MARK: - In the file

extension InputSettings {
    package static let schema = Schema<([String], [Keyed<WrittenEncoding>])>.map(
        of: "column", to: WrittenEncoding.schema,
        beside: Record<[String]>(
            "inputs",
            Field(
                "drop", { $0 }, .list(of: .text("column's name")), default: [],
                doc: "Columns that are left out, also those that are named: {inputs.drop: [age]} is a variant without one."),
            build: { $0 })
    ).mapped(
        to: { drop, columns in
            InputSettings(columns: columns.map { ColumnSettings($0.value, of: $0.key) }, drop: drop)
        },
        from: { inputs in (inputs.drop, inputs.columns.map { Keyed(key: $0.column, value: WrittenEncoding($0)) }) }
    ).checked { inputs in
        inputs.columns.isEmpty ? Problem("% name no column", help: "\"*\" stands for all but the target") : nil
    }.checked { inputs in
        inputs.columns.first { $0.positive != nil }.map {
            Problem("only a target has a positive class, \"\($0.column)\" is an input", help: "leave out positive", at: $0.column)
        }
    }
}

extension ColumnSettings {
    /// The target: one column.
    package static let targetSchema = Schema<Keyed<WrittenEncoding>>.single("column", to: WrittenEncoding.schema).mapped(
        to: { (target: Keyed<WrittenEncoding>) -> ColumnSettings in ColumnSettings(target.value, of: target.key) },
        from: { (column: ColumnSettings) -> Keyed<WrittenEncoding> in Keyed(key: column.column, value: WrittenEncoding(column)) }
    ).checked { target in
        target.missing == .error || target.missing == .drop
            ? nil : Problem("an empty cell of a target can only be an error or drop its row", help: "write missing: drop")
    }.checked { target in
        guard case .oneHot(let dropFirst, let unknown) = target.encoding else { return nil }
        if dropFirst { return Problem("a target keeps every class", help: "leave out drop_first") }
        return unknown == .error ? nil : Problem("a row with an unknown class has no target", help: "leave out unknown")
    }

    init(_ written: WrittenEncoding, of column: String) {
        self.init(
            column: column, encoding: written.encoding, missing: written.missing ?? .error, fit: written.fit ?? .train,
            positive: written.positive)
    }
}
