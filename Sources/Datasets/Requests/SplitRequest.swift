/// Which rows are for what. The test part is taken first, the validation part or the folds from the rows that remain, and the rest is for training.
public struct SplitRequest: Sendable, Hashable {
    /// The rows that no choice may look at. Without it they are the data set's own test rows, if it has any.
    public var test: PartRequest?
    /// The rows that choose between variants.
    public var validation: ValidationRequest?

    /// A split; without parts every row is for training.
    public init(test: PartRequest? = nil, validation: ValidationRequest? = nil) {
        self.test = test
        self.validation = validation
    }

    /// How many folds there are.
    var foldCount: Int? {
        if case .folds(let count, _, _) = validation { count } else { nil }
    }
}

/// A part that is split off: the order in which the rows are looked at, and how many are taken.
public struct PartRequest: Sendable, Hashable {
    /// The order in which the rows are looked at.
    public var shuffle: RowShuffle
    /// The seed of that order.
    public var seed: Int
    /// How many rows are taken, or which.
    public var size: PartSize
    /// Whether every class has its share of the part. Rows are taken class by class as scikit-learn does with `stratify`, or in our own order, class
    /// sizes rounded by largest remainder; other orders do not know classes.
    public var stratified: Bool

    /// A part of the rows.
    public init(shuffle: RowShuffle = .none, seed: Int = 0, size: PartSize, stratified: Bool = false) {
        self.shuffle = shuffle
        self.seed = seed
        self.size = size
        self.stratified = stratified
    }

    /// Whether a share is rounded as Keras rounds it: in the orders that its scripts use. Our own orders have no model and take the nearest number.
    var isCutAsKerasDoes: Bool { !stratified && (shuffle == .none || shuffle == .numpy) }
}

/// How many rows a part takes.
public enum PartSize: Sendable, Hashable {
    /// A share `f` of the `n` rows, between 0 and 1: the rows at the end of the order, as many as ``RowShuffle`` says.
    case fraction(Double)
    /// The first rows of the order.
    case first(Int)
    /// The rows with one of these values in a column, which is no input then unless it is named.
    case rows(column: String, values: [String])
}

/// Orders of rows, most of them known from elsewhere. With a share `f` of `n` rows these give exactly the rows that their model gives. Where every
/// class is to have its share, `none` and `philox` take the nearest number to `n f`.
public enum RowShuffle: String, Sendable, Hashable, Codable, CaseIterable {
    /// The order as it is; the first `int(n (1 - f))` rows remain, as with Keras's `validation_split`.
    case none
    /// Our own (Philox) permutation; the part has the nearest number to `n f`.
    case philox
    /// `RandomState(seed).shuffle(arange(n))`; the first `int(n (1 - f))` rows remain, as in Keras's data sets.
    case numpy
    /// `sample(frac=1 - f, random_state=seed)` remains, in the order drawn; the part is the other rows in their old order.
    case pandas
    /// `train_test_split(test_size=f, random_state=seed)`: the part is the first `ceil(n f)` rows of a permutation.
    case scikitLearn
}

/// The rows that choose between variants.
public enum ValidationRequest: Sendable, Hashable {
    /// One part.
    case part(PartRequest)
    /// `count` folds of `n / count` rows each; rows that do not fill a fold are always for training.
    case folds(count: Int, kind: FoldKind, seed: Int = 0)
}

/// How rows come into folds.
public enum FoldKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Each fold is a run of neighbouring rows.
    case contiguous
    /// Rows are shuffled (Philox) first.
    case shuffled
    /// Rows are shuffled, and every class is spread evenly over the folds.
    case stratified
}
