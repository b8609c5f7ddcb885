import Settings

/// What can be said of an encoded data set without reading its rows.
public struct DatasetSummary: Sendable, Hashable, Codable {
    /// What the inputs of a row are.
    public enum InputKind: Sendable, Hashable, Codable {
        /// Numbers of any shape.
        case dense
        /// Ones and zeros, of which the places of the ones are stored.
        case multiHot
        /// Numbers, most of them 0, of which the others are stored with their places.
        case sparse
        /// Whole numbers below `vocabulary`, each of which stands for a word.
        case sequences(vocabulary: Int)
    }

    /// What is predicted.
    public enum TargetKind: Sendable, Hashable, Codable {
        /// One of these classes.
        case classes(names: [String])
        /// Any number of these labels.
        case severalLabels(names: [String])
        /// Numbers; `original = value * divisor + shift`, or that is its logarithm.
        case values(width: Int, shift: Double, divisor: Double, logarithm: Logarithm? = nil)
        /// So many whole numbers below `vocabulary`, each of which stands for a word.
        case sequences(length: Int, vocabulary: Int)
        /// The inputs themselves; each row has one of these classes beside them, where there are such.
        case inputs(labels: [String]?)
    }

    /// All rows of the data set.
    public var rowCount: Int
    /// The shape of a row's inputs: `[30]` for a table, `[28, 28]` for an image in an array.
    public var inputShape: [Int]
    /// The features' names; none where a text is among the inputs, see ``FeatureNames``.
    public var featureNames: [String]
    /// What the inputs of a row are.
    public var inputKind: InputKind
    /// How many numbers of the inputs are stored: for multi-hot inputs the ones, for sparse ones what is not 0.
    public var storedInputs: Int
    /// What is predicted.
    public var target: TargetKind
    /// The target column's name.
    public var targetColumn: String
    /// How many rows train (with folds: in each fold, in the last where they grow).
    public var trainCount: Int
    /// How many rows validate (with folds: in each fold).
    public var validationCount: Int
    /// How many rows test.
    public var testCount: Int
    /// How many folds there are.
    public var foldCount: Int?
    /// What the encoders learned from the train rows, input columns first, in order, and the target last.
    public var fitted: [FittedColumn]
    /// The digest of the raw content.
    public var contentDigest: String
    /// The digest of how it was encoded and split.
    public var encodingDigest: String
    /// What the parts have of the target.
    public var targetFacts = TargetFacts()
    /// What its user must know of it, in the order in which it was found.
    public var notices: [DatasetNotice] = []

    /// The windows of a time series that the rows are; nil: rows of a table.
    public var window: WindowSettings?

    /// How many numbers a row's inputs are.
    public var featureCount: Int { inputShape.reduce(1, *) }

    /// How many numbers a row's target is.
    public var targetWidth: Int {
        switch target {
        case .classes: 1
        case .severalLabels(let names): names.count
        case .values(let width, _, _, _): width
        case .sequences(let length, _): length
        case .inputs: featureCount
        }
    }

    /// About how many bytes the encoded rows take.
    public var bytes: Double {
        let stored = Double(storedInputs) * (inputKind == .sparse ? 2 : 1)
        return 4 * (stored + Double(rowCount) * Double(targetWidth + (isSparse ? 1 : 0)))
    }

    /// Whether of the inputs only those are stored that are not 0.
    public var isSparse: Bool { inputKind == .multiHot || inputKind == .sparse }

    /// How many classes there are, of which each row has one; nil for other targets.
    public var classCount: Int? {
        if case .classes(let names) = target { names.count } else { nil }
    }
}

extension DatasetSummary {
    /// What can be said of encoded arrays.
    init(_ arrays: EncodedArrays, target column: String, content: String, encoding: String) {
        let (kind, stored): (InputKind, Int) =
            switch arrays.inputs {
            case .dense(let numbers): (.dense, numbers.count)
            case .tokens(let numbers, let vocabulary): (.sequences(vocabulary: vocabulary), numbers.count)
            case .sparse(let rows): (rows.values == nil ? .multiHot : .sparse, rows.columns.count)
            }
        let target: TargetKind =
            switch arrays.target {
            case .classes(_, let names): .classes(names: names)
            case .severalLabels(_, let names): .severalLabels(names: names)
            case .values(_, let unit): .values(width: 1, shift: unit.shift, divisor: unit.divisor, logarithm: unit.logarithm)
            case .inputs(let labels, let names): .inputs(labels: labels.map { _ in names })
            }
        let split = arrays.split
        let fold = split.folds.map { $0.trainingFrom.isEmpty ? 0 : $0.count - 1 }
        self.init(
            rowCount: arrays.rowCount, inputShape: arrays.inputShape, featureNames: arrays.featureNames, inputKind: kind,
            storedInputs: stored, target: target, targetColumn: column,
            trainCount: split.training(whileValidating: fold).count, validationCount: split.rows(validating: fold ?? 0).count,
            testCount: split.test.count, foldCount: split.folds?.count,
            fitted: arrays.fitted, contentDigest: content, encodingDigest: encoding, targetFacts: TargetFacts(arrays),
            notices: arrays.notices, window: arrays.window)
    }
}
