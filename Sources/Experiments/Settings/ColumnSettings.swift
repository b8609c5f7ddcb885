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

    /// A column and its encoding.
    public init(column: String, encoding: Encoding) {
        self.column = column
        self.encoding = encoding
    }
}

/// The column that is to be predicted.
public struct TargetSettings: Codable, Hashable, Sendable {
    /// The column's name.
    public var column: String
    /// How its values become numbers.
    public var encoding: Encoding

    /// A target column and its encoding.
    public init(column: String, encoding: Encoding) {
        self.column = column
        self.encoding = encoding
    }
}

/// How the values of a column become numbers.
public enum Encoding: Codable, Hashable, Sendable {
    /// One number a class: 0, 1, 2, …
    case label
    /// As many numbers as there are classes, 1 at the value's own and 0 elsewhere.
    case oneHot
    /// As many numbers as there are words in the vocabulary, 1 at each word that occurs; `vocabulary: nil` keeps every word.
    case multiHot(vocabulary: Int?)
    /// The number itself, scaled by figures of the train rows alone.
    case numeric(scale: Scale)
}

/// How numbers are scaled; the figures come from the train rows.
public enum Scale: String, Codable, Hashable, Sendable, CaseIterable {
    /// As they are.
    case none
    /// (x − mean) / standard deviation, population form.
    case standard
    /// (x − minimum) / (maximum − minimum).
    case minMax = "min-max"
}

// MARK: - In the file

extension InputSettings {
    static let schema = Schema<([String], [Keyed<Encoding>])>.map(
        of: "column", to: Encoding.schema,
        beside: Record<[String]>(
            "inputs",
            Field("drop", { $0 }, .list(of: .text("column's name")), default: [], doc: "Columns that are left out."),
            build: { $0 })
    ).mapped(
        to: { drop, columns in
            InputSettings(columns: columns.map { ColumnEncoding(column: $0.key, encoding: $0.value) }, drop: drop)
        },
        from: { inputs in (inputs.drop, inputs.columns.map { Keyed(key: $0.column, value: $0.encoding) }) }
    ).checked { inputs in
        inputs.columns.isEmpty ? Problem("% name no column", help: "\"*\" stands for all but the target") : nil
    }
}

extension TargetSettings {
    static let schema = Schema<Keyed<Encoding>>.single("column", to: Encoding.schema).mapped(
        to: { TargetSettings(column: $0.key, encoding: $0.value) }, from: { Keyed(key: $0.column, value: $0.encoding) })
}

extension Encoding {
    static let schema = Schema<Encoding>.choice(
        "encoding", by: "encode",
        Case("label", .label, doc: "One number a class: 0, 1, 2, …"),
        Case("one-hot", .oneHot, doc: "As many numbers as there are classes: 1 at the value's own, 0 elsewhere."),
        Case(
            "multi-hot",
            Record<Int?>(
                "multi-hot",
                Field(
                    optional: "vocabulary", { $0 }, .integer(.atLeast(1, upTo: 10_000_000)),
                    doc: "How many words are kept, the most frequent ones; all when it is missing."),
                build: { .some($0) }
            ).schema, doc: "As many numbers as there are words: 1 at each word that occurs.", make: Encoding.multiHot(vocabulary:),
            get: { if case .multiHot(let vocabulary) = $0 { .some(vocabulary) } else { nil } }),
        Case(
            "numeric",
            Record<Scale>(
                "numeric",
                Field("scale", { $0 }, Scale.schema, default: .none, doc: "How the numbers are scaled, by figures of the train rows."),
                build: { $0 }
            ).schema, doc: "The number itself.", make: Encoding.numeric(scale:),
            get: { if case .numeric(let scale) = $0 { scale } else { nil } }))
}

extension Scale {
    static let schema = Schema<Scale>.enumeration(
        "scale",
        Choosable("none", .none, doc: "As they are."),
        Choosable("standard", .standard, doc: "(x − mean) / standard deviation."),
        Choosable("min-max", .minMax, doc: "(x − minimum) / (maximum − minimum)."))
}
