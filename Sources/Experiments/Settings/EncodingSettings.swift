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
    /// Numeric where every cell is a number, else one-hot.
    case auto(scale: Scale)
}

/// How a text becomes words, and which of them have a number of their own.
public struct WordSettings: Codable, Hashable, Sendable {
    /// How texts are split; `nil`: as the data set does.
    public var tokens: Tokens?
    /// Words that stand less often count as unknown.
    public var minimumCount: Int
    /// So many of the most frequent words count as unknown.
    public var skipTop: Int

    /// Settings; without any, every word counts.
    public init(tokens: Tokens? = nil, minimumCount: Int = 1, skipTop: Int = 0) {
        self.tokens = tokens
        self.minimumCount = minimumCount
        self.skipTop = skipTop
    }
}

/// How texts are split into words.
public enum Tokens: String, Codable, Hashable, Sendable, CaseIterable {
    /// Lower case; all punctuation but the apostrophe separates words.
    case keras
    /// `[a-z0-9]+('[a-z]+)?` of the lower-cased text.
    case words
    /// Every character by itself.
    case characters
}

/// What to do with a category that no train row has.
public enum UnknownCategories: String, Codable, Hashable, Sendable, CaseIterable {
    /// Refuse it.
    case error
    /// Give it zeros everywhere.
    case ignore
}

/// How numbers are scaled; the figures come from the rows that the column is fitted on.
public enum Scale: String, Codable, Hashable, Sendable, CaseIterable {
    /// As they are.
    case none
    /// (x − mean) / standard deviation, population form.
    case standard
    /// (x − minimum) / (maximum − minimum).
    case minMax = "min-max"
}

// MARK: - In the file

/// A column's encoding and what stands beside it.
struct WrittenEncoding {
    var encoding: Encoding
    var missing: MissingSettings?
    var fit: FittedRows?
}

extension WrittenEncoding {
    init(_ column: ColumnEncoding) {
        self.init(
            encoding: column.encoding, missing: column.missing == .error ? nil : column.missing,
            fit: column.fit == .train ? nil : column.fit)
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
            "auto", auto.schema, doc: "Numeric where every cell is a number, else one-hot.", make: { $0 },
            get: { if case .auto = $0.encoding { $0 } else { nil } }))

    // MARK: - Cases

    private static let label = Record<WrittenEncoding>(
        "label", missingField, fitField, build: { WrittenEncoding(encoding: .label, missing: $0, fit: $1) })

    private static let oneHot = Record<WrittenEncoding>(
        "one-hot",
        Field(
            optional: "drop_first", { if case .oneHot(true, _) = $0.encoding { true } else { nil } }, .boolean,
            doc: "Whether the first category has no number of its own: false unless written."),
        Field(
            optional: "unknown", { if case .oneHot(_, .ignore) = $0.encoding { .ignore } else { nil } }, UnknownCategories.schema,
            doc: "What to do with a category that no train row has: error unless written."),
        missingField, fitField,
        build: { dropFirst, unknown, missing, fit in
            WrittenEncoding(encoding: .oneHot(dropFirst: dropFirst ?? false, unknown: unknown ?? .error), missing: missing, fit: fit)
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

    fileprivate static let fitField = Field<WrittenEncoding, FittedRows?>(
        optional: "fit", \.fit, FittedRows.schema, doc: "Which rows its figures and categories come from: train unless written.")
}

/// The keys of `multi-hot` as they stand in a file: some go with words, one with categories.
private struct WrittenMultiHot {
    var vocabulary: Int?
    var tokens: Tokens?
    var minimumCount: Int?
    var skipTop: Int?
    var separator: String?
    var fit: FittedRows?

    static let record = Record<WrittenMultiHot>(
        "multi-hot",
        Field(
            optional: "vocabulary", \.vocabulary, .integer(.atLeast(1, upTo: 10_000_000)), misnomers: ["num_words"],
            doc: "How many words are kept, the most frequent ones; all when it is missing."),
        Field(
            optional: "tokens", \.tokens, Tokens.schema, misnomers: ["tokenizer"],
            doc: "How texts are split; when it is missing, as the data set does: keras for tables."),
        Field(
            optional: "minimum_count", \.minimumCount, .integer(.atLeast(1)), misnomers: ["min_count"],
            doc: "Words that stand less often count as unknown: 1 unless written."),
        Field(
            optional: "skip_top", \.skipTop, .integer(.atLeast(0)),
            doc: "So many of the most frequent words count as unknown: 0 unless written."),
        Field(
            optional: "separator", \.separator, .text("text"), misnomers: ["delimiter"],
            doc: "What stands between the categories of a cell, such as ;. Then they are no words."),
        Field(optional: "fit", \.fit, FittedRows.schema, doc: "Which rows the words come from: train unless written."),
        build: WrittenMultiHot.init)

    var problem: Problem? {
        guard separator != nil else { return nil }
        let words: [(String, Bool)] = [
            ("vocabulary", vocabulary != nil), ("tokens", tokens != nil), ("minimum_count", minimumCount != nil),
            ("skip_top", skipTop != nil),
        ]
        guard let key = words.first(where: \.1)?.0 else { return nil }
        return Problem("\(key) goes with words, separator with categories", help: "keep one of them", at: key)
    }

    var encoding: WrittenEncoding {
        let words = WordSettings(tokens: tokens, minimumCount: minimumCount ?? 1, skipTop: skipTop ?? 0)
        return WrittenEncoding(encoding: separator.map(Encoding.parts) ?? .multiHot(vocabulary: vocabulary, words: words), fit: fit)
    }
}

extension WrittenMultiHot {
    init?(_ written: WrittenEncoding) {
        switch written.encoding {
        case .parts(let separator): self.init(separator: separator, fit: written.fit)
        case .multiHot(let vocabulary, let words):
            self.init(
                vocabulary: vocabulary, tokens: words.tokens, minimumCount: words.minimumCount == 1 ? nil : words.minimumCount,
                skipTop: words.skipTop == 0 ? nil : words.skipTop, fit: written.fit)
        default: return nil
        }
    }
}

extension ColumnEncoding {
    init(_ written: WrittenEncoding, of column: String) {
        self.init(column: column, encoding: written.encoding, missing: written.missing ?? .error, fit: written.fit ?? .train)
    }
}

extension MissingSettings {
    static let schema = Schema<String>.text("error, drop, mean, most_frequent, or a value").mapped(
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

extension FittedRows {
    static let schema = Schema<FittedRows>.enumeration(
        "rows to fit on",
        Choosable("train", .train, doc: "Those that train, which is all that a network may know."),
        Choosable("all", .all, doc: "All of them, as many notes do; figures of test rows leak into training."))
}

extension UnknownCategories {
    static let schema = Schema<UnknownCategories>.enumeration(
        "way with unknown categories",
        Choosable("error", .error, doc: "Refuse them."),
        Choosable("ignore", .ignore, doc: "Give them zeros everywhere."))
}

extension Tokens {
    static let schema = Schema<Tokens>.enumeration(
        "tokens",
        Choosable("keras", .keras, doc: "Lower case; all punctuation but the apostrophe separates words."),
        Choosable("words", .words, doc: "[a-z0-9]+('[a-z]+)? of the lower-cased text."),
        Choosable("characters", .characters, doc: "Every character by itself."))
}

extension Scale {
    static let schema = Schema<Scale>.enumeration(
        "scale",
        Choosable("none", .none, doc: "As they are."),
        Choosable("standard", .standard, doc: "(x − mean) / standard deviation."),
        Choosable("min-max", .minMax, doc: "(x − minimum) / (maximum − minimum)."))
}
