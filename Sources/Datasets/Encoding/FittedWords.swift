import Settings

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What was learned of a text, which gives another one numbers in the same way; the words themselves are in the data set's vocabulary.
public struct FittedWords: Sendable, Hashable, Codable {
    /// How many numbers a text has.
    public var columns: Int
    /// How texts are split.
    public var tokens: Tokens
    /// Words that are left out.
    public var stopWords: StopWords?
    /// How many words in a row are taken for one.
    public var ngrams: ClosedRange<Int>
    /// So many of the vocabulary's words, the first, count as unknown.
    public var skipTop: Int
    /// Whether the words come from Latin-1 text.
    public var isLatin1: Bool
    /// Which columns a text has.
    public var coding: WordCoding
    /// What stands in a word's column.
    public var weights: WordWeights
    /// How many texts were counted.
    public var documents: Int
    /// In how many of them the word of each column stands; empty unless the weights ask for it.
    public var documentCounts: [Int32]
    /// How many of the vocabulary's words are this text's, where there are several texts.
    public var words: Int?

    // MARK: - Rows

    /// The numbers of texts that are not 0, from the column of each word number, -1 for a word without one.
    func rows(_ texts: WordColumn, ids: [Int]) -> SparseRows {
        var rows = SparseRows()
        rows.offsets.reserveCapacity(texts.rowCount + 1)
        rows.columns.reserveCapacity(texts.words.count / 2 + texts.rowCount)
        var present = [UInt64](repeating: 0, count: (max(columns, WordEncoder.unknownId + 1) + 63) / 64)
        let isCounted = weights != .binary
        var counts = [Int32](repeating: 0, count: isCounted ? columns : 0)
        var values: [Float] = []
        let weigh = weigher
        var found: [Int32] = []
        for row in 0..<texts.rowCount {
            found.removeAll(keepingCapacity: true)
            func add(_ id: Int) {
                if present[id >> 6] & 1 << UInt64(id & 63) == 0 { found.append(Int32(id)) }
                present[id >> 6] |= 1 << UInt64(id & 63)
            }
            if coding == .keras { add(WordEncoder.startId) }
            for place in texts.offsets[row]..<texts.offsets[row + 1] {
                let id = ids[Int(texts.words[place])]
                if id < 0 { continue }
                add(id)
                if isCounted { counts[id] += 1 }
            }
            let first = rows.columns.count
            // Few words of many are sorted sooner than they are found.
            if found.count < present.count / 16 {
                for column in found { present[Int(column) >> 6] = 0 }
                rows.columns += found.sorted()
            } else {
                for place in present.indices where present[place] != 0 {
                    var bits = present[place]
                    present[place] = 0
                    while bits != 0 {
                        rows.columns.append(Int32(place << 6 + bits.trailingZeroBitCount))
                        bits &= bits - 1
                    }
                }
            }
            rows.endRow()
            guard isCounted else { continue }
            values += weigh(rows.columns[first...], counts)
            for column in rows.columns[first...] { counts[Int(column)] = 0 }
        }
        rows.values = isCounted ? values : nil
        return rows
    }

    /// What gives the numbers of one text in some columns, from the counts in all.
    private var weigher: (ArraySlice<Int32>, [Int32]) -> [Float] {
        guard case .tfidf(let settings) = weights else { return { columns, counts in columns.map { Float(counts[Int($0)]) } } }
        let rarity = settings.rarity(documents: documents, counts: documentCounts)
        return { columns, counts in
            let numbers = columns.map { column in
                let count = Double(counts[Int(column)])
                return (settings.isSublinear ? 1 + log(count) : count) * rarity[Int(column)]
            }
            let norm = settings.norm.value(of: numbers)
            return numbers.map { Float($0 / norm) }
        }
    }
}

extension TFIDF {
    /// idf of each word, of which so many texts have it.
    fileprivate func rarity(documents: Int, counts: [Int32]) -> [Double] {
        let more = isSmooth ? 1.0 : 0
        return counts.map { log((Double(documents) + more) / (Double($0) + more)) + 1 }
    }
}

extension RowNorm {
    /// The norm of numbers that are not negative, and 1 where there are none.
    fileprivate func value(of numbers: [Double]) -> Double {
        switch self {
        case .l2: numbers.isEmpty ? 1 : numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
        case .l1: numbers.isEmpty ? 1 : numbers.reduce(0, +)
        case .none: 1
        }
    }
}
