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
            if let folds = written.folds { return .folds(count: folds, kind: written.kind ?? .contiguous, seed: written.seed ?? 0) }
            return .part(PartSettings(written))
        },
        from: { (settings: ValidationSettings) -> WrittenPart in
            switch settings {
            case .part(let part): WrittenPart(part)
            case .folds(let count, let kind, let seed): WrittenPart(seed: seed == 0 ? nil : seed, folds: count, kind: kind)
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
