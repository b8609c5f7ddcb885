import Documents

/// Encodes the cells of a table.
struct TableEncoder {
    private let table: Table
    /// The order of a column's categories where it is given.
    private let categories: [String: [String]]
    /// The data set's own parts.
    private let own: SplitRows?
    private let request: EncodingRequest
    private let inputs: [InputEncodings.Column]

    /// Rows with an empty cell in a column that wants them dropped are left out before anything is split or fitted.
    init(table: Table, categories: [String: [String]], own: SplitRows? = nil, request: EncodingRequest) throws {
        self.categories = categories
        self.own = own
        self.request = request
        inputs = DatasetEncoder.inputColumns(request, all: table.columns)
        let dropping = inputs.filter { $0.missing == .drop }.map(\.name) + (request.target.missing == .drop ? [request.target.column] : [])
        self.table = dropping.isEmpty ? table : table.leavingOutRows(emptyIn: try dropping.map { try table.index(of: $0) })
        if self.table.rowCount == 0 { throw DatasetError.everyRowDropped(columns: dropping) }
    }

    func encode() throws -> EncodedArrays {
        let targetColumn = try table.index(of: request.target.column)
        let split: SplitRows
        let target: EncodedArrays.Target
        let fittedTarget: FittedColumn.Fit
        switch request.target.encoding {
        case .label, .oneHot:
            let texts = try CategoryCells(table: table, column: targetColumn)
            split = try self.split(labels: texts.classNumbers)
            let names = categories[request.target.column] ?? texts.known(in: rows(request.target.fit, split), and: nil)
            target = .classes(labels: try texts.codes(names, ignoringUnknown: false), names: names)
            fittedTarget = .label(categories: names)
        case .numeric(let scale):
            split = try self.split(labels: nil)
            let numbers = try NumericCells.numbers(table: table, column: targetColumn)
            let (shift, divisor) = NumericCells.scaling(numbers, scale, fittedOn: rows(request.target.fit, split))
            target = .values(numbers.map { Float(($0 - shift) / divisor) }, shift: shift, divisor: divisor)
            fittedTarget = .numeric(shift: shift, divisor: divisor)
        case .multiHot, .parts, .automatic:
            throw DatasetError.wrongEncoding(
                column: request.target.column, encoding: request.target.encoding.name, expected: "label, one-hot or numeric")
        }
        var arrays = EncodedArrays(
            rowCount: table.rowCount, featureCount: 0, featureNames: [], inputs: .dense([]), target: target, split: split, fitted: [],
            vocabulary: [])
        if let text = inputs.first(where: { if case .multiHot = $0.encoding { true } else { false } }) {
            try encodeText(text, into: &arrays)
        } else {
            try encodeDense(into: &arrays)
        }
        arrays.fitted.append(FittedColumn(column: request.target.column, fit: fittedTarget))
        return arrays
    }

    // MARK: - Rows

    private func split(labels: [Int32]?) throws -> SplitRows {
        try Splitter.split(table.rowCount, request.split, labels: labels, own: own) { column, values in
            try CategoryCells(table: table, column: table.index(of: column), isEmptyAllowed: true).haveOne(of: values)
        }
    }

    private func rows(_ fit: FittedRows, _ split: SplitRows) -> [Int32] {
        fit == .all ? (0..<Int32(table.rowCount)).map { $0 } : split.fitting
    }

    // MARK: - Inputs

    private func encodeText(_ input: InputEncodings.Column, into arrays: inout EncodedArrays) throws {
        guard inputs.count == 1, case .multiHot(let vocabulary, let options) = input.encoding else {
            throw DatasetError.multiHotBesideOthers(column: input.name)
        }
        let texts = WordColumn(table: table, column: try table.index(of: input.name), tokens: options.tokens ?? .keras)
        let multiHot = try MultiHotEncoder(
            texts, vocabulary: vocabulary, options: options, counted: input.fit == .all ? nil : arrays.split.fitting)
        try multiHot.encode(texts, as: input.name, into: &arrays)
    }

    private func encodeDense(into arrays: inout EncodedArrays) throws {
        var columns: [FittedCells] = []
        var findings: [Diagnostic] = []
        for input in inputs {
            do {
                columns.append(
                    try FittedCells(input, table: table, order: categories[input.name], rows: rows(input.fit, arrays.split)))
            } catch let diagnostics as Diagnostics {
                findings += diagnostics.all
            }
        }
        guard findings.isEmpty else { throw Diagnostics(inFile: findings) }
        let (matrix, width) = try FittedCells.matrix(columns, rows: table.rowCount)
        guard width > 0 else { throw DatasetError.noInputs }
        arrays.inputs = .dense(matrix)
        arrays.featureCount = width
        arrays.featureNames = columns.flatMap(\.fitted.featureNames)
        arrays.fitted = columns.map(\.fitted)
    }
}
