import Documents

/// How a text becomes words, which of them have a number of their own, and what that is.
public struct WordSettings: Hashable, Sendable {
    /// How texts are split; `nil`: as the data set does.
    public var tokens: Tokens?
    /// Words that are left out before anything is counted.
    public var stopWords: StopWords?
    /// How many words that follow each other make a term: `1...2` counts single words and pairs. Where words are spoken of, terms are meant.
    public var ngrams: ClosedRange<Int>
    /// Words that stand less often count as unknown.
    public var minimumCount: Int
    /// So many of the most frequent words count as unknown.
    public var skipTop: Int
    /// Which columns a text has.
    public var coding: WordCoding
    /// What stands in a word's column.
    public var weights: WordWeights

    /// Settings; without any, every word counts.
    public init(
        tokens: Tokens? = nil, stopWords: StopWords? = nil, ngrams: ClosedRange<Int> = 1...1, minimumCount: Int = 1, skipTop: Int = 0,
        coding: WordCoding = .plain, weights: WordWeights = .binary
    ) {
        self.tokens = tokens
        self.stopWords = stopWords
        self.ngrams = ngrams
        self.minimumCount = minimumCount
        self.skipTop = skipTop
        self.coding = coding
        self.weights = weights
    }
}

/// Which columns a text has.
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
