import Documents

/// A part that is split off from the rows.
public struct PartSettings: Hashable, Sendable {
    /// Whose order of the rows is taken before cutting.
    public var shuffle: Shuffle
    /// The seed of that order; without effect for `none`.
    public var seed: Int
    /// How many rows the part gets, or which.
    public var size: PartSize
    /// Whether every class of the target has its share of the part. Rows are taken class by class as scikit-learn does with `stratify`, or in our own
    /// order, class sizes rounded by largest remainder; other orders do not know classes.
    public var stratified: Bool

    /// A part of the rows.
    public init(shuffle: Shuffle = .none, seed: Int = 0, size: PartSize, stratified: Bool = false) {
        self.shuffle = shuffle
        self.seed = seed
        self.size = size
        self.stratified = stratified
    }

    /// What a part is without a word on it.
    static let plain = PartSettings(size: .first(1))
}

/// How many rows a part gets.
public enum PartSize: Hashable, Sendable {
    /// A share of the rows, between 0 and 1; `Shuffle` tells how it is rounded.
    case fraction(Double)
    /// The first so many rows of the order.
    case first(Int)
    /// The last so many rows of the order.
    case last(Int)
    /// The rows with one of these values in a column, which is no input then unless it is named.
    case rows(column: String, values: [String])
    /// One of so many folds of the rows, counted from 1; `nil`: each of them in turn, in runs of its own (nested selection).
    case fold(Int?, of: Int, kind: FoldKind)
}

/// Whose order of the rows is taken before a part is cut off. With a share `f` of `n` rows those known from elsewhere give exactly the rows that their
/// model gives. Where every class is to have its share, `none` and `philox` take the nearest number to `n f`.
public enum Shuffle: String, Hashable, Sendable, CaseIterable {
    /// The order of the file; the first `int(n (1 − f))` rows remain, as with Keras's `validation_split`.
    case none
    /// Our own permutation (Philox), by the seed; the part has the nearest number to `n f`.
    case philox
    /// `RandomState(seed).shuffle(arange(n))`; the first `int(n (1 − f))` rows remain, as in Keras's data sets.
    case numpy
    /// `DataFrame.sample(frac = 1 − f, random_state = seed)` remains, in the order drawn; the part is the other rows in the order of the file.
    case pandas
    /// `train_test_split(test_size = f, random_state = seed)`: the part is the first `ceil(n f)` rows of a permutation.
    case scikitLearn = "scikit-learn"
}

// MARK: - In the file

extension PartSettings {
    package static let schema = WrittenPart.test.checked(\.problem).mapped(to: PartSettings.init, from: { WrittenPart($0) })

    static let onlySchema = WrittenPart.only.mapped(to: PartSettings.init, from: { WrittenPart($0) })

    init(_ written: WrittenPart) {
        let size: PartSize =
            if let first = written.first { .first(first) } else if let last = written.last {
                .last(last)
            } else if let column = written.column {
                .rows(column: column, values: written.values ?? [])
            } else if let folds = written.folds {
                .fold(nil, of: folds, kind: written.kind ?? .plain)
            } else { .fraction(written.fraction ?? 0) }
        self.init(size: size)
        if let shuffle = written.shuffle { self.shuffle = shuffle }
        if let seed = written.seed { self.seed = seed }
        if let stratify = written.stratify { stratified = stratify }
    }
}

/// The keys of `test` and of `validation` as they stand in a file: some go with a part, others with folds, which only `validation` has.
struct WrittenPart {
    var shuffle: Shuffle?
    var seed: Int?
    var fraction: Double?
    var first: Int?
    var last: Int?
    var column: String?
    var values: [String]?
    var stratify: Bool?
    var folds: Int?
    var kind: FoldKind?
    var repeats: Int?

    static let test = Record<WrittenPart>(
        "test", exclusive: ["fraction", "first", "last", "column", "folds"],
        shuffleField, seedField, fractionField, firstField, lastField, columnField, valuesField, stratifyField,
        Field(
            optional: "folds", \.folds, .integer(.atLeast(2, upTo: 100)),
            doc:
                "Each of so many parts of one size in turn; validation has its part or its folds of the rows that remain (nested selection)."
        ),
        kindField,
        build: {
            WrittenPart(shuffle: $0, seed: $1, fraction: $2, first: $3, last: $4, column: $5, values: $6, stratify: $7, folds: $8, kind: $9)
        }
    ).schema

    static let only = Record<WrittenPart>(
        "only",
        Field(
            "column", { $0.column ?? "" }, .text("column's name"),
            doc: "The column that tells which rows; it is no input then unless it is named."),
        Field(
            "values", { $0.values ?? [] }, .list(of: .text("value"), atLeast: 1), misnomers: ["value"],
            doc: "The values that the rows have in column."),
        build: { WrittenPart(column: $0, values: $1) }
    ).schema

    static let validation = Record<WrittenPart>(
        "validation", exclusive: ["fraction", "first", "last", "column", "folds"],
        shuffleField, seedField, fractionField, firstField, lastField, columnField, valuesField, stratifyField,
        Field(
            optional: "folds", \.folds, .integer(.atLeast(2, upTo: 1000)),
            doc: "Each of so many parts of one size in turn; rows left over always train, or with stratified are dealt out."),
        kindField,
        Field(
            optional: "repeats", \.repeats, .integer(.atLeast(1, upTo: 1000)),
            doc: "How often rows are dealt to folds anew, at random each time: once unless written."),
        build: WrittenPart.init
    ).schema

    // MARK: - Keys

    private static let shuffleField = Field<WrittenPart, Shuffle?>(
        optional: "shuffle", \.shuffle, Shuffle.schema,
        doc: "Whose order of the rows is taken before the cut: \(PartSettings.plain.shuffle.rawValue) unless written; true is philox.")
    private static let seedField = Field<WrittenPart, Int?>(
        optional: "seed", \.seed, .integer(seedBounds),
        doc: "The seed of that order, or of folds that are shuffled: \(PartSettings.plain.seed) unless written.")
    private static let fractionField = Field<WrittenPart, Double?>(
        optional: "fraction", \.fraction, .number(.between(0, and: 1)),
        doc:
            "The share of the rows, from the end of the order; rounded as Keras does for none and numpy, as the order's library does, else to the nearest."
    )
    private static let firstField = Field<WrittenPart, Int?>(
        optional: "first", \.first, .integer(.atLeast(1)), doc: "The first so many rows.")
    private static let lastField = Field<WrittenPart, Int?>(
        optional: "last", \.last, .integer(.atLeast(1)), doc: "The last so many rows, in the order of the file or of the split.")
    private static let columnField = Field<WrittenPart, String?>(
        optional: "column", \.column, .text("column's name"),
        doc: "The column that tells which rows; it is no input then unless it is named.")
    private static let valuesField = Field<WrittenPart, [String]?>(
        optional: "values", \.values, .list(of: .text("value"), atLeast: 1), misnomers: ["value"],
        doc: "The values that the part's rows have in column.")
    private static let stratifyField = Field<WrittenPart, Bool?>(
        optional: "stratify", \.stratify, .boolean, misnomers: ["stratified"],
        doc: "Whether every class of the target has its share of the part: \(PartSettings.plain.stratified) unless written.")

    private static let kindField = Field<WrittenPart, FoldKind?>(
        optional: "kind", \.kind, FoldKind.schema, doc: "How rows are dealt to folds: \(FoldKind.plain.rawValue) unless written.")

    // MARK: - Checks

    /// Keys that do not go together.
    var problem: Problem? { folds == nil ? problemOfPart : problemOfFolds }

    private var problemOfPart: Problem? {
        if repeats != nil { return Problem("repeats goes with folds", help: "write folds, or leave it out", at: "repeats") }
        if kind != nil { return Problem("kind goes with folds", help: "write shuffle", at: "kind") }
        if column == nil, values != nil { return Problem("values go with column", help: "write column", at: "values") }
        let shuffle = shuffle ?? PartSettings.plain.shuffle
        if column != nil {
            if values == nil {
                return Problem("column goes with values", help: "write values: […], those of the rows that are the part", at: "column")
            }
            if shuffle != .none { return Problem("shuffle has no effect with column", help: "leave it out", at: "shuffle") }
            if stratify == true { return Problem("stratify has no effect with column", help: "leave it out", at: "stratify") }
        }
        if shuffle == .none, let seed, seed != PartSettings.plain.seed {
            return Problem("a seed has no effect without shuffle", help: "add shuffle, or leave out seed", at: "seed")
        }
        if shuffle != .none, last != nil {
            return Problem("last takes the rows of the order that they have", help: "leave out shuffle, or write fraction", at: "shuffle")
        }
        if shuffle == .pandas, first != nil { return Problem("pandas' sample goes with a fraction", help: "write fraction", at: "first") }
        if stratify == true, shuffle == .numpy || shuffle == .pandas {
            return Problem(
                "this order of rows knows no classes", help: "stratify goes with shuffle: true or shuffle: scikit-learn", at: "stratify")
        }
        return nil
    }

    private var problemOfFolds: Problem? {
        if shuffle != nil {
            let help = !(kind ?? .plain).isShuffled ? "write kind: shuffled" : "leave it out, kind says it"
            return Problem("shuffle has no effect with folds", help: help, at: "shuffle")
        }
        if stratify != nil { return Problem("stratify has no effect with folds", help: "write kind: stratified", at: "stratify") }
        if values != nil { return Problem("values go with column", help: "leave them out", at: "values") }
        let kind = kind ?? .plain
        if seed != nil, !kind.isShuffled {
            return Problem("a seed has no effect with \(kind.words) folds", help: "leave it out, or write kind: shuffled", at: "seed")
        }
        if let repeats, repeats > 1, !kind.isShuffled {
            return Problem(
                "\(kind.words) folds are the same in every repeat", help: "write kind: shuffled or kind: stratified", at: "repeats")
        }
        if let folds, let repeats, folds * repeats > 1000 {
            return Problem("\(folds) folds in \(repeats) repeats are more than 1000", help: "take fewer of either", at: "repeats")
        }
        return nil
    }
}

extension FoldKind {
    fileprivate var words: String { self == .time ? "expanding" : rawValue }
}

extension PartSettings {
    /// Whether the part may be made of whole groups: a share of the rows, in an order that we or scikit-learn have for groups.
    var knowsGroups: Bool {
        switch size {
        case .rows: true
        case .fold(_, _, let kind): kind != .time
        case .first, .last: false
        case .fraction: shuffle != .numpy && shuffle != .pandas && !stratified
        }
    }

    /// What to write so that groups stay together.
    static func groupHelp(_ part: PartSettings) -> String {
        if case .fraction = part.size {
            return part.stratified
                ? "leave out stratify, or take folds of kind: stratified" : "write shuffle: true or shuffle: scikit-learn"
        }
        return "write fraction: …, with shuffle: true or shuffle: scikit-learn"
    }

    /// Whether the part is what stands last in the order that the rows have.
    package var isFromEnd: Bool {
        switch size {
        case .last: true
        case .fraction: shuffle == .none && !stratified
        case .fold(_, _, let kind): kind == .time
        case .first, .rows: false
        }
    }
}

extension WrittenPart {
    init(_ part: PartSettings) {
        self.init(shuffle: part.shuffle, seed: part.seed, stratify: part.stratified ? true : nil)
        switch part.size {
        case .fraction(let fraction): self.fraction = fraction
        case .first(let first): self.first = first
        case .last(let last): self.last = last
        case .rows(let column, let values): (self.column, self.values) = (column, values)
        case .fold(_, let folds, let kind):
            (self.folds, self.kind) = (folds, kind)
            shuffle = nil
            if part == PartSettings(size: part.size) { seed = nil }
        }
    }
}

/// What NumPy's legacy generator takes as a seed.
private let seedBounds = Bounds.atLeast(0, upTo: 4_294_967_295)

extension Shuffle {
    package static let schema = Schema<Shuffle>.enumeration(
        "shuffle",
        Choosable("none", .none, aliases: ["false"], doc: "The order of the file."),
        Choosable("philox", .philox, aliases: ["true"], doc: "Our own permutation, by the seed."),
        Choosable("numpy", .numpy, doc: "RandomState(seed).shuffle(arange(n)), as Keras does; the rows at the end are the part."),
        Choosable("pandas", .pandas, doc: "DataFrame.sample(frac, random_state = seed) gives the other rows; the rest is the part."),
        Choosable("scikit-learn", .scikitLearn, aliases: ["sklearn"], doc: "train_test_split(test_size, random_state = seed)."))
}
