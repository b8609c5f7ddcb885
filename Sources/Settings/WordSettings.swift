import Documents

/// How a text becomes words, and which of them have a number of their own.
public struct WordSettings: Codable, Hashable, Sendable {
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
    var vocabulary: Int?
    var tokens: Tokens?
    var minimumCount: Int?
    var skipTop: Int?
    var separator: String?
    var fit: FittedRows?
    var coding: WordCoding?

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
        Field(optional: "coding", \.coding, WordCoding.schema, doc: "Which numbers a text has: plain unless written."),
        build: WrittenMultiHot.init)

    var problem: Problem? {
        guard separator != nil else { return nil }
        let words: [(String, Bool)] = [
            ("vocabulary", vocabulary != nil), ("tokens", tokens != nil), ("minimum_count", minimumCount != nil),
            ("skip_top", skipTop != nil), ("coding", coding != nil),
        ]
        guard let key = words.first(where: \.1)?.0 else { return nil }
        return Problem("\(key) goes with words, separator with categories", help: "keep one of them", at: key)
    }

    var encoding: WrittenEncoding {
        let words = WordSettings(tokens: tokens, minimumCount: minimumCount ?? 1, skipTop: skipTop ?? 0, coding: coding ?? .plain)
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
                skipTop: words.skipTop == 0 ? nil : words.skipTop, fit: written.fit, coding: words.coding == .plain ? nil : words.coding)
        default: return nil
        }
    }
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
