import Documents

/// Which rows train, validate and test: the test part is taken first, the validation part or the folds from the rows that remain, and the rest trains.
/// The split is the same for every variant, and unless it is drawn anew, for every seed.
public struct SplitSettings: Hashable, Sendable {
    /// The rows that take part at all, those with certain values in a column; `nil`: all.
    public var only: PartSettings?
    /// The rows kept for the end; `nil`: the data set's own test rows, or none.
    public var test: PartSettings?
    /// The rows that validate every epoch, taken from those that remain; `nil`: none.
    public var validation: ValidationSettings?
    /// Which of the rows that remain train, the others are left out; `nil`: all of them.
    public var train: PartSettings?
    /// A column of which all rows of one value stay in one part, and in one fold; it is no input then unless it is named.
    public var group: String?
    /// A column of numbers or dates by which the rows are put in order before anything is cut; it is no input then unless it is named. `nil`: the order of
    /// the data set.
    public var order: String?
    /// How many rows are left out between those that train and those that follow them and test or validate.
    public var gap: Int
    /// Whether the rows that validate are drawn anew by the seed of each run; without such rows, those that test.
    public var resplit: Bool
    /// Whether, beside the folds, one run a seed trains on all rows that do not test, without rows that validate. It decides no result of the folds.
    public var refit: Bool

    /// A split into test, validation and train rows.
    public init(
        only: PartSettings? = nil, test: PartSettings? = nil, validation: ValidationSettings? = nil, train: PartSettings? = nil,
        group: String? = nil, order: String? = nil, gap: Int = plainGap, resplit: Bool = false, refit: Bool = false
    ) {
        self.only = only
        self.test = test
        self.validation = validation
        self.train = train
        self.group = group
        self.order = order
        self.gap = gap
        self.resplit = resplit
        self.refit = refit
    }

    /// The gap without a word on it.
    public static let plainGap = 0
}

extension SplitSettings {
    /// How many runs a seed has, each with rows of its own that validate: the folds of validation, those of all repeats, in each fold that tests. `nil`: one.
    public var folds: Int? {
        guard let outerFolds else { return innerFolds }
        return outerFolds * (innerFolds ?? 1)
    }

    /// The number of folds that validate, those of all repeats, when validation goes by folds.
    public var innerFolds: Int? {
        if case .folds(let count, _, _, let repeats) = validation { count * repeats } else { nil }
    }

    /// How many folds the rows are dealt to at a time, when validation goes by folds.
    public var foldsOfRepeat: Int? {
        if case .folds(let count, _, _, _) = validation { count } else { nil }
    }

    /// Whether classes or labels are to have their share of a part or of folds.
    public var isStratified: Bool {
        switch validation {
        case .folds(_, .stratified, _, _): true
        case .part(let part): part.stratified || test?.spreadsClasses == true
        case .folds, nil: test?.spreadsClasses == true
        }
    }

    /// How often rows are dealt to folds; 1 without folds.
    public var repeats: Int {
        if case .folds(_, _, _, let repeats) = validation { repeats } else { 1 }
    }

    /// What a fold, counted from 1 over all repeats and all folds that test, is called: `fold 2`, or `fold 2 of repeat 3` where there are several;
    /// `fold 2 of outer fold 3` or `outer fold 3` where folds test.
    public func foldName(_ fold: Int) -> String {
        guard let outer = outerFold(of: fold) else { return innerFoldName(fold) }
        return innerFolds.map { "\(innerFoldName((fold - 1) % $0 + 1)) of outer fold \(outer)" } ?? "outer fold \(outer)"
    }

    private func innerFoldName(_ fold: Int) -> String {
        guard case .folds(let count, _, _, let repeats) = validation, repeats > 1, count > 0 else { return "fold \(fold)" }
        return "fold \((fold - 1) % count + 1) of repeat \((fold - 1) / count + 1)"
    }

    /// How many rows validate over those that train meanwhile, in a fold (on average over the folds), or in a split that is drawn anew, where those that
    /// test are meant if none validate; nil otherwise.
    public var validationShare: Double? {
        switch validation {
        case .folds(let count, let kind, _, _):
            return kind.share(of: count)
        case .part(let part): return resplit || outerFolds != nil ? part.shareOfRest : nil
        case nil: return resplit ? test?.shareOfRest : nil
        }
    }

    /// The split of a run: where it is drawn anew, with the run's seed.
    public func drawn(for seed: Int) -> SplitSettings {
        guard resplit else { return self }
        var split = self
        switch validation {
        case .part(var part):
            part.seed = seed
            split.validation = .part(part)
        case .folds(let count, let kind, _, let repeats): split.validation = .folds(count: count, kind: kind, seed: seed, repeats: repeats)
        case nil: split.test?.seed = seed
        }
        return split
    }
}

extension FoldKind {
    /// The rows of a fold over those that stand against it, on average over so many folds.
    func share(of count: Int) -> Double {
        if self == .time { return (1...max(count, 1)).reduce(0) { $0 + 1 / Double($1) } / Double(max(count, 1)) }
        return 1 / Double(max(count - 1, 1))
    }
}

extension PartSettings {
    /// Whether every class is to have its share of it.
    fileprivate var spreadsClasses: Bool {
        if case .fold(_, _, .stratified) = size { true } else { stratified }
    }

    /// The rows of the part over those that remain; nil where it is no share.
    fileprivate var shareOfRest: Double? {
        guard case .fraction(let fraction) = size, fraction < 1 else { return nil }
        return fraction / (1 - fraction)
    }
}

/// The rows that validate.
public enum ValidationSettings: Hashable, Sendable {
    /// One part of the rows.
    case part(PartSettings)
    /// Each of `count` parts of one size in turn, the others train; rows that do not fill a fold always train, unless classes are spread. `seed` is that
    /// of the kinds that shuffle, which may be dealt anew several times (`repeats`).
    case folds(count: Int, kind: FoldKind, seed: Int = 0, repeats: Int = 1)
}

/// How rows are dealt to folds.
public enum FoldKind: String, Hashable, Sendable, CaseIterable {
    /// Blocks of neighbouring rows; of groups the largest first, each to the fold of the fewest rows.
    case contiguous
    /// At random (Philox); groups, too, each to the fold of the fewest rows so far.
    case shuffled
    /// At random (Philox), each class in equal shares; of groups those that class counts differ most in come first, each to where shares stay most even.
    case stratified
    /// Blocks of neighbouring rows, each of which validates what all rows before it have trained, save for the split's gap (expanding windows).
    case time

    /// The kind without a word on it.
    static let plain = FoldKind.contiguous

    /// Whether a seed decides which rows a fold gets.
    public var isShuffled: Bool { self == .shuffled || self == .stratified }
}

// MARK: - In the file

extension SplitSettings {
    package static let schema = Record<SplitSettings>(
        "split",
        Field(
            optional: "only", \.only, PartSettings.onlySchema,
            doc: "The rows that take part at all, such as those of some classes: the others are as if they were not there."),
        Field(optional: "test", \.test, PartSettings.schema, doc: "The rows kept for the end, cut off first."),
        Field(
            optional: "validation", \.validation, ValidationSettings.schema, misnomers: ["val"],
            doc: "The rows that validate every epoch, cut off what remains."),
        Field(
            optional: "train", \.train, PartSettings.schema,
            doc: "Those of the remaining rows that train, such as first: 500; the others are left out. All train unless written."),
        Field(
            optional: "group", \.group, .text("column's name"), misnomers: ["groups"],
            doc: "The column of which all rows of one value stay in one part and one fold; it is no input then unless it is named."),
        Field(
            optional: "order", \.order, .text("column's name"), misnomers: ["time", "sort"],
            doc: "The column of numbers or dates by which rows are put in order before the cut; it is no input then unless it is named."),
        Field(
            "gap", \.gap, .integer(.atLeast(0)), unlessWritten: plainGap,
            doc: "How many rows are left out between those that train and those behind them that validate or test"),
        Field(
            "resplit", \.resplit, .boolean, unlessWritten: false,
            doc: "Whether the validation part or the folds, without either the test part, are drawn anew by the seed of each run"),
        Field(
            optional: "refit", { $0.refit ? true : nil }, .boolean, identifying: false,
            doc:
                "Whether one more run a seed trains on all rows that folds take by turns, for test, export and predict: false unless written."
        ),
        build: {
            SplitSettings(
                only: $0, test: $1, validation: $2, train: $3, group: $4, order: $5, gap: $6, resplit: $7, refit: $8 ?? false)
        }
    ).schema.checked(\.problem)

    /// Keys that do not go together.
    private var problem: Problem? {
        var parts: [(key: String, part: PartSettings)] = test.map { [("test", $0)] } ?? []
        if case .part(let part) = validation { parts.append(("validation", part)) }
        if let train { parts.append(("train", train)) }
        if case .fold = train?.size {
            return Problem("folds test or validate, they do not train", help: "write first or fraction", at: "train")
        }
        var kinds: [FoldKind] = []
        if case .folds(_, let kind, _, _) = validation { kinds.append(kind) }
        if case .fold(_, _, let kind) = test?.size {
            kinds.append(kind)
            if validation == nil {
                return Problem(
                    "folds that test want rows that validate in each of them", help: "write validation, or validation: {folds: …} alone",
                    at: "test")
            }
        }
        if group != nil, order != nil || gap > 0 || kinds.contains(.time) {
            return Problem(
                "groups stay together wherever their rows stand, so they cannot be cut by time",
                help: "leave out group, or order, gap and time",
                at: "group")
        }
        if group != nil, let (key, part) = parts.first(where: { !$0.part.knowsGroups }) {
            return Problem("this way to take rows knows no groups", help: PartSettings.groupHelp(part), at: key)
        }
        if train != nil, !kinds.isEmpty {
            return Problem("with folds all other rows train", help: "leave out train, or folds", at: "train")
        }
        if gap > 0, !kinds.contains(.time), !parts.contains(where: { $0.part.isFromEnd }) {
            return Problem(
                "gap has no effect: no part is cut off the end", help: "write last, a fraction without shuffle, or folds of kind: time",
                at: "gap")
        }
        if refit, folds == nil {
            return Problem(
                "refit goes with folds: this split trains on all its rows already", help: "leave it out, or write validation: {folds: …}",
                at: "refit")
        }
        return resplit ? problemOfResplit : nil
    }

    private var problemOfResplit: Problem? {
        let seedless = Problem("a seed has no effect with resplit", help: "leave it out: each run draws by its own", at: "resplit")
        let part: PartSettings
        switch validation {
        case .folds(_, let kind, let seed, _):
            if kind.isShuffled { return seed == 0 ? nil : seedless }
            return Problem("these folds are the same for every seed", help: "write kind: shuffled or kind: stratified", at: "resplit")
        case .part(let own): part = own
        case nil:
            guard let test else { return Problem("there is nothing to draw anew", help: "write validation or test", at: "resplit") }
            part = test
        }
        if part.seed != 0 { return seedless }
        guard case .fraction = part.size, part.shuffle != .none else {
            return Problem(
                "this \(validation == nil ? "test" : "validation") part is the same for every seed",
                help: "write fraction: …, with shuffle: true", at: "resplit")
        }
        return nil
    }
}

extension ValidationSettings {
    package static let schema = WrittenPart.validation.checked(\.problem).mapped(
        to: { (written: WrittenPart) -> ValidationSettings in
            guard let count = written.folds else { return .part(PartSettings(written)) }
            let kind = written.kind ?? .plain
            let repeats = written.repeats ?? 1
            return written.seed.map { .folds(count: count, kind: kind, seed: $0, repeats: repeats) }
                ?? .folds(count: count, kind: kind, repeats: repeats)
        },
        from: { (settings: ValidationSettings) -> WrittenPart in
            switch settings {
            case .part(let part): WrittenPart(part)
            case .folds(let count, let kind, let seed, let repeats):
                WrittenPart(
                    seed: settings == .folds(count: count, kind: kind, repeats: repeats) ? nil : seed, folds: count, kind: kind,
                    repeats: repeats == 1 ? nil : repeats)
            }
        })
}

extension FoldKind {
    package static let schema = Schema<FoldKind>.enumeration(
        "kind of folds",
        Choosable("contiguous", .contiguous, doc: "Blocks of neighbouring rows; groups so that folds are of like size."),
        Choosable("shuffled", .shuffled, doc: "At random."),
        Choosable("stratified", .stratified, doc: "At random, each class in equal shares."),
        Choosable("time", .time, doc: "Blocks of neighbouring rows; those before a block train while it validates, but for the gap."))
}
