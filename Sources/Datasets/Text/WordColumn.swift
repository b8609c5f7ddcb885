import Settings

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
    /// Whether the words' bytes are Latin-1; else they are UTF-8.
    let isLatin1: Bool
    /// How the texts were split.
    let tokens: Tokens

    /// Which texts' words are counted for a vocabulary.
    package enum CountedRows: Sendable {
        /// All, as Keras did for Reuters.
        case all
        /// Those that train.
        case train
        /// These, whatever the split.
        case rows([Int32])
    }

    init(offsets: [Int], words: [Int32], table: WordTable, countedRows: CountedRows, isLatin1: Bool, tokens: Tokens) {
        self.offsets = offsets
        self.words = words
        self.table = table
        self.countedRows = countedRows
        self.isLatin1 = isLatin1
        self.tokens = tokens
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

extension WordColumn {
    /// The texts of a column of a table. Its words become Latin-1 when they are to be compared with words that are.
    init(table: Table, column: Int, tokens: Tokens, isLatin1: Bool = false) {
        let (table, column) = table.withCells(of: column)
        var words: [Int32] = []
        var offsets = [0]
        var wordTable = WordTable()
        for row in 0..<table.rowCount {
            let cell = table[row, column]
            if isLatin1 {
                let text = String(decoding: table.rawBytes(of: cell), as: UTF8.self)
                let bytes = text.unicodeScalars.map { UInt8(exactly: $0.value) ?? Self.noLatin1 }
                bytes.withUnsafeBytes { wordTable.add($0, tokens: tokens, isLatin1: true, to: &words) }
            } else {
                wordTable.add(table.rawBytes(of: cell), tokens: tokens, isLatin1: false, to: &words)
            }
            offsets.append(words.count)
        }
        self.init(offsets: offsets, words: words, table: wordTable, countedRows: .train, isLatin1: isLatin1, tokens: tokens)
    }

    /// A character of a word that no Latin-1 text has.
    private static let noLatin1: UInt8 = 0xff
}
