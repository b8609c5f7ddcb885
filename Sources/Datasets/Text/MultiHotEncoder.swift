/// Turns texts into the sorted ids of their words, as Keras numbers them: 1 starts every text, 2 stands for a word outside the vocabulary, and the word of
/// rank `r` has id `r + 3`.
enum MultiHotEncoder {
    static let startId = 1
    static let unknownId = 2
    static let firstWordOffset = 3

    /// Rows of ascending ids below `columns`, without repeats.
    static func encode(_ texts: WordColumn, ranking: WordRanking, columns: Int) -> (offsets: [Int32], columns: [Int32]) {
        let ids = ranking.ranks.map { rank in
            rank > 0 && Int(rank) + firstWordOffset < columns ? Int(rank) + firstWordOffset : unknownId
        }
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

    /// How many columns a whole vocabulary of `words` needs.
    static func columns(words: Int) -> Int { words + firstWordOffset + 1 }
}
