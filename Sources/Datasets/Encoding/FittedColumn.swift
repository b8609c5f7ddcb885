import Settings

/// What an encoder learned from the rows it was fitted on: enough to encode one more row in the same way.
public struct FittedColumn: Sendable, Hashable, Codable {
    /// The figures or categories that were learned.
    public enum Fit: Sendable, Hashable, Codable {
        /// `(x - shift) / divisor`, of x or of its logarithm.
        case numeric(shift: Double, divisor: Double, logarithm: Logarithm? = nil)
        /// `(place - shift) / divisor` of a category's place in the order.
        case ordinal(order: [String], shift: Double, divisor: Double)
        /// 1 for yes, 0 for no.
        case yesNo
        /// Parts of a date, and days since a day.
        case date(FittedDates)
        /// The categories in order; a row's number is its category's place.
        case label(categories: [String])
        /// The categories in order; a row has a one in the column of its category. With `dropFirst` the first has no column; with `ignoresUnknown` a
        /// category that is not among them gives zeros. Rare categories share the last column.
        case oneHot(categories: [String], dropFirst: Bool, ignoresUnknown: Bool, rare: RareCategories? = nil)
        /// The categories in order; a row has a one in the column of each of its categories, which `separator` separates.
        case parts(categories: [String], separator: String)
        /// A text's words, one, their counts or TF-IDF in their columns.
        case words(FittedWords)
        /// A text's words as a row of whole numbers.
        case tokens(FittedTokens)
    }

    /// The raw column's name.
    public var column: String
    /// What was learned.
    public var fit: Fit
    /// The text that stands for an empty cell; nil when one is refused.
    public var missing: String?
    /// Whether a feature more, the last, is 1 where the cell is empty and else 0; nil: no.
    public var indicatesMissing: Bool?
    /// The sign that all numbers of the column carry; nil: none.
    public var mark: NumberMark?

    /// A fitted column.
    public init(column: String, fit: Fit, missing: String? = nil, indicatesMissing: Bool? = nil, mark: NumberMark? = nil) {
        self.column = column
        self.fit = fit
        self.missing = missing
        self.indicatesMissing = indicatesMissing
        self.mark = mark
    }

    /// How many words of the vocabulary are this column's: none of a column that is no text, and all unless it says otherwise.
    func wordCount(of vocabulary: Int) -> Int {
        switch fit {
        case .words(let text): text.words ?? vocabulary
        case .tokens: vocabulary
        default: 0
        }
    }

    /// Notes how many words of the vocabulary are this column's, when it is a text.
    mutating func setWordCount(_ count: Int) {
        guard case .words(var text) = fit else { return }
        text.words = count
        fit = .words(text)
    }

    /// The name of a column of a text, whose words are these.
    public func name(ofWordColumn column: Int, words: some RandomAccessCollection<String>) -> String {
        guard case .words(let text) = fit, column >= text.coding.firstWord else { return WordEncoder.name(ofReserved: column) }
        let word = column - text.coding.firstWord
        return word < words.count ? words[words.index(words.startIndex, offsetBy: word)] : WordEncoder.name(ofReserved: column)
    }

    /// How many features it gives.
    public var width: Int { ownWidth + (indicatesMissing == true ? 1 : 0) }

    /// How many of them come from what stands in a cell.
    var ownWidth: Int {
        switch fit {
        case .numeric, .label, .ordinal, .yesNo: 1
        case .date(let dates): dates.width
        case .oneHot(let categories, let dropFirst, _, let rare): categories.count - (dropFirst ? 1 : 0) + (rare == nil ? 0 : 1)
        case .parts(let categories, _): categories.count
        case .words(let text): text.columns
        case .tokens(let text): text.length
        }
    }

    /// Whether its only feature is the number of a cell, scaled by a line.
    public var isLinear: Bool { if case .numeric(_, _, nil) = fit { indicatesMissing != true } else { false } }

    /// The names of the features it gives; none for a text, whose words the vocabulary has.
    public var featureNames: [String] { ownFeatureNames + (indicatesMissing == true ? ["\(column) is missing"] : []) }

    private var ownFeatureNames: [String] {
        switch fit {
        case .numeric, .label, .ordinal, .yesNo: [column]
        case .date(let dates): dates.featureNames.map { "\(column) \($0)" }
        case .oneHot(let categories, let dropFirst, _, let rare):
            categories.dropFirst(dropFirst ? 1 : 0).map { "\(column)=\($0)" } + (rare == nil ? [] : ["\(column) is rare"])
        case .parts(let categories, _): categories.map { "\(column)=\($0)" }
        case .words: []
        case .tokens(let text): (1...text.length).map { "\(column) \($0)" }
        }
    }
}

/// Categories that too few rows have for a number of their own each.
public struct RareCategories: Sendable, Hashable, Codable {
    /// The categories in order.
    public var names: [String]
    /// Whether one that no train row has counts among them.
    public var includeUnknown: Bool

    /// Rare categories.
    public init(names: [String], includeUnknown: Bool) {
        self.names = names
        self.includeUnknown = includeUnknown
    }
}
