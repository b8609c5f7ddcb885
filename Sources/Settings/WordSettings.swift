import Documents

/// How a text becomes words, and which of them have a number of their own.
public struct WordSettings: Hashable, Sendable {
    /// How texts are split; `nil`: as the data set does.
    public var tokens: Tokens?
    /// Words that stand less often count as unknown.
    public var minimumCount: Int
    /// So many of the most frequent words count as unknown.
    public var skipTop: Int
    /// Which numbers a text has.
    public var coding: WordCoding

    /// Settings; without any, every word counts.
    public init(tokens: Tokens? = nil, minimumCount: Int = 1, skipTop: Int = 0, coding: WordCoding = .plain) {
        self.tokens = tokens
        self.minimumCount = minimumCount
        self.skipTop = skipTop
        self.coding = coding
    }
}

/// Which numbers a text has.
public enum WordCoding: String, Codable, Hashable, Sendable, CaseIterable {
    /// One for each word that is kept; other words leave no trace.
    case plain
    /// As Keras codes its own data sets: the vocabulary counts four marks, one of them for words that are not kept.
    case keras
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

// MARK: - In the file

/// The keys of `multi-hot` as they stand in a file: some go with words, one with categories.
struct WrittenMultiHot {
    var column: ColumnSettings
    /// The keys that stand and go with words.
    var wordKeys: [String] = []

    private static let plain = WordSettings()

    static let record = Record<WrittenMultiHot>(
        "multi-hot",
        Field(
            optional: "vocabulary", \.vocabulary, .integer(.atLeast(1, upTo: 10_000_000)), misnomers: ["num_words"],
            doc: "How many words are kept, the most frequent ones; all when it is missing."),
        Field(
            optional: "tokens", \.words.tokens, Tokens.schema, misnomers: ["tokenizer"],
            doc: "How texts are split; when it is missing, as the data set does: keras for tables."),
        Field(
            optional: "minimum_count", { $0.words.minimumCount == plain.minimumCount ? nil : $0.words.minimumCount }, .integer(.atLeast(1)),
            misnomers: ["min_count"], doc: "Words that stand less often count as unknown: \(plain.minimumCount) unless written."),
        Field(
            optional: "skip_top", { $0.words.skipTop == plain.skipTop ? nil : $0.words.skipTop }, .integer(.atLeast(0)),
            doc: "So many of the most frequent words count as unknown: \(plain.skipTop) unless written."),
        Field(
            optional: "separator", \.separator, .text("text"), misnomers: ["delimiter"],
            doc: "What stands between the categories of a cell, such as ;. Then they are no words."),
        ColumnSettings.fitField.of(\.column),
        Field(
            optional: "coding", { $0.words.coding == plain.coding ? nil : $0.words.coding }, WordCoding.schema,
            doc: "Which numbers a text has: \(plain.coding.rawValue) unless written."),
        build: { vocabulary, tokens, minimumCount, skipTop, separator, fit, coding in
            var words = WordSettings(tokens: tokens)
            if let minimumCount { words.minimumCount = minimumCount }
            if let skipTop { words.skipTop = skipTop }
            if let coding { words.coding = coding }
            let keys: [(String, Bool)] = [
                ("vocabulary", vocabulary != nil), ("tokens", tokens != nil), ("minimum_count", minimumCount != nil),
                ("skip_top", skipTop != nil), ("coding", coding != nil),
            ]
            let encoding = separator.map(Encoding.parts) ?? .multiHot(vocabulary: vocabulary, words: words)
            return WrittenMultiHot(
                column: ColumnSettings(column: "", encoding: encoding, fit: fit), wordKeys: keys.filter(\.1).map(\.0))
        })

    var problem: Problem? {
        guard separator != nil, let key = wordKeys.first else { return nil }
        return Problem("\(key) goes with words, separator with categories", help: "keep one of them", at: key)
    }
}

extension WrittenMultiHot {
    init?(_ column: ColumnSettings) {
        switch column.encoding {
        case .parts, .multiHot: self.init(column: column)
        default: return nil
        }
    }

    private var vocabulary: Int? { if case .multiHot(let vocabulary, _) = column.encoding { vocabulary } else { nil } }
    private var words: WordSettings { if case .multiHot(_, let words) = column.encoding { words } else { Self.plain } }
    private var separator: String? { if case .parts(let separator) = column.encoding { separator } else { nil } }
}

extension Tokens {
    package static let schema = Schema<Tokens>.enumeration(
        "tokens",
        Choosable("keras", .keras, doc: "Lower case; all punctuation but the apostrophe separates words."),
        Choosable("words", .words, doc: "[a-z0-9]+('[a-z]+)? of the lower-cased text."),
        Choosable("characters", .characters, doc: "Every character by itself."))
}

extension WordCoding {
    package static let schema = Schema<WordCoding>.enumeration(
        "coding",
        Choosable("plain", .plain, doc: "One for each word that is kept; other words leave no trace."),
        Choosable(
            "keras", .keras,
            doc:
                "As Keras codes Reuters and IMDB: vocabulary counts four marks, one of them for other words, and words are ranked as Keras ranks them."
        ))
}
