/// What becomes of a column's cells.
public enum ColumnEncoding: Sendable, Hashable {
    /// One number: the place of the cell's category among the categories of the train rows, in alphabetical order (numbers by size).
    case label
    /// A column of zeros and ones for each category of the train rows, in the same order; with `dropFirst` none for the first, whose rows have zeros
    /// everywhere.
    case oneHot(dropFirst: Bool = false, unknown: UnknownCategories = .error)
    /// Several categories in one cell, such as `drama;comedy`: a column of zeros and ones for each.
    case parts(separator: String)
    /// A text: a column for each of the `vocabulary` most frequent words, in the order of their rank, one where the text has the word. Without a
    /// vocabulary every word has a column; ``WordCoding/keras`` counts marks as words.
    case multiHot(vocabulary: Int?, words: WordOptions = WordOptions())
    /// One number, scaled.
    case numeric(scale: Scale)
    /// Numeric where the cells are numbers, else one-hot. Numbers with something else among them are refused, and digits behind a leading zero are no
    /// numbers.
    case automatic(scale: Scale)
}

/// How numbers are scaled; figures come from the rows that the column is fitted on.
public enum Scale: Sendable, Hashable {
    /// As they are.
    case none
    /// `(x - mean) / standard deviation`, the deviation of the population form; a constant column becomes 0.
    case standard
    /// `(x - minimum) / (maximum - minimum)`; a constant column becomes 0.
    case minMax
    /// Divided by this number, whatever the column holds, such as 255 for grey values.
    case divided(by: Double)

    /// One word or two that name it, for digests.
    var text: String {
        switch self {
        case .none: "none"
        case .standard: "standard"
        case .minMax: "minMax"
        case .divided(let divisor): "divided \(divisor)"
        }
    }
}

/// What to do with a category that no row has on which the column was fitted.
public enum UnknownCategories: String, Sendable, Hashable, Codable {
    /// Refuse it.
    case error
    /// Give it zeros everywhere.
    case ignore
}

/// Which rows a column's figures, categories or words come from.
public enum FittedRows: String, Sendable, Hashable, Codable {
    /// Those that train, which is all that a network may know.
    case train
    /// With folds, those that train in some fold, so those that validate as well; without, those that train.
    case folds
    /// All of them, as many notes do.
    case all
}

/// What stands for an empty cell.
public enum MissingCells: Sendable, Hashable {
    /// Nothing: an empty cell is an error.
    case error
    /// Nothing: a row with an empty cell in this column is left out.
    case drop
    /// The mean of the rows that the column is fitted on; for numbers.
    case mean
    /// What stands most often in those rows, of several the first in order.
    case mostFrequent
    /// This text, as if it stood there.
    case value(String)
}

/// How texts are split into words.
public enum Tokens: String, Sendable, Hashable, Codable, CaseIterable {
    /// As Keras does: lower case (of ASCII), and all punctuation but the apostrophe separates words.
    case keras
    /// `[a-z0-9]+('[a-z]+)?` of the lower-cased text.
    case words
    /// Every character by itself, in lower case (of ASCII).
    case characters
}

/// How a text becomes words, and which of them have a column of their own.
public struct WordOptions: Sendable, Hashable {
    /// How texts are split; nil leaves it to the data set: `keras` for tables and Reuters, `words` for folders of texts.
    public var tokens: Tokens?
    /// Words that stand less often in the counted texts count as unknown.
    public var minimumCount: Int
    /// So many of the most frequent words count as unknown.
    public var skipTop: Int
    /// Which columns there are.
    public var coding: WordCoding

    /// Options; without any, every word counts.
    public init(tokens: Tokens? = nil, minimumCount: Int = 1, skipTop: Int = 0, coding: WordCoding = .plain) {
        self.tokens = tokens
        self.minimumCount = minimumCount
        self.skipTop = skipTop
        self.coding = coding
    }
}

/// Which columns a text has.
public enum WordCoding: String, Sendable, Hashable, Codable {
    /// One for each word that is kept; other words leave no trace.
    case plain
    /// As Keras numbers its own data sets: `vocabulary` counts four ids that are no words, of which 1 starts every text and 2 stands for any other word;
    /// the word of rank `r` has the column `r + 3`. Words are ranked by the texts that Keras ranked them by: all of Reuters, the train part where a
    /// data set comes with one.
    case keras
}
