/// How the columns of a table become features.
public struct InputSettings: Codable, Hashable, Sendable {
    /// Columns and their encodings, in the order of the file. The column `*` stands for all that are neither named, nor dropped, nor the target.
    public var columns: [ColumnEncoding]
    /// Columns that are left out.
    public var drop: [String]

    /// The columns that are used and those that are not.
    public init(columns: [ColumnEncoding], drop: [String] = []) {
        self.columns = columns
        self.drop = drop
    }
}

/// One column, or `*`, and its encoding.
public struct ColumnEncoding: Codable, Hashable, Sendable {
    /// The column's name, or `*`.
    public var column: String
    /// How its values become numbers.
    public var encoding: Encoding

    /// A column and its encoding.
    public init(column: String, encoding: Encoding) {
        self.column = column
        self.encoding = encoding
    }
}

/// The column that is to be predicted.
public struct TargetSettings: Codable, Hashable, Sendable {
    /// The column's name.
    public var column: String
    /// How its values become numbers.
    public var encoding: Encoding

    /// A target column and its encoding.
    public init(column: String, encoding: Encoding) {
        self.column = column
        self.encoding = encoding
    }
}

/// How the values of a column become numbers.
public enum Encoding: Codable, Hashable, Sendable {
    /// One number a class: 0, 1, 2, …
    case label
    /// As many numbers as there are classes, 1 at the value's own and 0 elsewhere.
    case oneHot
    /// As many numbers as there are words in the vocabulary, 1 at each word that occurs; `vocabulary: nil` keeps every word.
    case multiHot(vocabulary: Int?)
    /// The number itself, scaled by figures of the train rows alone.
    case numeric(scale: Scale)
}

/// How numbers are scaled; the figures come from the train rows.
public enum Scale: String, Codable, Hashable, Sendable, CaseIterable {
    /// As they are.
    case none
    /// (x − mean) / standard deviation, population form.
    case standard
    /// (x − minimum) / (maximum − minimum).
    case minMax = "min-max"
}
