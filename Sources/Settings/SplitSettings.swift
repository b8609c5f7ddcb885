import Documents

/// Which rows train, validate and test: the test part is taken first, the validation part or the folds from the rows that remain, and the rest trains.
/// The split is the same for every variant and seed.
public struct SplitSettings: Hashable, Sendable {
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

extension SplitSettings {
    /// The number of folds, when validation goes by folds.
    public var folds: Int? {
        if case .folds(let count, _, _) = validation { count } else { nil }
    }
}

/// The rows that validate.
public enum ValidationSettings: Hashable, Sendable {
    /// One part of the rows.
    case part(PartSettings)
    /// Each of `count` parts of one size in turn, the others train; rows that do not fill a fold always train, unless classes are spread. `seed` is that
    /// of the kinds that shuffle.
    case folds(count: Int, kind: FoldKind, seed: Int = 0)
}

/// How rows are dealt to folds.
public enum FoldKind: String, Hashable, Sendable, CaseIterable {
    /// Blocks of neighbouring rows.
    case contiguous
    /// At random (Philox).
    case shuffled
    /// At random (Philox), each class in equal shares.
    case stratified

    /// The kind without a word on it.
    static let plain = FoldKind.contiguous
}

// MARK: - In the file

extension SplitSettings {
    package static let schema = Record<SplitSettings>(
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

extension ValidationSettings {
    package static let schema = WrittenPart.validation.checked(\.problem).mapped(
        to: { (written: WrittenPart) -> ValidationSettings in
            guard let count = written.folds else { return .part(PartSettings(written)) }
            let kind = written.kind ?? .plain
            return written.seed.map { .folds(count: count, kind: kind, seed: $0) } ?? .folds(count: count, kind: kind)
        },
        from: { (settings: ValidationSettings) -> WrittenPart in
            switch settings {
            case .part(let part): WrittenPart(part)
            case .folds(let count, let kind, let seed):
                WrittenPart(seed: settings == .folds(count: count, kind: kind) ? nil : seed, folds: count, kind: kind)
            }
        })
}

extension FoldKind {
    package static let schema = Schema<FoldKind>.enumeration(
        "kind of folds",
        Choosable("contiguous", .contiguous, doc: "Blocks of neighbouring rows."),
        Choosable("shuffled", .shuffled, doc: "At random."),
        Choosable("stratified", .stratified, doc: "At random, each class in equal shares."))
}
