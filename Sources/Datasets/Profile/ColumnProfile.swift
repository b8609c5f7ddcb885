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
        /// Numbers with signs such as `%` or `$`, and the first of them.
        case markedNumbers(example: String, form: MarkedForm = .plain)
        /// Digits behind a leading zero, such as 00501: no number, though it could be read as one.
        case codes
        /// Few texts that come again and again.
        case categories
        /// Days, with or without a time, such as 2024-05-31; nil: nothing tells whether day or month stands first.
        case dates(DateSpan?)
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

    /// How numbers with signs are written.
    public enum MarkedForm: Sendable, Hashable {
        /// Alike, and it is plain what they are.
        case plain
        /// With several signs, or in ways that do not go together.
        case mixed
        /// Nothing tells whether commas, or points, stand between thousands.
        case undecided(isComma: Bool)
    }

    /// What dates a column has.
    public struct DateSpan: Sendable, Hashable {
        /// The year of the first.
        public var firstYear: Int
        /// How many days lie between the first and the last.
        public var days: Int
        /// Whether times stand behind them that differ.
        public var hasTimes: Bool
        /// Whether several months of the year occur.
        public var hasMonths: Bool
        /// Whether several days of the month occur; else the dates stand for months or years.
        public var hasDays: Bool

        /// What dates a column has.
        public init(firstYear: Int, days: Int, hasTimes: Bool, hasMonths: Bool = true, hasDays: Bool = true) {
            self.firstYear = firstYear
            self.days = days
            self.hasTimes = hasTimes
            self.hasMonths = hasMonths
            self.hasDays = hasDays
        }
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

    /// Whether its texts are yes and no in some form, and both stand there.
    public var isYesNo: Bool {
        kind == .categories && distinctCount <= mostFrequent.count
            && Set(mostFrequent.map { CellMeaning.yesNo.value(of: $0.text) }) == [0, 1]
    }

    /// Its texts from the least to the most, where all are words of one known order, such as low, medium and high.
    public var wordOrder: [String]? {
        kind == .categories && distinctCount == mostFrequent.count ? WordScale.order(of: mostFrequent.map(\.text)) : nil
    }

    /// Whether the column can be a target of classes: it is no text, and has 2 to 50 different values.
    public var hasClasses: Bool {
        switch kind {
        case .categories: distinctCount > 1
        case .codes: (2...ColumnScan.mostCategories).contains(distinctCount)
        case .numbers(_, _, _, let isWhole): isWhole && (2...Self.mostNumbersAsClasses).contains(distinctCount)
        default: false
        }
    }

    /// Whether these names of classes are rather numbers that were measured: all are numbers, and there are more than classes are numbered by as a rule.
    public static func areRatherNumbers(_ names: [String]) -> Bool {
        names.count > mostNumbersAsClasses && names.allSatisfy { Double($0)?.isFinite == true }
    }

    private static let mostNumbersAsClasses = 20
}
