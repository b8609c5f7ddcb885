/// What can be said of an encoded data set without reading its rows.
public struct DatasetSummary: Sendable, Hashable, Codable {
    /// How inputs are stored.
    public enum InputKind: String, Sendable, Hashable, Codable {
        /// Row-major numbers.
        case dense
        /// The places of the ones of each row.
        case sparse
    }

    /// What is predicted.
    public enum TargetKind: Sendable, Hashable, Codable {
        /// One of these classes.
        case classes(names: [String])
        /// Numbers; `original = value * divisor + shift`.
        case values(width: Int, shift: Double, divisor: Double)
    }

    /// All rows of the data set.
    public var rowCount: Int
    /// The width of an input row.
    public var featureCount: Int
    /// The features' names; empty for a text's words.
    public var featureNames: [String]
    /// How inputs are stored.
    public var inputKind: InputKind
    /// How many numbers of the inputs are stored: for sparse inputs, the ones of all rows.
    public var storedInputs: Int
    /// What is predicted.
    public var target: TargetKind
    /// The target column's name.
    public var targetColumn: String
    /// How many rows train (with folds: in each fold).
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

    /// How many classes there are; nil for values.
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
            case .sparse(_, let columns): (.sparse, columns.count)
            }
        let target: TargetKind =
            switch arrays.target {
            case .classes(_, let names): .classes(names: names)
            case .values(_, let shift, let divisor): .values(width: 1, shift: shift, divisor: divisor)
            }
        let split = arrays.split
        let validating = split.folds?.ofTrain.count { $0 == 0 }
        self.init(
            rowCount: arrays.rowCount, featureCount: arrays.featureCount, featureNames: arrays.featureNames, inputKind: kind,
            storedInputs: stored, target: target, targetColumn: column, trainCount: split.train.count - (validating ?? 0),
            validationCount: validating ?? split.validation.count, testCount: split.test.count, foldCount: split.folds?.count,
            fitted: arrays.fitted, contentDigest: content, encodingDigest: encoding, targetFacts: TargetFacts(arrays),
            notices: arrays.notices)
    }
}
