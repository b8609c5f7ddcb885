import Documents

/// The keys of `multi-hot`, `counts`, `tf-idf` and `tokens` as they stand in a file.
struct WrittenWords {
    var column: ColumnSettings
    /// The keys that stand and go with words, not with categories.
    var wordKeys: [String] = []
    /// Whether `unit` and `tokens` stand beside each other and say different things.
    var isUnitContradicted = false

    /// What the encodings of words are called together.
    static let family = "words"

    private static let plain = WordSettings()
    private static let usual = TFIDF()

    static let multiHot = Record<WrittenWords>(
        "multi-hot", vocabulary, tokens, minimumCount, skipTop,
        Field(
            optional: "separator", \.separator, .text("text"), misnomers: ["delimiter"],
            doc: "What stands between the categories of a cell, such as ;. Then they are no words."),
        ColumnSettings.fitField.of(\.column),
        Field(
            optional: "coding", { $0.words.coding == plain.coding ? nil : $0.words.coding }, WordCoding.schema,
            doc: "Which numbers a text has: \(plain.coding.rawValue) unless written."),
        ngrams, stopWords,
        build: { vocabulary, tokens, minimumCount, skipTop, separator, fit, coding, ngrams, stopWords in
            let keys: [(String, Bool)] = [
                ("vocabulary", vocabulary != nil), ("tokens", tokens != nil), ("minimum_count", minimumCount != nil),
                ("skip_top", skipTop != nil), ("coding", coding != nil), ("ngrams", ngrams != nil), ("stop_words", stopWords != nil),
            ]
            var words = words(tokens, minimumCount, skipTop, ngrams, stopWords)
            if let coding { words.coding = coding }
            return WrittenWords(
                column: ColumnSettings(
                    column: "", encoding: separator.map(Encoding.parts) ?? .multiHot(vocabulary: vocabulary, words: words), fit: fit),
                wordKeys: keys.filter(\.1).map(\.0))
        })

    static let counts = Record<WrittenWords>(
        "counts", vocabulary, tokens, minimumCount, skipTop, ColumnSettings.fitField.of(\.column), ngrams, stopWords,
        build: { vocabulary, tokens, minimumCount, skipTop, fit, ngrams, stopWords in
            var words = words(tokens, minimumCount, skipTop, ngrams, stopWords)
            words.weights = .counts
            return WrittenWords(column: ColumnSettings(column: "", encoding: .multiHot(vocabulary: vocabulary, words: words), fit: fit))
        })

    static let tfidf = Record<WrittenWords>(
        "tf-idf", vocabulary, tokens, minimumCount, skipTop, ColumnSettings.fitField.of(\.column), ngrams, stopWords,
        Field(
            "norm", \.tfidf.norm, RowNorm.schema, unlessWritten: usual.norm,
            doc: "What a text's numbers are divided by"),
        Field(
            "smooth_idf", \.tfidf.isSmooth, .boolean, unlessWritten: usual.isSmooth,
            doc: "Whether idf is ln((1 + n) / (1 + df)) + 1 of n texts of which df have the word, else ln(n / df) + 1"),
        Field(
            "sublinear_tf", \.tfidf.isSublinear, .boolean, unlessWritten: usual.isSublinear,
            doc: "Whether tf is 1 + ln c of a word that stands c times in the text, else c"),
        build: { vocabulary, tokens, minimumCount, skipTop, fit, ngrams, stopWords, norm, isSmooth, isSublinear in
            var words = words(tokens, minimumCount, skipTop, ngrams, stopWords)
            words.weights = .tfidf(TFIDF(isSmooth: isSmooth, isSublinear: isSublinear, norm: norm))
            return WrittenWords(column: ColumnSettings(column: "", encoding: .multiHot(vocabulary: vocabulary, words: words), fit: fit))
        })

    static let sequences = Record<WrittenWords>(
        "tokens", numbers, length, truncate, pad, unit, unitTokens, step, minimumCount, skipTop, sequenceFit, sequenceCoding, stopWords,
        build: sequence)

    private static func sequence(
        _ vocabulary: Int?, _ length: Int, _ truncate: TextEnd, _ pad: TextEnd, _ unit: TokenUnit?, _ tokens: Tokens?, _ step: Int,
        _ minimumCount: Int?, _ skipTop: Int?, _ fit: FittedRows, _ coding: WordCoding?, _ stopWords: StopWords?
    ) -> WrittenWords {
        var found = words(unit == .character ? .characters : tokens, minimumCount, skipTop, nil, stopWords)
        if let coding { found.coding = coding }
        let settings = TokenSettings(vocabulary: vocabulary, length: length, truncate: truncate, pad: pad, step: step, words: found)
        let isCharacter = unit == .character
        let isContradicted = unit != nil && tokens != nil && isCharacter != (tokens == .characters)
        return WrittenWords(
            column: ColumnSettings(column: "", encoding: .tokens(settings), fit: fit), wordKeys: stopWords == nil ? [] : ["stop_words"],
            isUnitContradicted: isContradicted)
    }

    private static let numbers = Field<WrittenWords, Int?>(
        optional: "vocabulary", \.vocabulary, .integer(TokenSettings.vocabularyBounds),
        misnomers: ["num_words", "max_tokens", "input_dim"],
        doc:
            "How many numbers there are: 0 for padding, 1 for unknown words, the others for the most frequent words; as many as there are words when it is missing."
    )
    private static let length = Field<WrittenWords, Int>(
        "length", \.sequence.length, .integer(TokenSettings.lengthBounds), misnomers: ["maxlen", "output_sequence_length"],
        doc: "How many numbers a row has.")
    private static let truncate = Field<WrittenWords, TextEnd>(
        "truncate", \.sequence.truncate, TextEnd.schema, unlessWritten: usualSequence.truncate, misnomers: ["truncating"],
        doc: "At which end longer texts are cut")
    private static let pad = Field<WrittenWords, TextEnd>(
        "pad", \.sequence.pad, TextEnd.schema, unlessWritten: usualSequence.pad, misnomers: ["padding"],
        doc: "At which end shorter texts are filled with zeros")
    private static let unit = Field<WrittenWords, TokenUnit?>(
        optional: "unit", { $0.words.tokens == .characters ? .character : nil }, TokenUnit.schema,
        doc: "What a number stands for: word unless written.")
    private static let unitTokens = Field<WrittenWords, Tokens?>(
        optional: "tokens", { $0.words.tokens == .characters ? nil : $0.words.tokens }, Tokens.schema, misnomers: ["tokenizer"],
        doc: "How texts are split; when it is missing, as the data set does: keras for tables and running text.")
    private static let step = Field<WrittenWords, Int>(
        "step", \.sequence.step, .integer(TokenSettings.lengthBounds), unlessWritten: usualSequence.step, misnomers: ["stride"],
        doc: "In running text, how many words or characters a row begins behind the one before")
    private static let sequenceFit: Field<WrittenWords, FittedRows> = ColumnSettings.fitField.of(\.column)
    private static let sequenceCoding = Field<WrittenWords, WordCoding?>(
        optional: "coding", { $0.words.coding == plain.coding ? nil : $0.words.coding }, WordCoding.schema,
        doc: "keras: 1 begins a text, 2 stands for unknown words, the word of rank r is r + 3; plain unless written.")

    private static let usualSequence = TokenSettings(length: 1)

    var problem: Problem? {
        if isUnitContradicted {
            return Problem("unit and tokens say different things", help: "leave out one of them", at: "tokens")
        }
        if separator != nil, let key = wordKeys.first {
            return Problem("\(key) goes with words, separator with categories", help: "keep one of them", at: key)
        }
        if words.coding == .keras, let key = wordKeys.first(where: { $0 == "ngrams" || $0 == "stop_words" }) {
            return Problem("\(key) and coding: keras do not go together", help: "keep one of them", at: key)
        }
        return nil
    }

    // MARK: - Keys

    private static let vocabulary = Field<WrittenWords, Int?>(
        optional: "vocabulary", \.vocabulary, .integer(.atLeast(1, upTo: 10_000_000)),
        misnomers: ["num_words", "max_features", "max_tokens"],
        doc: "How many words are kept, the most frequent ones, of equals those that come first; all when it is missing.")

    private static let tokens = Field<WrittenWords, Tokens?>(
        optional: "tokens", \.words.tokens, Tokens.schema, misnomers: ["tokenizer"],
        doc: "How texts are split; when it is missing, as the data set does: keras for tables.")

    private static let minimumCount = Field<WrittenWords, Int?>(
        optional: "minimum_count", { $0.words.minimumCount == plain.minimumCount ? nil : $0.words.minimumCount }, .integer(.atLeast(1)),
        misnomers: ["min_count"], doc: "Words that stand less often count as unknown: \(plain.minimumCount) unless written.")

    private static let skipTop = Field<WrittenWords, Int?>(
        optional: "skip_top", { $0.words.skipTop == plain.skipTop ? nil : $0.words.skipTop }, .integer(.atLeast(0)),
        doc: "So many of the most frequent words count as unknown: \(plain.skipTop) unless written.")

    private static let ngrams = Field<WrittenWords, ClosedRange<Int>?>(
        optional: "ngrams", { $0.words.ngrams == plain.ngrams ? nil : $0.words.ngrams }, runs, misnomers: ["ngram_range", "n_grams"],
        doc:
            "How many words in a row are taken for one, from and to: [1, 2] has single words and pairs, ranked together; [1, 1] unless written."
    )

    private static let stopWords = Field<WrittenWords, StopWords?>(
        optional: "stop_words", \.words.stopWords, StopWords.schema, misnomers: ["stopwords"],
        doc: "Words that are left out before anything is counted and put in a row: english, or a list of words in lower case.")

    private static let runs = Schema<[Int]>.list(of: .integer(.atLeast(1, upTo: 10))).checked { bounds in
        bounds.count == 2 && bounds[0] <= bounds[1]
            ? nil : Problem("% must be two whole numbers, the smaller first", help: "write [1, 2] for single words and pairs")
    }.mapped(to: { $0[0]...$0[1] }, from: { [$0.lowerBound, $0.upperBound] })

    private static func words(
        _ tokens: Tokens?, _ minimumCount: Int?, _ skipTop: Int?, _ ngrams: ClosedRange<Int>?, _ stopWords: StopWords?
    ) -> WordSettings {
        WordSettings(
            tokens: tokens, stopWords: stopWords, ngrams: ngrams ?? plain.ngrams, minimumCount: minimumCount ?? plain.minimumCount,
            skipTop: skipTop ?? plain.skipTop)
    }
}

extension WrittenWords {
    /// The column, when it has this encoding.
    static func reading(_ name: String) -> @Sendable (ColumnSettings) -> WrittenWords? {
        { $0.encoding.name == name ? WrittenWords(column: $0) : nil }
    }

    private var vocabulary: Int? {
        switch column.encoding {
        case .multiHot(let vocabulary, _): vocabulary
        case .tokens(let settings): settings.vocabulary
        default: nil
        }
    }
    private var words: WordSettings { column.encoding.words ?? Self.plain }
    private var sequence: TokenSettings { if case .tokens(let settings) = column.encoding { settings } else { Self.usualSequence } }
    private var separator: String? { if case .parts(let separator) = column.encoding { separator } else { nil } }
    private var tfidf: TFIDF { if case .tfidf(let settings) = words.weights { settings } else { Self.usual } }
}
