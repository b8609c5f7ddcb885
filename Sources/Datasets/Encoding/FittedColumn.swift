/// What an encoder learned from the train rows: enough to encode one more row in the same way.
public struct FittedColumn: Sendable, Hashable, Codable {
    /// The figures or categories that were learned.
    public enum Fit: Sendable, Hashable, Codable {
        /// `(x - shift) / divisor`.
        case numeric(shift: Double, divisor: Double)
        /// The categories in order; a row's number is its category's place.
        case label(categories: [String])
        /// The categories in order; a row has a one in the column of its category.
        case oneHot(categories: [String])
        /// A text's ones among `columns` columns; the words are in the data set's vocabulary.
        case multiHot(columns: Int)
    }

    /// The raw column's name.
    public var column: String
    /// What was learned.
    public var fit: Fit

    /// A fitted column.
    public init(column: String, fit: Fit) {
        self.column = column
        self.fit = fit
    }

    /// How many features it gives.
    public var width: Int {
        switch fit {
        case .numeric, .label: 1
        case .oneHot(let categories): categories.count
        case .multiHot(let columns): columns
        }
    }
}
