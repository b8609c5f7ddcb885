/// Encodes a raw data set: splits its rows, fits the encoders on those that train, and applies them to all.
enum DatasetEncoder {
    /// As many numbers as the inputs or the target may have, so that they can be numbered with 32 bits.
    private static let mostNumbers = Int(Int32.max)
    /// As many numbers, a gigabyte of them, may a text make that stands beside other columns.
    private static let mostNumbersWithText = 250_000_000

    static func encode(_ raw: RawTable, _ request: EncodingRequest) throws -> EncodedArrays {
        try checkColumns(raw, request)
        switch raw.contents {
        case .texts(let texts, let labels, let classes):
            return try encodeTexts(texts, labels: labels, classes: classes, of: raw, request)
        case .cells(let table, let categories):
            return try TableEncoder(table: table, categories: categories, own: raw.ownParts, request: request).encode()
        }
    }

    /// The columns that the inputs name, `*` written out, in the order of their features.
    static func inputColumns(_ request: EncodingRequest, all: [String]) -> [InputEncodings.Column] {
        let named = Set(request.inputs.columns.map(\.name)).union(request.inputs.drop).union([request.target.column])
            .union(Splitter.columns(of: request.split))
        return request.inputs.columns.flatMap { column in
            column.name == "*"
                ? all.filter { !named.contains($0) }.map { name in
                    var one = column
                    one.name = name
                    return one
                } : [column]
        }
    }

    /// Refuses rows that could not be numbered, before anything of their size is made.
    static func checkSize(rows: Int, features: Int) throws(DatasetError) {
        let product = rows.multipliedReportingOverflow(by: max(features, 1))
        if product.overflow || product.partialValue > mostNumbers { throw .tooLarge(rows: rows, features: features) }
    }

    /// Refuses a text beside other columns whose words would fill the memory: only a text alone is kept as the places of its ones.
    static func checkText(_ text: FittedColumn, rows: Int, features: Int) throws(DatasetError) {
        let product = rows.multipliedReportingOverflow(by: features)
        if product.overflow || product.partialValue > mostNumbersWithText {
            throw .textTooWide(column: text.column, words: text.width, rows: rows, most: max(mostNumbersWithText / max(rows, 1), 4))
        }
    }

    // MARK: - Checks

    private static func checkColumns(_ raw: RawTable, _ request: EncodingRequest) throws {
        let all = raw.columns
        let named =
            request.inputs.columns.map(\.name).filter { $0 != "*" } + request.inputs.drop + [request.target.column]
            + Splitter.columns(of: request.split)
        let known = Set(all)
        var unknown: [String] = []
        for name in named where !known.contains(name) && !unknown.contains(name) { unknown.append(name) }
        if case .csv(_, _, let others) = request.source {
            if others.test != nil, request.split.test != nil { throw DatasetError.partGivenTwice(part: "test") }
            if others.validation != nil, request.split.validation != nil { throw DatasetError.partGivenTwice(part: "validation") }
        }
        try DatasetErrors.check(unknown.map { .unknownColumn(name: $0, dataset: raw.name, known: all) })
        if request.inputs.columns.contains(where: { $0.name == request.target.column }) {
            throw DatasetError.targetAmongInputs(column: request.target.column)
        }
        if inputColumns(request, all: all).isEmpty { throw DatasetError.noInputs }
    }

    // MARK: - Texts

    private static func encodeTexts(
        _ texts: WordColumn, labels: [Int32], classes: [String], of raw: RawTable, _ request: EncodingRequest
    ) throws -> EncodedArrays {
        let inputs = inputColumns(request, all: raw.columns)
        guard let input = inputs.first else { throw DatasetError.noInputs }
        guard case .multiHot(let vocabulary, let options) = input.encoding, input.name == raw.columns[0] else {
            throw DatasetError.wrongEncoding(column: input.name, encoding: input.encoding.name, expected: "multi-hot")
        }
        switch request.target.encoding {
        case .label, .oneHot: break
        default:
            throw DatasetError.wrongEncoding(
                column: request.target.column, encoding: request.target.encoding.name, expected: "label or one-hot")
        }
        let split = try Splitter.split(texts.rowCount, request.split, labels: labels, own: raw.ownParts) { column, values in
            guard column == raw.columns[1] else { throw DatasetError.unknownColumn(name: column, dataset: raw.name, known: raw.columns) }
            return labels.map { values.contains(classes[Int($0)]) }
        }
        try split.check(rowCount: texts.rowCount)
        let rows: [Int32]? =
            switch texts.countedRows {
            case _ where input.fit == .all: nil
            case .all: nil
            case .train: split.fitting
            case .rows(let rows): rows
            }
        var arrays = EncodedArrays(
            rowCount: texts.rowCount, featureCount: 0, featureNames: [], inputs: .dense([]),
            target: .classes(labels: labels, names: classes), split: split, fitted: [], vocabulary: [])
        let encoder = try MultiHotEncoder(texts, vocabulary: vocabulary, options: options, counted: rows)
        let (offsets, ones) = MultiHotEncoder.rows(texts, ids: encoder.ids, columns: encoder.columns)
        arrays.inputs = .sparse(offsets: offsets, columns: ones)
        arrays.featureCount = encoder.columns
        arrays.vocabulary = encoder.words
        arrays.fitted = [encoder.fitted(texts, as: input.name)]
        arrays.fitted.append(FittedColumn(column: request.target.column, fit: .label(categories: classes)))
        return arrays
    }
}

extension ColumnEncoding {
    /// The name that experiment files give it.
    var name: String {
        switch self {
        case .label: "label"
        case .oneHot: "one-hot"
        case .multiHot, .parts: "multi-hot"
        case .numeric: "numeric"
        case .automatic: "auto"
        }
    }
}
