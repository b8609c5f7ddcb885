import Settings

extension WordColumn {
    /// The texts without stop words, and as terms: runs of the words that are left, a space between them (between characters nothing).
    ///
    /// Terms stand in a text as their order of appearance says: first its single words, then its pairs, and so on.
    func terms(_ settings: WordSettings) -> WordColumn { terms(settings.ngrams, without: settings.stopWords) }

    /// The texts as terms of so many words, without stop words.
    func terms(_ ngrams: ClosedRange<Int>, without stopWords: StopWords?) -> WordColumn {
        if ngrams == 1...1, stopWords == nil { return self }
        let left = Set(stopWords?.words ?? [])
        let isStopWord = (0..<Int32(distinctWords)).map { left.contains(word($0)) }
        let separator = tokens == .characters ? nil : UInt8(ascii: " ")
        var table = WordTable()
        var (terms, offsets): ([Int32], [Int]) = ([], [0])
        for row in 0..<rowCount {
            let kept = words[self.offsets[row]..<self.offsets[row + 1]].filter { !isStopWord[Int($0)] }
            for length in ngrams where length <= kept.count {
                for start in 0...kept.count - length {
                    terms.append(table.number(ofTerm: kept[start..<start + length], from: self.table, separator: separator))
                }
            }
            offsets.append(terms.count)
        }
        return WordColumn(
            offsets: offsets, words: terms, table: table, countedRows: countedRows, isLatin1: isLatin1, tokens: tokens)
    }

    /// In how many texts, of these rows or of all, each word number stands.
    func documentCounts(in rows: [Int32]?) -> [Int32] {
        var counts = [Int32](repeating: 0, count: distinctWords)
        var last = [Int32](repeating: -1, count: distinctWords)
        for row in rows ?? (0..<Int32(rowCount)).map({ $0 }) {
            for place in offsets[Int(row)]..<offsets[Int(row) + 1] where last[Int(words[place])] != row {
                last[Int(words[place])] = row
                counts[Int(words[place])] += 1
            }
        }
        return counts
    }
}
