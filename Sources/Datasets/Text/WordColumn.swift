/// The texts of a column as numbers of words.
package struct WordColumn: Sendable {
    /// Text `r` has the words `words[offsets[r]..<offsets[r + 1]]`.
    package let offsets: [Int]
    /// The words of all texts, numbered by first appearance.
    package let words: [Int32]
    /// The words' bytes by number.
    let table: WordTable
    /// Which texts make the vocabulary.
    let countedRows: CountedRows
    private let isLatin1: Bool

    /// Which texts' words are counted for a vocabulary.
    package enum CountedRows: Sendable {
        /// All, as Keras did for Reuters.
        case all
        /// Those that train.
        case train
        /// These, whatever the split.
        case rows([Int32])
    }

    init(offsets: [Int], words: [Int32], table: WordTable, countedRows: CountedRows, isLatin1: Bool) {
        self.offsets = offsets
        self.words = words
        self.table = table
        self.countedRows = countedRows
        self.isLatin1 = isLatin1
    }

    package var rowCount: Int { offsets.count - 1 }

    /// How many different words there are.
    package var distinctWords: Int { table.count }

    /// The text of word `number`.
    package func word(_ number: Int32) -> String {
        let bytes = table.bytes(of: Int(number))
        return isLatin1
            ? String(String.UnicodeScalarView(bytes.lazy.map { Unicode.Scalar($0) })) : String(decoding: bytes, as: UTF8.self)
    }

    /// The words of a text, in order.
    package func text(of row: Int) -> [String] {
        words[offsets[row]..<offsets[row + 1]].map { word($0) }
    }
}
