/// Encodes a raw data set: splits its rows, fits the encoders on those that train, and applies them to all.
enum RowEncoder {
    /// As many numbers as the inputs or the target may have, so that they can be numbered with 32 bits.
    private static let mostNumbers = Int(Int32.max)

    static func encode(_ raw: RawTable, _ request: EncodingRequest) throws -> EncodedArrays {
        try checkColumns(raw, request)
        switch raw.contents {
        case .texts(let texts, let labels, let classes):
            return try encodeTexts(texts, labels: labels, classes: classes, of: raw, request)
        case .cells(let table, let categories):
            return try TableEncoder(table: table, categories: categories, request: request).encode()
        }
    }

    /// The columns that the inputs name, `*` written out, in the order of their features.
    static func inputColumns(_ request: EncodingRequest, all: [String]) -> [InputEncodings.Column] {
        let named = Set(request.inputs.columns.map(\.name)).union(request.inputs.drop).union([request.target.column])
        return request.inputs.columns.flatMap { column in
            column.name == "*"
                ? all.filter { !named.contains($0) }.map { InputEncodings.Column(name: $0, encoding: column.encoding) } : [column]
        }
    }

    /// Refuses rows that could not be numbered, before anything of their size is made.
    static func checkSize(rows: Int, features: Int) throws(DatasetError) {
        let product = rows.multipliedReportingOverflow(by: max(features, 1))
        if product.overflow || product.partialValue > mostNumbers { throw .tooLarge(rows: rows, features: features) }
    }

    // MARK: - Checks

    private static func checkColumns(_ raw: RawTable, _ request: EncodingRequest) throws(DatasetError) {
        let all = raw.columns
        let named = request.inputs.columns.map(\.name).filter { $0 != "*" } + request.inputs.drop + [request.target.column]
        for name in named where !all.contains(name) { throw .unknownColumn(name: name, dataset: raw.name, known: all) }
        if request.inputs.columns.contains(where: { $0.name == request.target.column }) {
            throw .targetAmongInputs(column: request.target.column)
        }
        if inputColumns(request, all: all).isEmpty { throw .noInputs }
    }

    // MARK: - Texts

    private static func encodeTexts(
        _ texts: WordColumn, labels: [Int32], classes: [String], of raw: RawTable, _ request: EncodingRequest
    ) throws(DatasetError) -> EncodedArrays {
        let inputs = inputColumns(request, all: raw.columns)
        guard let input = inputs.first, inputs.count == 1 else { throw .multiHotBesideOthers(column: inputs[0].name) }
        guard case .multiHot(let vocabulary) = input.encoding, input.name == raw.columns[0] else {
            throw .wrongEncoding(column: input.name, encoding: input.encoding.name, expected: "multi-hot")
        }
        guard request.target.encoding == .label || request.target.encoding == .oneHot else {
            throw .wrongEncoding(column: request.target.column, encoding: request.target.encoding.name, expected: "label or one-hot")
        }
        let split = try Splitter.split(texts.rowCount, request.split, labels: labels, own: raw.ownParts)
        let rows: [Int32]? =
            switch texts.countedRows {
            case .all: nil
            case .train: split.fitting
            case .rows(let rows): rows
            }
        let multiHot = try multiHot(texts, vocabulary: vocabulary, counted: rows)
        return EncodedArrays(
            rowCount: texts.rowCount, featureCount: multiHot.width, featureNames: [],
            inputs: .sparse(offsets: multiHot.offsets, columns: multiHot.ones), target: .classes(labels: labels, names: classes),
            split: split,
            fitted: [
                FittedColumn(column: input.name, fit: .multiHot(columns: multiHot.width)),
                FittedColumn(column: request.target.column, fit: .label(categories: classes)),
            ],
            vocabulary: multiHot.words)
    }

    /// A text column's sparse rows and the words that have a column of their own.
    static func multiHot(
        _ texts: WordColumn, vocabulary: Int?, counted: [Int32]?
    ) throws(DatasetError) -> (width: Int, offsets: [Int32], ones: [Int32], words: [String]) {
        let ranking = WordRanking(texts, rows: counted)
        let width = vocabulary ?? MultiHotEncoder.columns(words: ranking.numbers.count)
        guard width >= MultiHotEncoder.firstWordOffset + 1, width <= 1 << 24 else { throw .vocabularyOutOfRange(vocabulary: width) }
        let (offsets, ones) = MultiHotEncoder.encode(texts, ranking: ranking, columns: width)
        var words: [String] = []
        for number in ranking.numbers.prefix(width - MultiHotEncoder.firstWordOffset - 1) { words.append(texts.word(number)) }
        return (width, offsets, ones, words)
    }
}

extension ColumnEncoding {
    /// The name that experiment files give it.
    var name: String {
        switch self {
        case .label: "label"
        case .oneHot: "one-hot"
        case .multiHot: "multi-hot"
        case .numeric: "numeric"
        }
    }
}
