/// Everything that decides what an encoded data set holds: where the raw data comes from, how columns become numbers, and which rows are for what.
public struct EncodingRequest: Sendable, Hashable {
    /// Where the raw data comes from.
    public var source: RawSource
    /// How the input columns become features.
    public var inputs: InputEncodings
    /// How the target column becomes classes or values.
    public var target: TargetEncoding
    /// Which rows are for training, validation and test.
    public var split: SplitRequest
    /// The fold whose rows validate, from 0, when the split has folds.
    public var fold: Int?

    /// A request; without a split every row is for training.
    public init(
        source: RawSource, inputs: InputEncodings, target: TargetEncoding, split: SplitRequest = SplitRequest(), fold: Int? = nil
    ) {
        self.source = source
        self.inputs = inputs
        self.target = target
        self.split = split
        self.fold = fold
    }
}

/// Where raw data comes from.
public enum RawSource: Sendable, Hashable {
    /// A data set of the catalogue, known by the digest of its content.
    case catalogue(CatalogueEntry)
    /// A table of the user's own.
    case csv(path: String, format: CSVFormat)
}

/// How the input columns become features: explicit columns, in this order, and what is left out.
public struct InputEncodings: Sendable, Hashable {
    /// One column and its encoding. The column `*` stands for every column that is neither the target, nor dropped, nor named by another one.
    public struct Column: Sendable, Hashable {
        /// The column's name, or `*`.
        public var name: String
        /// What becomes of its cells.
        public var encoding: ColumnEncoding

        /// A column, or `*`, with its encoding.
        public init(name: String, encoding: ColumnEncoding) {
            self.name = name
            self.encoding = encoding
        }
    }

    /// The columns in the order of their features.
    public var columns: [Column]
    /// Columns that are left out of `*`.
    public var drop: [String]

    /// Encodings by column.
    public init(columns: [Column], drop: [String] = []) {
        self.columns = columns
        self.drop = drop
    }
}

/// The column to predict and its encoding.
public struct TargetEncoding: Sendable, Hashable {
    /// The column's name.
    public var column: String
    /// `label` and `oneHot` make classes, `numeric` makes values.
    public var encoding: ColumnEncoding

    /// A target column with its encoding.
    public init(column: String, encoding: ColumnEncoding) {
        self.column = column
        self.encoding = encoding
    }
}

/// What becomes of a column's cells.
public enum ColumnEncoding: Sendable, Hashable {
    /// One number: the place of the cell's category among the categories of the train rows, in alphabetical order (numbers by size).
    case label
    /// A column of zeros and ones for each category of the train rows, in the same order.
    case oneHot
    /// A text: a column for each of the `vocabulary` lowest word ids, one where the text has the word. Id 1 starts every text, 2 stands for any word
    /// outside the vocabulary, the word of frequency rank `r` (from 1) has id `r + 3`. Without a vocabulary every word has a column.
    case multiHot(vocabulary: Int?)
    /// One number, scaled by figures of the train rows.
    case numeric(scale: Scale)
}

/// How numbers are scaled, by figures of the train rows alone.
public enum Scale: String, Sendable, Hashable, Codable, CaseIterable {
    /// As they are.
    case none
    /// `(x - mean) / standard deviation`, the deviation of the population form; a constant column becomes 0.
    case standard
    /// `(x - minimum) / (maximum - minimum)`; a constant column becomes 0.
    case minMax
}
