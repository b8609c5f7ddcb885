import Documents

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
    /// Each of `count` parts in turn, the others train; `seed` is that of the kinds that shuffle.
    case folds(count: Int, kind: FoldKind, seed: Int = 0)
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
    /// How many rows the part gets, or which.
    public var size: PartSize
    /// Whether every class of the target has its share of the part.
    public var stratified: Bool

    /// A part of the rows.
    public init(shuffle: Shuffle = .none, seed: Int = 0, size: PartSize, stratified: Bool = false) {
        self.shuffle = shuffle
        self.seed = seed
        self.size = size
        self.stratified = stratified
    }
}

/// How many rows a part gets.
public enum PartSize: Codable, Hashable, Sendable {
    /// A share of the rows, between 0 and 1; `Shuffle` tells how it is rounded.
    case fraction(Double)
    /// The first so many rows of the order.
    case first(Int)
    /// The rows with one of these values in a column, which is no input then unless it is named.
    case rows(column: String, values: [String])
}

/// Whose order of the rows is taken before a part is cut off.
public enum Shuffle: String, Codable, Hashable, Sendable, CaseIterable {
    /// The order of the file.
    case none
    /// Our own permutation, by the seed.
    case philox
    /// `RandomState(seed).shuffle(arange(n))`, as Keras does: the rows at the end of that order are the part.
    case numpy
    /// `DataFrame.sample(frac = 1 − fraction, random_state = seed)` gives the other rows; the part is what remains, in the order of the file.
    case pandas
    /// `train_test_split(test_size = fraction, random_state = seed)`: the part is the first rows of a permutation, rounded up.
    case scikitLearn = "scikit-learn"
}

// MARK: - In the file

extension SplitSettings {
    static let schema = Record<SplitSettings>(
        "split",
        planned: [
            "resplit": "the split is the same for every seed", "refit": "the final figures are those of the folds",
        ],
        Field(optional: "test", \.test, PartSettings.schema, doc: "The rows kept for the end, cut off first."),
        Field(
            optional: "validation", \.validation, ValidationSettings.schema, misnomers: ["val"],
            doc: "The rows that validate every epoch, cut off what remains."),
        build: SplitSettings.init
    ).schema
}

extension PartSettings {
    static let schema = Record<PartSettings>(
        "test", exclusive: ["fraction", "first", "column"],
        Field(
            "shuffle", \.shuffle, Shuffle.schema, default: .none, doc: "Whose order of the rows is taken before the cut; true is philox."),
        Field("seed", \.seed, .integer(seedBounds), default: 0, doc: "The seed of that order."),
        Field(optional: "fraction", \.fraction, .number(.between(0, and: 1)), doc: "The share of the rows."),
        Field(optional: "first", \.first, .integer(.atLeast(1)), doc: "The first so many rows."),
        Field(optional: "column", \.column, .text("column's name"), doc: columnDoc),
        Field(optional: "values", \.values, .list(of: .text("value"), atLeast: 1), misnomers: ["value"], doc: valuesDoc),
        Field(optional: "stratify", { $0.stratified ? true : nil }, .boolean, misnomers: ["stratified"], doc: stratifyDoc),
        build: { shuffle, seed, fraction, first, column, values, stratify in
            PartSettings(
                shuffle: shuffle, seed: seed, fraction: fraction, first: first, column: column, values: values, stratify: stratify)
        }
    ).schema.checked(\.problem)

    fileprivate init?(
        shuffle: Shuffle, seed: Int, fraction: Double?, first: Int?, column: String?, values: [String]?, stratify: Bool?
    ) {
        let size: PartSize? =
            if let fraction { .fraction(fraction) } else if let first { .first(first) } else if let column {
                .rows(column: column, values: values ?? [])
            } else { nil }
        guard let size else { return nil }
        self.init(shuffle: shuffle, seed: seed, size: size, stratified: stratify ?? false)
    }

    fileprivate var fraction: Double? {
        if case .fraction(let fraction) = size { fraction } else { nil }
    }

    fileprivate var first: Int? {
        if case .first(let first) = size { first } else { nil }
    }

    fileprivate var column: String? {
        if case .rows(let column, _) = size { column } else { nil }
    }

    fileprivate var values: [String]? {
        if case .rows(_, let values) = size { values } else { nil }
    }

    fileprivate var problem: Problem? {
        if let values {
            if values.isEmpty {
                return Problem("column goes with values", help: "write values: […], those of the rows that are the part", at: "column")
            }
            if shuffle != .none { return Problem("shuffle has no effect with column", help: "leave it out", at: "shuffle") }
            if stratified { return Problem("stratify has no effect with column", help: "leave it out", at: "stratify") }
        }
        if shuffle == .none, seed != 0 {
            return Problem("a seed has no effect without shuffle", help: "add shuffle, or leave out seed", at: "seed")
        }
        if shuffle == .pandas, first != nil { return Problem("pandas' sample goes with a fraction", help: "write fraction", at: "first") }
        if stratified, shuffle == .numpy || shuffle == .pandas {
            return Problem(
                "this order of rows knows no classes", help: "stratify goes with shuffle: true or shuffle: scikit-learn", at: "stratify")
        }
        return nil
    }
}

private let columnDoc = "The column that tells which rows; it is no input then unless it is named."
private let valuesDoc = "The values that the part's rows have in column."
private let stratifyDoc = "Whether every class of the target has its share of the part: false unless written."

extension ValidationSettings {
    static let schema = WrittenValidation.record.schema.checked(\.problem).mapped(to: \.settings, from: WrittenValidation.init)
}

/// The keys of `validation` as they stand in a file: some go with a part, others with folds.
private struct WrittenValidation {
    var shuffle: Shuffle?
    var seed: Int?
    var fraction: Double?
    var first: Int?
    var column: String?
    var values: [String]?
    var stratify: Bool?
    var folds: Int?
    var kind: FoldKind?

    static let record = Record<WrittenValidation>(
        "validation", exclusive: ["fraction", "first", "column", "folds"],
        Field(
            optional: "shuffle", \.shuffle, Shuffle.schema,
            doc: "Whose order of the rows is taken before the cut: none unless written; true is philox."),
        Field(
            optional: "seed", \.seed, .integer(seedBounds), doc: "The seed of that order, or of folds that are shuffled: 0 unless written."),
        Field(optional: "fraction", \.fraction, .number(.between(0, and: 1)), doc: "The share of the rows."),
        Field(optional: "first", \.first, .integer(.atLeast(1)), doc: "The first so many rows."),
        Field(optional: "column", \.column, .text("column's name"), doc: columnDoc),
        Field(optional: "values", \.values, .list(of: .text("value"), atLeast: 1), misnomers: ["value"], doc: valuesDoc),
        Field(optional: "stratify", \.stratify, .boolean, misnomers: ["stratified"], doc: stratifyDoc),
        Field(optional: "folds", \.folds, .integer(.atLeast(2, upTo: 1000)), doc: "Each of so many parts in turn."),
        Field(optional: "kind", \.kind, FoldKind.schema, doc: "How rows are dealt to folds: contiguous unless written."),
        build: WrittenValidation.init)

    var settings: ValidationSettings {
        if let folds { return .folds(count: folds, kind: kind ?? .contiguous, seed: seed ?? 0) }
        return .part(part)
    }

    var problem: Problem? {
        guard folds != nil else {
            if kind != nil { return Problem("kind goes with folds", help: "write shuffle", at: "kind") }
            if column == nil, values != nil { return Problem("values go with column", help: "write column", at: "values") }
            return part.problem
        }
        if shuffle != nil { return Problem("shuffle has no effect with folds", help: "write kind: shuffled", at: "shuffle") }
        if stratify != nil { return Problem("stratify has no effect with folds", help: "write kind: stratified", at: "stratify") }
        if values != nil { return Problem("values go with column", help: "leave them out", at: "values") }
        if seed != nil, kind ?? .contiguous == .contiguous {
            return Problem("a seed has no effect with contiguous folds", help: "leave it out, or write kind: shuffled", at: "seed")
        }
        return nil
    }

    private var part: PartSettings {
        let size: PartSize =
            if let first { .first(first) } else if let column { .rows(column: column, values: values ?? []) } else {
                .fraction(fraction ?? 0)
            }
        return PartSettings(shuffle: shuffle ?? .none, seed: seed ?? 0, size: size, stratified: stratify ?? false)
    }
}

extension WrittenValidation {
    init(_ settings: ValidationSettings) {
        switch settings {
        case .part(let part):
            self.init(
                shuffle: part.shuffle, seed: part.seed, fraction: part.fraction, first: part.first, column: part.column,
                values: part.values,
                stratify: part.stratified ? true : nil)
        case .folds(let count, let kind, let seed):
            self.init(seed: seed == 0 ? nil : seed, folds: count, kind: kind)
        }
    }
}

/// What NumPy's legacy generator takes as a seed.
private let seedBounds = Bounds.atLeast(0, upTo: 4_294_967_295)

extension Shuffle {
    static let schema = Schema<Shuffle>.enumeration(
        "shuffle",
        Choosable("none", .none, aliases: ["false"], doc: "The order of the file."),
        Choosable("philox", .philox, aliases: ["true"], doc: "Our own permutation, by the seed."),
        Choosable("numpy", .numpy, doc: "RandomState(seed).shuffle(arange(n)), as Keras does; the rows at the end are the part."),
        Choosable("pandas", .pandas, doc: "DataFrame.sample(frac, random_state = seed) gives the other rows; the rest is the part."),
        Choosable("scikit-learn", .scikitLearn, doc: "train_test_split(test_size, random_state = seed)."))
}

extension FoldKind {
    static let schema = Schema<FoldKind>.enumeration(
        "kind of folds",
        Choosable("contiguous", .contiguous, doc: "Blocks of neighbouring rows."),
        Choosable("shuffled", .shuffled, doc: "At random."),
        Choosable("stratified", .stratified, doc: "At random, each class in equal shares."))
}
