import Settings

/// What was learned of a text whose words become a row of whole numbers; the words themselves are in the data set's vocabulary.
///
/// 0 fills short rows. As ``WordCoding/plain`` numbers them, 1 stands for every unknown word and the word of rank r, from 1, is r + 1, as in Keras's
/// `TextVectorization`; as ``WordCoding/keras`` does, 1 begins a text, 2 is unknown, and the word of rank r is r + 3, as in Keras's data sets.
public struct FittedTokens: Sendable, Hashable, Codable {
    /// How many numbers there are.
    public var vocabulary: Int
    /// How many a row has.
    public var length: Int
    /// At which end longer texts are cut.
    public var truncate: TextEnd
    /// At which end shorter texts are filled with zeros.
    public var pad: TextEnd
    /// How texts are split.
    public var tokens: Tokens
    /// Words that are left out.
    public var stopWords: StopWords?
    /// So many of the vocabulary's words, the first, count as unknown.
    public var skipTop: Int
    /// Whether the words come from Latin-1 text.
    public var isLatin1: Bool
    /// Which numbers words have.
    public var coding: WordCoding

    /// The number that fills short rows.
    public static let padding: Int32 = 0

    /// The number of a word that is not in the vocabulary.
    public var unknown: Int32 { coding == .keras ? Int32(WordEncoder.unknownId) : 1 }

    /// The number of the vocabulary's first word.
    public var firstWord: Int { coding == .keras ? coding.firstWord : 2 }

    /// What a number stands for: one of these words, which are the vocabulary's; nil: none.
    public func word(_ number: Int32, of words: [String]) -> String? {
        let place = Int(number) - firstWord
        return words.indices.contains(place) ? words[place] : nil
    }

    /// A row of numbers as text, without its padding; `?` stands for what is no word.
    public func text(_ row: some Sequence<Int32>, of words: [String]) -> String {
        row.filter { $0 != Self.padding }.map { word($0, of: words) ?? "?" }.joined(separator: tokens == .characters ? "" : " ")
    }

    // MARK: - Rows

    /// The number of each word of texts, among words that were learned.
    func numbers(of texts: WordColumn, among words: ArraySlice<String>) -> [Int32] {
        Self.numbers(WordEncoder.ids(of: texts, among: words, coding, skipTop: skipTop), coding)
    }

    /// Numbers from the columns that a ``WordEncoder`` gives words.
    static func numbers(_ columns: [Int], _ coding: WordCoding) -> [Int32] {
        coding == .keras ? columns.map { Int32($0) } : columns.map { $0 < 0 ? 1 : Int32($0 + 2) }
    }

    /// Row-major numbers of texts, `[texts, length]`.
    func rows(_ texts: WordColumn, numbers: [Int32]) -> [Int32] {
        var rows = [Int32](repeating: Self.padding, count: texts.rowCount * length)
        for row in 0..<texts.rowCount {
            var text = texts.words[texts.offsets[row]..<texts.offsets[row + 1]].map { numbers[Int($0)] }
            if coding == .keras { text.insert(Int32(WordEncoder.startId), at: 0) }
            let kept = truncate == .start ? text.suffix(length) : text.prefix(length)
            let first = row * length + (pad == .start ? length - kept.count : 0)
            for (place, number) in kept.enumerated() { rows[first + place] = number }
        }
        return rows
    }

    var isSound: Bool {
        vocabulary > firstWord && vocabulary <= WordEncoder.mostColumns + 2 && length > 0 && length <= 1 << 26 && skipTop >= 0
    }
}

extension FittedTokens {
    /// What is learned of texts by counting the words of the rows `counted`, or of all; the number of each word, and the vocabulary.
    static func fit(
        _ texts: WordColumn, of column: String, _ settings: TokenSettings, counted rows: [Int32]?
    ) throws(DatasetError) -> (fitted: FittedTokens, numbers: [Int32], words: [String]) {
        let coding = settings.words.coding
        let marks = coding == .keras ? 0 : 2
        let encoder = try WordEncoder(
            texts, of: column, vocabulary: settings.vocabulary.map { max($0 - marks, 1) }, words: settings.words, counted: rows)
        let fitted = FittedTokens(
            vocabulary: encoder.columns + marks, length: settings.length, truncate: settings.truncate, pad: settings.pad,
            tokens: texts.tokens,
            stopWords: settings.words.stopWords, skipTop: coding == .keras ? settings.words.skipTop : 0, isLatin1: texts.isLatin1,
            coding: coding)
        try DatasetEncoder.checkSize(rows: texts.rowCount, features: settings.length)
        return (fitted, numbers(encoder.ids, coding), encoder.words)
    }
}
