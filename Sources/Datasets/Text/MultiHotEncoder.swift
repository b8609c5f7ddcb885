/// Turns texts into the sorted ids of their words, as Keras numbers them: 1 starts every text, 2 stands for a word outside the vocabulary, and the word of
/// rank `r` has id `r + 3`.
struct MultiHotEncoder {
    static let startId = 1
    static let unknownId = 2
    static let firstWordOffset = 3

    /// How many columns there are.
    let columns: Int
    /// The words with an id of their own, the first with id 4.
    let words: [String]
    private let skipTop: Int
    private let counted: WordRanking

    /// Counts the words of the rows `counted`, or of all texts. Without a vocabulary every word that stands often enough has a column.
    init(_ texts: WordColumn, vocabulary: Int?, options: WordOptions, counted rows: [Int32]?) throws(DatasetError) {
        counted = WordRanking(texts, rows: rows)
        let frequent = counted.counts.prefix { Int($0) >= options.minimumCount }.count
        columns = vocabulary ?? frequent + Self.firstWordOffset + 1
        guard columns >= Self.firstWordOffset + 1, columns <= 1 << 24 else { throw .vocabularyOutOfRange(vocabulary: columns) }
        skipTop = options.skipTop
        var words: [String] = []
        for number in counted.numbers.prefix(min(columns - Self.firstWordOffset - 1, frequent)) { words.append(texts.word(number)) }
        self.words = words
    }

    /// The id of each word number of the texts that were counted.
    var ids: [Int] { counted.ranks.map { Self.id(rank: Int($0), words: words.count, skipTop: skipTop) } }

    /// What was learned; the words are the vocabulary's.
    func fitted(_ texts: WordColumn, as column: String) -> FittedColumn {
        FittedColumn(
            column: column, fit: .multiHot(columns: columns, tokens: texts.tokens, skipTop: skipTop, isLatin1: texts.isLatin1))
    }

    /// The id of each word number of other texts, among words that were learned before.
    static func ids(of texts: WordColumn, among words: ArraySlice<String>, skipTop: Int) -> [Int] {
        let ranks = Dictionary(words.enumerated().map { ($0.element, $0.offset + 1) }, uniquingKeysWith: { first, _ in first })
        return (0..<texts.distinctWords).map { id(rank: ranks[texts.word(Int32($0))] ?? 0, words: words.count, skipTop: skipTop) }
    }

    /// What a column without a word of its own is called.
    static func name(ofReserved id: Int) -> String {
        switch id {
        case startId: "(start)"
        case unknownId: "(unknown)"
        default: "(\(id))"
        }
    }

    /// The id of the word of that rank, when so many words have ids of their own; rank 0 is an unknown word.
    static func id(rank: Int, words: Int, skipTop: Int) -> Int {
        rank > skipTop && rank <= words ? rank + firstWordOffset : unknownId
    }

    /// Rows of ascending ids below `columns`, without repeats, from the id of each word number.
    static func rows(_ texts: WordColumn, ids: [Int], columns: Int) -> (offsets: [Int32], columns: [Int32]) {
        var offsets: [Int32] = [0]
        offsets.reserveCapacity(texts.rowCount + 1)
        var ones: [Int32] = []
        ones.reserveCapacity(texts.words.count / 2 + texts.rowCount)
        var present = [UInt64](repeating: 0, count: (max(columns, unknownId + 1) + 63) / 64)
        for row in 0..<texts.rowCount {
            present[0] = 1 << startId
            for place in texts.offsets[row]..<texts.offsets[row + 1] {
                let id = ids[Int(texts.words[place])]
                present[id >> 6] |= 1 << UInt64(id & 63)
            }
            for place in present.indices where present[place] != 0 {
                var bits = present[place]
                present[place] = 0
                while bits != 0 {
                    ones.append(Int32(place << 6 + bits.trailingZeroBitCount))
                    bits &= bits - 1
                }
            }
            offsets.append(Int32(ones.count))
        }
        return (offsets, ones)
    }
}
