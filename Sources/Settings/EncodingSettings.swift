import Documents

/// How the values of a column become numbers.
public enum Encoding: Codable, Hashable, Sendable {
    /// One number a class: 0, 1, 2, …
    case label
    /// As many numbers as there are classes, 1 at the value's own and 0 elsewhere; with `dropFirst` one fewer.
    case oneHot(dropFirst: Bool = false, unknown: UnknownCategories = .error)
    /// As many numbers as there are categories, 1 at each that stands in the cell, between separators.
    case parts(separator: String)
    /// As many numbers as there are words in the vocabulary, 1 at each word that occurs; `vocabulary: nil` keeps every word.
    case multiHot(vocabulary: Int?, words: WordSettings = WordSettings())
    /// The number itself, scaled.
    case numeric(scale: Scale)
    /// Numeric where cells are numbers, else one-hot; digits behind a leading zero are no number.
    case auto(scale: Scale)
}

/// What to do with a category that no train row has.
public enum UnknownCategories: String, Codable, Hashable, Sendable, CaseIterable {
    /// Refuse it.
    case error
    /// Give it zeros everywhere.
    case ignore
}

// MARK: - In the file

/// A column's encoding and what stands beside it.
struct WrittenEncoding {
    var encoding: Encoding
    var missing: MissingSettings?
    var fit: FittedRows?
    var positive: String?
}

extension WrittenEncoding {
    init(_ column: ColumnSettings) {
        self.init(
            encoding: column.encoding, missing: column.missing == .error ? nil : column.missing,
            fit: column.fit == .train ? nil : column.fit, positive: column.positive)
    }

    static let schema = Schema<WrittenEncoding>.choice(
        "encoding", by: "encode",
        Case(
            "label", label.schema, doc: "One number a class: 0, 1, 2, …", make: { $0 },
            get: { if case .label = $0.encoding { $0 } else { nil } }),
        Case(
            "one-hot", oneHot.schema, doc: "As many numbers as there are classes: 1 at the value's own, 0 elsewhere.", make: { $0 },
            get: { if case .oneHot = $0.encoding { $0 } else { nil } }),
        Case(
            "multi-hot", WrittenMultiHot.record.schema.checked(\.problem),
            doc: "As many numbers as there are words, or with separator categories: 1 at each that occurs.", make: \.encoding,
            get: WrittenMultiHot.init),
        Case(
            "numeric", numeric.schema, doc: "The number itself.", make: { $0 },
            get: { if case .numeric = $0.encoding { $0 } else { nil } }),
        Case(
            "auto", auto.schema,
            doc:
                "Numeric where cells are numbers, else one-hot; numbers with something else among them are refused, and 00501 is no number.",
            make: { $0 },
            get: { if case .auto = $0.encoding { $0 } else { nil } }))

    // MARK: - Cases

    private static let label = Record<WrittenEncoding>(
        "label", missingField, fitField, positiveField,
        build: { WrittenEncoding(encoding: .label, missing: $0, fit: $1, positive: $2) })

    private static let oneHot = Record<WrittenEncoding>(
        "one-hot",
        Field(
            optional: "drop_first", { if case .oneHot(true, _) = $0.encoding { true } else { nil } }, .boolean,
            doc: "Whether the first category has no number of its own: false unless written."),
        Field(
            optional: "unknown", { if case .oneHot(_, .ignore) = $0.encoding { .ignore } else { nil } }, UnknownCategories.schema,
            doc: "What to do with a category that no train row has: error unless written."),
        missingField, fitField, positiveField,
        build: { dropFirst, unknown, missing, fit, positive in
            WrittenEncoding(
                encoding: .oneHot(dropFirst: dropFirst ?? false, unknown: unknown ?? .error), missing: missing, fit: fit,
                positive: positive)
        })

    private static let numeric = Record<WrittenEncoding>(
        "numeric", scaleField, missingField, fitField,
        build: { WrittenEncoding(encoding: .numeric(scale: $0), missing: $1, fit: $2) })

    private static let auto = Record<WrittenEncoding>(
        "auto", scaleField, missingField, fitField, build: { WrittenEncoding(encoding: .auto(scale: $0), missing: $1, fit: $2) })

    private static let scaleField = Field<WrittenEncoding, Scale>(
        "scale",
        { written in
            switch written.encoding {
            case .numeric(let scale), .auto(let scale): scale
            default: .none
            }
        }, Scale.schema, default: .none, doc: "How the numbers are scaled, by figures of the rows that the column is fitted on.")

    private static let missingField = Field<WrittenEncoding, MissingSettings?>(
        optional: "missing", \.missing, MissingSettings.schema,
        doc: "What stands for an empty cell: error, drop, mean, most_frequent, or a value; error unless written.")

    private static let positiveField = Field<WrittenEncoding, String?>(
        optional: "positive", \.positive, .text("class's name"), misnomers: ["pos_label", "positive_class"],
        doc: "Of a target of two classes, the one that precision, recall, f1 and roc_auc are of: the second unless written.")

    static let fitField = Field<WrittenEncoding, FittedRows?>(
        optional: "fit", \.fit, FittedRows.schema, doc: "Which rows its figures and categories come from: train unless written.")
}

extension UnknownCategories {
    package static let schema = Schema<UnknownCategories>.enumeration(
        "way with unknown categories",
        Choosable("error", .error, doc: "Refuse them."),
        Choosable("ignore", .ignore, doc: "Give them zeros everywhere."))
}
