/// Words by frequency, the most frequent first; words that are equally frequent stand in the order of their first appearance.
package struct WordRanking: Sendable {
    /// The rank of each word number, from 1; 0 for a word that does not stand in the counted texts.
    package let ranks: [Int32]
    /// The word numbers by rank.
    package let numbers: [Int32]
    /// How often each ranked word stands in the counted texts.
    package let counts: [Int32]

    /// Counts the words of `rows`, or of all texts.
    package init(_ column: WordColumn, rows: [Int32]? = nil) {
        var counts: [Int32]
        if let rows {
            counts = [Int32](repeating: 0, count: column.distinctWords)
            for row in rows {
                for place in column.offsets[Int(row)]..<column.offsets[Int(row) + 1] { counts[Int(column.words[place])] += 1 }
            }
        } else {
            counts = column.table.counts
        }
        let order = counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$0], $1) > (counts[$1], $0) }
        var ranks = [Int32](repeating: 0, count: counts.count)
        for (place, number) in order.enumerated() { ranks[number] = Int32(place + 1) }
        self.ranks = ranks
        numbers = order.map { Int32($0) }
        self.counts = order.map { counts[$0] }
    }
}
