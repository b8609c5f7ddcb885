/// Which rows train, validate and test. The split is the same for every variant and seed.
public struct SplitSettings: Codable, Hashable, Sendable {
    /// The rows kept for the end; `nil`: the data set's own test rows, or none.
    public var test: PartSettings?
    /// The rows that validate every epoch, taken from those that remain; `nil`: none.
    public var validation: ValidationSettings?

    /// A split into test, validation and train rows.
    public init(test: PartSettings? = nil, validation: ValidationSettings? = nil) {
        self.test = test
        self.validation = validation
    }
}

/// The rows that validate.
public enum ValidationSettings: Codable, Hashable, Sendable {
    /// One part of the rows.
    case part(PartSettings)
    /// Each of `count` parts in turn, the others train.
    case folds(count: Int, kind: FoldKind)
}

/// How rows are dealt to folds.
public enum FoldKind: String, Codable, Hashable, Sendable, CaseIterable {
    /// Blocks of neighbouring rows.
    case contiguous
    /// At random.
    case shuffled
    /// At random, each class in equal shares.
    case stratified
}

/// A part that is split off from the rows.
public struct PartSettings: Codable, Hashable, Sendable {
    /// Whose order of the rows is taken before cutting.
    public var shuffle: Shuffle
    /// The seed of that order; without effect for `none`.
    public var seed: Int
    /// How many rows the part gets.
    public var size: PartSize

    /// A part of the rows.
    public init(shuffle: Shuffle = .none, seed: Int = 0, size: PartSize) {
        self.shuffle = shuffle
        self.seed = seed
        self.size = size
    }
}

/// How many rows a part gets.
public enum PartSize: Codable, Hashable, Sendable {
    /// A share of the rows, between 0 and 1; it is what the other rows leave: they get the whole number below (1 − fraction) · rows for
    /// `none` and `numpy`, the nearest whole number for `pandas`.
    case fraction(Double)
    /// The first so many rows.
    case first(Int)
}

/// Whose order of the rows is taken before a part is cut off.
public enum Shuffle: String, Codable, Hashable, Sendable, CaseIterable {
    /// The order of the file.
    case none
    /// `RandomState(seed).shuffle(arange(n))`, as Keras does: the rows at the end of that order are the part.
    case numpy
    /// `DataFrame.sample(frac = 1 − fraction, random_state = seed)` gives the other rows; the part is what remains, in the order of the file.
    case pandas
}
