import Settings

/// Gives the words of texts columns.
///
/// As ``WordCoding/plain`` codes them, the words that are kept have columns in the order of their rank. As ``WordCoding/keras`` does, columns are Keras's
/// ids: 1 starts every text, 2 stands for a word that is not kept, and the word of rank `r` has id `r + 3`.
struct WordEncoder {
    static let startId = 1
    static let unknownId = 2
    static let unknownName = "(unknown)"
    static let mostColumns = 1 << 24

    /// How many columns there are.
    let columns: Int
    /// The words with a column of their own, in the order of their columns; with Keras's coding also those that are skipped, which stand first.
    let words: [String]
    private let settings: WordSettings
    /// How many of `words` count as unknown.
    private let skipTop: Int
    /// The column of each word number of the texts that were counted; -1 for a word without one.
    let ids: [Int]
    /// How many texts were counted.
    private let documents: Int
    /// In how many of them each column's word stands; empty unless that is asked for.
    private let documentCounts: [Int32]

    /// Counts the words of the rows `counted`, or of all texts. Without a vocabulary every word that stands often enough is kept.
    init(_ texts: WordColumn, of column: String, vocabulary: Int?, words settings: WordSettings, counted rows: [Int32]?)
        throws(DatasetError)
    {
        let ranking = WordRanking(texts, rows: rows)
        let coding = settings.coding
        self.settings = settings
        try DatasetEncoder.checkSize(rows: 1, features: texts.words.count + texts.rowCount)
        let frequent = ranking.numbers.prefix(ranking.counts.prefix { Int($0) >= settings.minimumCount }.count)
        let kept: ArraySlice<Int32>
        switch coding {
        case .plain:
            kept = frequent.dropFirst(settings.skipTop).prefix(vocabulary ?? frequent.count)
            columns = kept.count
            skipTop = 0
            guard columns > 0 else { throw .noWordKept(column: column) }
            guard columns <= Self.mostColumns else { throw .vocabularyOutOfRange(vocabulary: columns) }
        case .keras:
            columns = vocabulary ?? frequent.count + coding.firstWord
            skipTop = settings.skipTop
            guard columns >= coding.firstWord, columns <= Self.mostColumns else { throw .vocabularyOutOfRange(vocabulary: columns) }
            kept = frequent.prefix(columns - coding.firstWord)
        }
        words = kept.map { texts.word($0) }
        var places = [Int](repeating: -1, count: texts.distinctWords)
        for (place, number) in kept.enumerated() { places[Int(number)] = place }
        let skipTop = skipTop
        ids = places.map { Self.id(ofWordAt: $0, coding, skipTop: skipTop) }
        documents = rows?.count ?? texts.rowCount
        if case .tfidf = settings.weights {
            let counts = texts.documentCounts(in: rows)
            documentCounts = kept.map { counts[Int($0)] }
        } else {
            documentCounts = []
        }
    }

    /// What was learned; the words are the vocabulary's.
    func fitted(_ texts: WordColumn) -> FittedWords {
        FittedWords(
            columns: columns, tokens: texts.tokens, stopWords: settings.stopWords, ngrams: settings.ngrams, skipTop: skipTop,
            isLatin1: texts.isLatin1, coding: settings.coding, weights: settings.weights, documents: documents,
            documentCounts: documentCounts)
    }

    /// The column of each word number of other texts, among words that were learned before; -1 for a word without one.
    static func ids(of texts: WordColumn, among words: ArraySlice<String>, _ coding: WordCoding, skipTop: Int) -> [Int] {
        let places = Dictionary(words.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        return (0..<texts.distinctWords).map { id(ofWordAt: places[texts.word(Int32($0))] ?? -1, coding, skipTop: skipTop) }
    }

    /// What a column without a word of its own is called.
    static func name(ofReserved id: Int) -> String {
        switch id {
        case startId: "(start)"
        case unknownId: unknownName
        default: "(\(id))"
        }
    }

    /// The column of the word at a place of the vocabulary, -1 being none.
    private static func id(ofWordAt place: Int, _ coding: WordCoding, skipTop: Int) -> Int {
        if place >= skipTop { return place + coding.firstWord }
        return coding == .keras ? unknownId : -1
    }
}

extension WordCoding {
    /// The column of the first word: those before it are marks.
    var firstWord: Int { self == .keras ? 4 : 0 }
}
