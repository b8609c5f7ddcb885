/// What a raw column holds.
public struct ColumnProfile: Sendable, Hashable {
    /// What kind of cells these are.
    public enum Kind: Sendable, Hashable {
        /// Every cell that is not empty is a number; `isWhole`: all are whole.
        case numbers(low: Double, high: Double, mean: Double, isWhole: Bool)
        /// Most cells are numbers, and some are not: the first of them, and how many there are.
        case almostNumbers(others: [Odd], count: Int)
        /// Numbers with a comma before the decimals, or between thousands where `isThousands`.
        case commaNumbers(isThousands: Bool)
        /// Numbers with signs such as `%` or `$` around them, and the first of them.
        case markedNumbers(example: String)
        /// Few texts that come again and again.
        case categories
        /// Days, with or without a time, such as 2024-05-31.
        case dates
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

    /// A cell that is no number among numbers.
    public struct Odd: Sendable, Hashable {
        /// The text.
        public var text: String
        /// The line of the file; nil where there are no lines.
        public var line: Int?

        /// A cell.
        public init(text: String, line: Int?) {
            self.text = text
            self.line = line
        }
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
    /// Texts beside numbers that stand for no value as they look, such as `NA`; only where all others are numbers.
    public var placeholders: [String] = []

    /// Whether the column can be a target of classes: it is no text, and has 2 to 50 different values.
    public var hasClasses: Bool {
        switch kind {
        case .categories: distinctCount > 1
        case .numbers(_, _, _, let isWhole): isWhole && (2...20).contains(distinctCount)
        default: false
        }
    }
}

extension ColumnProfile {
    static let mostShown = 50
    private static let mostCategories = 50
    private static let wordsOfText = 3.0
    private static let mostOdd = 3
    /// A column of numbers with some slips has this share of numbers at least.
    private static let shareOfNumbers = 0.5

    init(table: Table, column: Int) {
        let (table, column) = table.withCells(of: column)
        var counts: [String: Int] = [:]
        var emptyCount = 0
        var words = 0
        var figures = NumberFigures()
        var oddRows: [Int] = []
        var oddTexts: Set<String> = []
        var commas = (decimal: 0, thousands: 0)
        var dates = 0
        var marked = 0
        for row in 0..<table.rowCount {
            let cell = table[row, column]
            if table.isEmpty(cell) {
                emptyCount += 1
                continue
            }
            let bytes = table.rawBytes(of: cell)
            let text = String(decoding: bytes, as: UTF8.self).trimmingSpaces
            do {
                figures.add(try table.number(in: cell))
            } catch {
                if oddRows.count < Self.mostOdd { oddRows.append(row) }
                if oddTexts.count <= Self.mostShown { oddTexts.insert(text) }
                figures.addOther()
                if case .comma(let orThousands) = error {
                    commas.decimal += 1
                    if orThousands { commas.thousands += 1 }
                }
                if case .thousands = error { commas.thousands += 1 }
                if DateText.isDate(text) { dates += 1 }
                if MarkedNumber.isOne(text) { marked += 1 }
            }
            words += text.split(separator: " ").count
            counts[text, default: 0] += 1
        }
        let filled = table.rowCount - emptyCount
        let others = figures.otherCount
        let kind: Kind
        if filled == 0 {
            kind = .nothing
        } else if figures.isRowNumbers, emptyCount == 0, filled > 2 {
            kind = .rowNumbers
        } else if others == 0 {
            kind = .numbers(low: figures.low, high: figures.high, mean: figures.sum / Double(filled), isWhole: figures.areWhole)
        } else if figures.areWhole, others == commas.decimal || others == commas.thousands {
            kind = .commaNumbers(isThousands: others == commas.thousands)
        } else if Double(figures.count) >= Self.shareOfNumbers * Double(filled) {
            let odd = oddRows.map { row in
                let cell = table[row, column]
                return Odd(
                    text: TablePlaces.shown(String(decoding: table.rawBytes(of: cell), as: UTF8.self)),
                    line: table.line(row: row, column: column))
            }
            kind = .almostNumbers(others: odd, count: others)
        } else if marked == filled {
            kind = .markedNumbers(
                example: TablePlaces.shown(String(decoding: table.rawBytes(of: table[oddRows[0], column]), as: UTF8.self)))
        } else if dates == filled {
            kind = .dates
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
        if others > 0, figures.count > 0, oddTexts.allSatisfy(Placeholders.contains) { placeholders = oddTexts.sorted() }
    }
}

/// Figures of the numbers met so far.
private struct NumberFigures {
    var count = 0
    var otherCount = 0
    var areWhole = true
    var isRowNumbers = true
    var low = Double.infinity
    var high = -Double.infinity
    var sum = 0.0
    private var last: Double?

    mutating func addOther() {
        otherCount += 1
        isRowNumbers = false
    }

    mutating func add(_ number: Double) {
        if number != number.rounded() { areWhole = false }
        if !areWhole || (last.map { number != $0 + 1 } ?? !(number == 0 || number == 1)) { isRowNumbers = false }
        low = min(low, number)
        high = max(high, number)
        sum += number
        last = number
        count += 1
    }
}

/// Texts that are numbers with a sign of currency or per cent.
private enum MarkedNumber {
    private static let marks: Set<Character> = ["$", "€", "£", "¥", "₽", "₹", "%", " "]

    /// Whether a text is a number once these signs, and commas, are taken away.
    static func isOne(_ text: String) -> Bool {
        let bare = text.filter { !marks.contains($0) && $0 != "," }
        return bare.count < text.count && bare.utf8.allSatisfy { $0 < 0x80 } && Double(bare) != nil
    }
}

/// Texts that are days.
private enum DateText {
    /// Whether a text begins with a day as three numbers, of four, two and two digits or the reverse: 2024-05-31, 31.05.2024, 5/31/24 10:00.
    static func isDate(_ text: String) -> Bool {
        let day = text.prefix { $0 != " " && $0 != "T" }
        guard let separator = day.first(where: { "-./".contains($0) }) else { return false }
        let parts = day.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy(\.isWholeNumber) }) else { return false }
        return parts[0].count == 4 || parts[2].count == 4 || parts[2].count == 2
    }
}

extension Table {
    /// The line in which a cell begins; nil where there are no lines.
    fileprivate func line(row: Int, column: Int) -> Int? {
        hasPlaces ? diagnostic("", row: row, column: column).line : nil
    }
}
