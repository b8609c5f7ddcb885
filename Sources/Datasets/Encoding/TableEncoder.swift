import Documents

/// Encodes the cells of a table.
///
/// Everything is read first, then the rows are split, then the encoders learn from those that train: so all cells that cannot be read come in one go.
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
        self.request = request
        inputs = DatasetEncoder.inputColumns(request, all: table.columns)
        let dropping = inputs.filter { $0.missing == .drop }.map(\.name) + (request.target.missing == .drop ? [request.target.column] : [])
        let kept = try table.rows(filledIn: dropping.map { try table.index(of: $0) })
        if kept.count == table.rowCount {
            self.table = table
            self.own = own
        } else {
            self.table = table.keeping(kept)
            self.own = own?.keeping(kept, of: table.rowCount)
        }
        if kept.isEmpty { throw DatasetError.everyRowDropped(columns: dropping) }
    }

    func encode() throws -> EncodedArrays {
        let (target, cells) = try read()
        let split = try split(target)
        try split.check(rowCount: table.rowCount)
        var columns: [FittedCells] = []
        for (input, cells) in zip(inputs, cells) {
            columns.append(
                try FittedCells(input, cells: cells, order: categories[input.name], rows: rows(input.fit, split)))
        }
        var findings = ColumnFindings()
        let (values, fittedTarget) = try findings.collect { try fit(target, split) } ?? (.values([], shift: 0, divisor: 1), nil)
        var arrays = EncodedArrays(
            rowCount: table.rowCount, featureCount: 0, featureNames: [], inputs: .dense([]), target: values, split: split, fitted: [],
            vocabulary: [], fileRows: table.fileRows)
        try findings.collect { try write(columns, into: &arrays) }
        try findings.check()
        if let fittedTarget { arrays.fitted.append(FittedColumn(column: request.target.column, fit: fittedTarget)) }
        return arrays
    }

    // MARK: - Reading

    /// The cells of the target and of the inputs.
    private func read() throws -> (target: ColumnCells, inputs: [ColumnCells]) {
        switch request.target.encoding {
        case .label, .oneHot, .numeric: break
        case .multiHot, .parts, .automatic:
            throw DatasetError.wrongEncoding(
                column: request.target.column, encoding: request.target.encoding.name, expected: "label, one-hot or numeric")
        }
        var findings = ColumnFindings()
        let targetColumn = try table.index(of: request.target.column)
        let target = try findings.collect {
            try ColumnCells(request.target.encoding, table: table, column: targetColumn, isEmptyAllowed: false, isTarget: true)
        }
        var cells: [ColumnCells] = []
        let columns = try inputs.map { input in
            let column = try table.index(of: input.name)
            return (column: column, encoding: input.encoding.chosen(for: column, of: table), isEmptyAllowed: input.missing != .error)
        }
        let numeric = columns.filter { $0.encoding.isNumeric }
        let numbers = NumericCells.numbers(
            table: table, columns: numeric.map { NumericCells.Column(column: $0.column, isEmptyAllowed: $0.isEmptyAllowed) })
        for one in columns {
            let read = try findings.collect {
                if one.encoding.isNumeric, let numbers = numbers[one.column] { return ColumnCells.numbers(try numbers.get()) }
                return try ColumnCells(one.encoding, table: table, column: one.column, isEmptyAllowed: one.isEmptyAllowed)
            }
            if let read { cells.append(read) }
        }
        try findings.check()
        guard let target else { throw DatasetError.noInputs }
        return (target, cells)
    }

    // MARK: - Rows

    private func split(_ target: ColumnCells) throws -> SplitRows {
        let labels: [Int32]? = if case .categories(let texts) = target { texts.classNumbers } else { nil }
        return try Splitter.split(table.rowCount, request.split, labels: labels, own: own) { column, values in
            try CategoryCells(table: table, column: table.index(of: column), isEmptyAllowed: true).haveOne(of: values)
        }
    }

    private func rows(_ fit: FittedRows, _ split: SplitRows) -> [Int32] {
        fit == .all ? (0..<Int32(table.rowCount)).map { $0 } : split.fitting
    }

    // MARK: - Features

    private func fit(_ target: ColumnCells, _ split: SplitRows) throws -> (EncodedArrays.Target, FittedColumn.Fit?) {
        let rows = rows(request.target.fit, split)
        switch target {
        case .categories(let texts):
            let names = categories[request.target.column] ?? texts.known(in: rows, and: nil)
            let labels = try texts.codes(
                names, ignoringUnknown: false, help: "or keep its share of every class in each part with stratify, or write fit: all")
            guard names.count > 1 else { throw DatasetError.oneClass(column: request.target.column, name: names.first ?? "") }
            return (.classes(labels: labels, names: names), .label(categories: names))
        case .numbers(let numbers):
            guard case .numeric(let scale) = request.target.encoding else {
                return (.values(numbers.map(Float.init), shift: 0, divisor: 1), nil)
            }
            let (shift, divisor) = NumericCells.scaling(numbers, scale, fittedOn: rows)
            return (
                .values(numbers.map { Float(($0 - shift) / divisor) }, shift: shift, divisor: divisor),
                .numeric(shift: shift, divisor: divisor)
            )
        case .parts, .words: return (.values([], shift: 0, divisor: 1), nil)
        }
    }

    /// A text alone is kept as the places of its ones; beside other columns it is written out.
    private func write(_ columns: [FittedCells], into arrays: inout EncodedArrays) throws {
        arrays.fitted = columns.map(\.fitted)
        arrays.vocabulary = columns.flatMap(\.words)
        if columns.count == 1, case .multiHot(let width, _, _, _, _) = columns[0].fitted.fit {
            let (offsets, ones) = columns[0].ones()
            arrays.inputs = .sparse(offsets: offsets, columns: ones)
            arrays.featureCount = width
            return
        }
        for place in columns.indices { arrays.fitted[place].setWordCount(columns[place].words.count) }
        let (matrix, width) = try FittedCells.matrix(columns, rows: table.rowCount)
        guard width > 0 else { throw DatasetError.noInputs }
        arrays.inputs = .dense(matrix)
        arrays.featureCount = width
        arrays.featureNames = columns.flatMap(\.featureNames)
    }
}
