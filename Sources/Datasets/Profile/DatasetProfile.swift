/// What the raw columns of a data set hold, before any encoding.
public struct DatasetProfile: Sendable, Hashable {
    /// The name for messages.
    public var name: String
    /// How many rows there are.
    public var rowCount: Int
    /// The columns, in order.
    public var columns: [ColumnProfile]

    /// The column of that name.
    public subscript(name: String) -> ColumnProfile? { columns.first { $0.name == name } }
}

/// What a raw column holds.
public struct ColumnProfile: Sendable, Hashable {
    /// What kind of cells these are.
    public enum Kind: Sendable, Hashable {
        /// Every cell that is not empty is a number; `isWhole`: all are whole.
        case numbers(low: Double, high: Double, mean: Double, isWhole: Bool)
        /// Few texts that come again and again.
        case categories
        /// Texts of several words, `words` on average.
        case texts(words: Double)
        /// Texts that hardly come again, such as names or keys.
        case names
        /// Whole numbers that go up by one from row to row.
        case rowNumbers
        /// No cell holds anything.
        case nothing
    }

    /// A text and how many rows have it.
    public struct Count: Sendable, Hashable {
        /// The text.
        public var text: String
        /// How many rows have it.
        public var count: Int
    }

    /// The column's name.
    public var name: String
    /// What kind of cells these are.
    public var kind: Kind
    /// How many cells are empty.
    public var emptyCount: Int
    /// How many different texts or numbers there are.
    public var distinctCount: Int
    /// The most frequent texts, the most frequent first; at most 50, and all when there are no more.
    public var mostFrequent: [Count]

    /// Whether the column can be a target of classes: it is no text, and has 2 to 50 different values.
    public var hasClasses: Bool {
        switch kind {
        case .categories: true
        case .numbers(_, _, _, let isWhole): isWhole && (2...20).contains(distinctCount)
        default: false
        }
    }
}

extension DatasetProfile {
    init(_ raw: RawTable) {
        name = raw.name
        rowCount = raw.rowCount
        switch raw.contents {
        case .texts(let texts, let labels, let classes):
            var counts = [Int](repeating: 0, count: classes.count)
            for label in labels { counts[Int(label)] += 1 }
            let classCounts = zip(classes, counts).map { ColumnProfile.Count(text: $0, count: $1) }
            let text = ColumnProfile(
                name: raw.columns[0], kind: .texts(words: Double(texts.words.count) / Double(max(texts.rowCount, 1))), emptyCount: 0,
                distinctCount: texts.rowCount, mostFrequent: [])
            columns = [
                text,
                ColumnProfile(
                    name: raw.columns[1], kind: .categories, emptyCount: 0, distinctCount: classes.count,
                    mostFrequent: Array(classCounts.sorted { ($0.count, $1.text) > ($1.count, $0.text) }.prefix(ColumnProfile.mostShown))),
            ]
        case .cells(let table, _):
            columns = table.columns.indices.map { ColumnProfile(table: table, column: $0) }
        }
    }
}

extension ColumnProfile {
    static let mostShown = 50
    private static let mostCategories = 50
    private static let wordsOfText = 3.0

    fileprivate init(table: Table, column: Int) {
        let (table, column) = table.withCells(of: column)
        var counts: [String: Int] = [:]
        var emptyCount = 0
        var words = 0
        var figures = Figures()
        for row in 0..<table.rowCount {
            let cell = table[row, column]
            if table.isEmpty(cell) {
                emptyCount += 1
                continue
            }
            let bytes = table.rawBytes(of: cell)
            figures.add(try? NumberParser.number(bytes))
            let text = String(decoding: bytes, as: UTF8.self).trimmingSpaces
            words += text.split(separator: " ").count
            counts[text, default: 0] += 1
        }
        let filled = table.rowCount - emptyCount
        let kind: Kind
        if filled == 0 {
            kind = .nothing
        } else if figures.isRowNumbers, emptyCount == 0, filled > 2 {
            kind = .rowNumbers
        } else if figures.areNumbers {
            kind = .numbers(low: figures.low, high: figures.high, mean: figures.sum / Double(filled), isWhole: figures.areWhole)
        } else if counts.count <= Self.mostCategories, counts.count * 2 <= filled || filled < 10 {
            kind = .categories
        } else {
            let average = Double(words) / Double(filled)
            kind = average > Self.wordsOfText ? .texts(words: average) : .names
        }
        let sorted = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        self.init(
            name: table.columns[column], kind: kind, emptyCount: emptyCount, distinctCount: counts.count,
            mostFrequent: sorted.prefix(Self.mostShown).map { Count(text: $0.key, count: $0.value) })
    }

    /// Figures of the numbers met so far.
    private struct Figures {
        var areNumbers = true
        var areWhole = true
        var isRowNumbers = true
        var low = Double.infinity
        var high = -Double.infinity
        var sum = 0.0
        private var last: Double?

        mutating func add(_ number: Double?) {
            guard let number, areNumbers else {
                areNumbers = false
                isRowNumbers = false
                return
            }
            if number != number.rounded() { areWhole = false }
            if !areWhole || (last.map { number != $0 + 1 } ?? !(number == 0 || number == 1)) { isRowNumbers = false }
            low = min(low, number)
            high = max(high, number)
            sum += number
            last = number
        }
    }
}
