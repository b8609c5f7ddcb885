import Settings

/// Encodes the rows of a data set that are a text and a class each.
struct TextEncoder: FoldEncoder {
    private let texts: WordColumn
    private let labels: [Int32]
    private let classes: [String]
    private let split: SplitRows
    private let input: ColumnSettings
    private let vocabulary: Int?
    private let words: WordSettings
    private let target: String

    init(_ texts: WordColumn, labels: [Int32], classes: [String], of raw: RawTable, _ request: EncodingRequest) throws {
        guard let input = DatasetEncoder.inputColumns(request, all: raw.columns).first else { throw DatasetError.noInputs }
        guard let words = input.encoding.words, input.column == raw.columns[0] else {
            throw DatasetError.wrongEncoding(
                column: input.column, encoding: input.encoding.name, expected: "multi-hot, counts, tf-idf or tokens")
        }
        switch request.target.encoding {
        case .label, .oneHot: break
        default:
            throw DatasetError.wrongEncoding(
                column: request.target.column, encoding: request.target.encoding.name, expected: "label or one-hot")
        }
        func unknown(_ column: String) -> DatasetError { .unknownColumn(name: column, dataset: raw.name, known: raw.columns) }
        let columns = SplitColumns(
            hasValue: { column, values in
                guard column == raw.columns[1] else { throw unknown(column) }
                let absent = values.filter { !classes.contains($0) }
                guard absent.isEmpty else { throw DatasetError.valuesWithoutRow(column: column, values: absent, known: classes) }
                return labels.map { values.contains(classes[Int($0)]) }
            },
            groups: { column in
                guard column == raw.columns[1] else { throw unknown(column) }
                return RowGroups(ofRow: labels, names: classes, column: column)
            }, order: { throw unknown($0) })
        var own = raw.ownParts
        if case .rows(let column, let values) = request.split.only?.size {
            let takesPart = try columns.hasValue(column, values)
            let kept = own ?? SplitRows(train: (0..<Int32(texts.rowCount)).map { $0 })
            func left(_ rows: [Int32]) -> [Int32] { rows.filter { takesPart[Int($0)] } }
            own = SplitRows(train: left(kept.train), validation: left(kept.validation), test: left(kept.test))
        }
        split = try Splitter.split(texts.rowCount, request.drawnSplit, labels: labels, own: own, columns: columns)
        try split.check(rowCount: texts.rowCount)
        self.texts = texts.terms(words)
        self.labels = labels
        self.classes = classes
        self.input = input
        vocabulary = if case .multiHot(let vocabulary, _) = input.encoding { vocabulary } else { nil }
        self.words = words
        target = request.target.column
    }

    func encode(whileValidating fold: Int?) throws -> EncodedArrays {
        if case .tokens(let settings) = input.encoding {
            let (fitted, numbers, words) = try FittedTokens.fit(
                texts, of: input.column, settings, counted: countedRows(whileValidating: fold))
            return EncodedArrays(
                rowCount: texts.rowCount, inputShape: [fitted.length], featureNames: [],
                inputs: .tokens(fitted.rows(texts, numbers: numbers), vocabulary: fitted.vocabulary),
                target: .classes(labels: labels, names: classes), split: split,
                fitted: [
                    FittedColumn(column: input.column, fit: .tokens(fitted)),
                    FittedColumn(column: target, fit: .label(categories: classes)),
                ], vocabulary: words)
        }
        let encoder = try WordEncoder(
            texts, of: input.column, vocabulary: vocabulary, words: words, counted: countedRows(whileValidating: fold))
        let fitted = encoder.fitted(texts)
        return EncodedArrays(
            rowCount: texts.rowCount, inputShape: [encoder.columns], featureNames: [],
            inputs: .sparse(fitted.rows(texts, ids: encoder.ids)),
            target: .classes(labels: labels, names: classes), split: split,
            fitted: [
                FittedColumn(column: input.column, fit: .words(fitted)), FittedColumn(column: target, fit: .label(categories: classes)),
            ],
            vocabulary: encoder.words)
    }

    func exactNumbers(whileValidating fold: Int?) -> ExactNumbers { .none }

    var notices: [DatasetNotice] {
        guard isKerasRanking else { return FittedRowsNotice.of([(input.column, input.fit)], split, rowCount: texts.rowCount) }
        let all = countedRows(whileValidating: nil).map(Set.init)
        let others = (split.folds == nil ? split.validation : split.train) + split.test
        let counted = others.filter { all?.contains($0) ?? true }
        return counted.isEmpty ? [] : [.rankedAsKerasDoes(column: input.column)]
    }

    // MARK: - Details

    /// Whether words are ranked by the texts that Keras ranked them by, and not by those that train.
    private var isKerasRanking: Bool {
        guard words.coding == .keras, input.fit != .all else { return false }
        if case .train = texts.countedRows { return false }
        return true
    }

    /// The texts whose words are ranked; nil for all.
    private func countedRows(whileValidating fold: Int?) -> [Int32]? {
        guard isKerasRanking else { return split.rows(input.fit, whileValidating: fold) }
        if case .rows(let rows) = texts.countedRows { return rows }
        return nil
    }
}
