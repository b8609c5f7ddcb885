import Settings

/// What was learned of a data set to encode its rows, by itself: enough to encode further rows, to build a network for them and to read its outputs, with
/// the data set gone. Each of its columns says itself how it is encoded.
public struct FittedEncoder: Sendable, Hashable, Codable {
    /// How many rows there were, so that the encoder can say what it comes from.
    public struct Counts: Sendable, Hashable, Codable {
        /// All rows of the data set.
        public var all: Int
        /// The rows that train (with folds: in each fold).
        public var train: Int
        /// The rows that validate (with folds: in each fold).
        public var validation: Int
        /// The rows that test.
        public var test: Int
        /// How many folds there are.
        public var folds: Int?
    }

    /// The columns of the inputs, in the order of their features.
    public var inputs: [FittedColumn]
    /// The words of texts that have a column of their own, text by text.
    public var vocabulary: [String]
    /// The shape of a row's inputs.
    public var inputShape: [Int]
    /// What the inputs of a row are.
    public var inputKind: DatasetSummary.InputKind
    /// The target column's name.
    public var targetColumn: String
    /// The windows of a time series that a row's inputs are; nil: a row of a table.
    public var window: WindowSettings?
    /// What is predicted.
    public var target: DatasetSummary.TargetKind
    /// How many rows there were.
    public var counts: Counts
    /// The digest of the raw content.
    public var contentDigest: String
    /// The digest of how it was encoded and split.
    public var encodingDigest: String

    /// What was learned of this data set.
    public init(_ dataset: EncodedDataset) {
        self.init(dataset.summary, vocabulary: dataset.vocabulary)
    }

    /// What was learned of a data set with this summary and, for texts, these words.
    public init(_ summary: DatasetSummary, vocabulary: [String] = []) {
        inputs = Array(summary.fitted.dropLast())
        self.vocabulary = vocabulary
        inputShape = summary.inputShape
        inputKind = summary.inputKind
        window = summary.window
        targetColumn = summary.targetColumn
        target = summary.target
        counts = Counts(
            all: summary.rowCount, train: summary.trainCount, validation: summary.validationCount, test: summary.testCount,
            folds: summary.foldCount)
        contentDigest = summary.contentDigest
        encodingDigest = summary.encodingDigest
    }

    /// The data set as a network is built for it and a prediction is read by it: without its rows, and without what was found in them.
    public var summary: DatasetSummary {
        DatasetSummary(
            rowCount: counts.all, inputShape: inputShape, featureNames: [], inputKind: inputKind, storedInputs: 0, target: target,
            targetColumn: targetColumn, trainCount: counts.train, validationCount: counts.validation, testCount: counts.test,
            foldCount: counts.folds, fitted: inputs, contentDigest: contentDigest, encodingDigest: encodingDigest, window: window)
    }

    // MARK: - From a file

    /// As many numbers as a row of an encoder from a file may have.
    private static let mostFeatures = 1 << 26

    /// What cannot be right in an encoder that was read from a file; nil when nothing is found.
    public var contradiction: String? {
        var features = 0
        var words = 0
        var names: Set<String> = []
        for column in inputs {
            guard names.insert(column.column).inserted else { return "the column \(column.column) stands twice" }
            guard column.isSound else { return "the encoding of the column \(column.column) is not one" }
            features += column.width
            let own = column.wordCount(of: vocabulary.count)
            words += own
            if case .words(let text) = column.fit, own > text.columns - text.coding.firstWord {
                return "the column \(column.column) has more words than places"
            }
            if case .tokens(let text) = column.fit, own > text.vocabulary - text.firstWord {
                return "the column \(column.column) has more words than numbers"
            }
            guard features <= Self.mostFeatures, words <= vocabulary.count else { return "the inputs are more than they can be" }
        }
        var size = 1
        for length in inputShape {
            guard length > 0, length <= Self.mostFeatures / size else { return "the shape of the inputs cannot be" }
            size *= length
        }
        let rows = window?.length ?? 1
        guard rows > 0, window.map({ $0.horizon > 0 && $0.step > 0 }) ?? true, rows <= Self.mostFeatures / max(features, 1) else {
            return "the windows cannot be"
        }
        guard !inputs.isEmpty, features * rows == size else { return "\(features) features do not fill the shape \(inputShape)" }
        let found = [counts.all, counts.train, counts.validation, counts.test, counts.folds ?? 0]
        guard found.allSatisfy({ (0...Int(Int32.max)).contains($0) }) else { return "the counts of rows cannot be" }
        let isSound =
            switch target {
            case .classes(let names): names.count > 1
            case .severalLabels(let names): !names.isEmpty
            case .values(let width, let shift, let divisor, _):
                (1...Self.mostFeatures).contains(width) && shift.isFinite && divisor.isFinite && divisor != 0
            case .sequences(let length, let vocabulary):
                (1...Self.mostFeatures).contains(length) && (1...Self.mostFeatures).contains(vocabulary)
            case .inputs: true
            }
        return isSound ? nil : "the target cannot be"
    }
}

extension FittedColumn {
    /// Whether its figures can be those of an encoding.
    fileprivate var isSound: Bool {
        switch fit {
        case .numeric(let shift, let divisor, _): shift.isFinite && divisor.isFinite && divisor != 0
        case .ordinal(let order, let shift, let divisor): !order.isEmpty && shift.isFinite && divisor.isFinite && divisor != 0
        case .yesNo: true
        case .date(let dates): dates.isSound
        case .label(let categories), .parts(let categories, _), .oneHot(let categories, _, _, _): !categories.isEmpty
        case .words(let text): text.isSound
        case .tokens(let text): text.isSound
        }
    }
}

extension FittedWords {
    /// As many words in a row as may count as one.
    private static let mostInARow = 100

    fileprivate var isSound: Bool {
        guard columns >= max(coding.firstWord, 1), columns <= WordEncoder.mostColumns, skipTop >= 0, words ?? 0 >= 0, documents >= 0,
            ngrams.lowerBound >= 1, ngrams.upperBound <= Self.mostInARow
        else { return false }
        if case .tfidf = weights { return documentCounts.count == columns && documentCounts.allSatisfy { $0 >= 0 } }
        return documentCounts.isEmpty
    }
}

extension EncodedDataset {
    /// The lowest and highest number of each plain column among the rows that train, in its own unit. Columns of other kinds have none.
    public var trainedRanges: [String: ClosedRange<Double>] {
        guard case .dense(let numbers) = inputs else { return [:] }
        var ranges: [String: ClosedRange<Double>] = [:]
        var first = 0
        for column in summary.fitted.dropLast() {
            defer { first += column.width }
            guard case .numeric(let shift, let divisor, let logarithm) = column.fit, first < featureCount else { continue }
            // A window has the column once a row.
            let places = stride(from: first, to: featureCount, by: summary.window.map { featureCount / $0.length } ?? featureCount)
            let found = train.reduce(into: (low: Float.infinity, high: -Float.infinity)) { range, row in
                for place in places {
                    let number = numbers[Int(row) * featureCount + place]
                    range = (min(range.low, number), max(range.high, number))
                }
            }
            let ends = [found.low, found.high].map { end in
                let number = Double(end) * divisor + shift
                return logarithm?.inverse(number) ?? number
            }.sorted()
            if ends.allSatisfy(\.isFinite) { ranges[column.column] = ends[0]...ends[1] }
        }
        return ranges
    }
}
