import Documents

/// Encodes the cells of a table.
struct TableEncoder {
    let table: Table
    /// The order of a column's categories where it is given.
    let categories: [String: [String]]
    let request: EncodingRequest

    func encode() throws -> EncodedArrays {
        let inputs = RowEncoder.inputColumns(request, all: table.columns)
        let targetColumn = try index(of: request.target.column)
        let split: SplitRows
        let target: EncodedArrays.Target
        let fittedTarget: FittedColumn.Fit
        switch request.target.encoding {
        case .label, .oneHot:
            let texts = try CategoryCells(table: table, column: targetColumn)
            // Which classes there are is asked of the train rows, and those of stratified folds depend on the classes: every row's text will do.
            split = try Splitter.split(table.rowCount, request.split, labels: texts.numbers)
            let (labels, names) = try texts.codes(order: categories[request.target.column], fittedOn: split.fitting)
            target = .classes(labels: labels, names: names)
            fittedTarget = .label(categories: names)
        case .numeric(let scale):
            split = try Splitter.split(table.rowCount, request.split, labels: nil)
            let numbers = try NumericCells.numbers(table: table, column: targetColumn)
            let (shift, divisor) = NumericCells.scaling(numbers, scale, fittedOn: split.fitting)
            target = .values(numbers.map { Float(($0 - shift) / divisor) }, shift: shift, divisor: divisor)
            fittedTarget = .numeric(shift: shift, divisor: divisor)
        case .multiHot:
            throw DatasetError.wrongEncoding(column: request.target.column, encoding: "multi-hot", expected: "label, one-hot or numeric")
        }
        var arrays = EncodedArrays(
            rowCount: table.rowCount, featureCount: 0, featureNames: [], inputs: .dense([]), target: target, split: split, fitted: [],
            vocabulary: [])
        if let text = inputs.first(where: { if case .multiHot = $0.encoding { true } else { false } }) {
            try encodeText(text, of: inputs, into: &arrays)
        } else {
            try encodeDense(inputs, into: &arrays)
        }
        arrays.fitted.append(FittedColumn(column: request.target.column, fit: fittedTarget))
        return arrays
    }

    // MARK: - Inputs

    private func encodeText(_ input: InputEncodings.Column, of inputs: [InputEncodings.Column], into arrays: inout EncodedArrays) throws {
        guard inputs.count == 1, case .multiHot(let vocabulary) = input.encoding else {
            throw DatasetError.multiHotBesideOthers(column: input.name)
        }
        let column = try index(of: input.name)
        var words: [Int32] = []
        var offsets = [0]
        var wordTable = WordTable()
        for row in 0..<table.rowCount {
            wordTable.add(table.rawBytes(of: table[row, column]), map: Tokenizer.plainWords, to: &words)
            offsets.append(words.count)
        }
        let texts = WordColumn(offsets: offsets, words: words, table: wordTable, countedRows: .train, isLatin1: false)
        let multiHot = try RowEncoder.multiHot(texts, vocabulary: vocabulary, counted: arrays.split.fitting)
        arrays.inputs = .sparse(offsets: multiHot.offsets, columns: multiHot.ones)
        arrays.featureCount = multiHot.width
        arrays.vocabulary = multiHot.words
        arrays.fitted = [FittedColumn(column: input.name, fit: .multiHot(columns: multiHot.width))]
    }

    private func encodeDense(_ inputs: [InputEncodings.Column], into arrays: inout EncodedArrays) throws {
        var columns: [DenseColumn] = []
        var findings: [Diagnostic] = []
        for input in inputs {
            do {
                columns.append(try denseColumn(input, fittedOn: arrays.split.fitting))
            } catch let diagnostics as Diagnostics {
                findings += diagnostics.all
            }
        }
        if !findings.isEmpty {
            findings.sort { ($0.line ?? 0, $0.columns?.lowerBound ?? 0) < ($1.line ?? 0, $1.columns?.lowerBound ?? 0) }
            throw Diagnostics(Array(findings.prefix(CSVReader.mostFindings)))
        }
        let width = columns.reduce(0) { $0 + $1.fitted.width }
        try RowEncoder.checkSize(rows: table.rowCount, features: width)
        var matrix = [Float](repeating: 0, count: table.rowCount * width)
        var first = 0
        for column in columns {
            switch column.cells {
            case .numbers(let numbers, let shift, let divisor):
                for row in numbers.indices { matrix[row * width + first] = Float((numbers[row] - shift) / divisor) }
            case .codes(let codes, let isOneHot):
                for row in codes.indices {
                    if isOneHot {
                        matrix[row * width + first + Int(codes[row])] = 1
                    } else {
                        matrix[row * width + first] = Float(codes[row])
                    }
                }
            }
            first += column.fitted.width
        }
        arrays.inputs = .dense(matrix)
        arrays.featureCount = width
        arrays.featureNames = columns.flatMap(\.fitted.featureNames)
        arrays.fitted = columns.map(\.fitted)
    }

    private struct DenseColumn {
        enum Cells {
            case numbers([Double], shift: Double, divisor: Double)
            case codes([Int32], isOneHot: Bool)
        }

        let cells: Cells
        let fitted: FittedColumn
    }

    private func denseColumn(_ input: InputEncodings.Column, fittedOn rows: [Int32]) throws -> DenseColumn {
        let column = try index(of: input.name)
        switch input.encoding {
        case .numeric(let scale):
            let numbers = try NumericCells.numbers(table: table, column: column)
            let (shift, divisor) = NumericCells.scaling(numbers, scale, fittedOn: rows)
            return DenseColumn(
                cells: .numbers(numbers, shift: shift, divisor: divisor),
                fitted: FittedColumn(column: input.name, fit: .numeric(shift: shift, divisor: divisor)))
        case .label, .oneHot:
            let (codes, names) = try CategoryCells(table: table, column: column).codes(order: categories[input.name], fittedOn: rows)
            let isOneHot = input.encoding == .oneHot
            return DenseColumn(
                cells: .codes(codes, isOneHot: isOneHot),
                fitted: FittedColumn(column: input.name, fit: isOneHot ? .oneHot(categories: names) : .label(categories: names)))
        case .multiHot:
            throw DatasetError.multiHotBesideOthers(column: input.name)
        }
    }

    private func index(of column: String) throws(DatasetError) -> Int {
        guard let index = table.columns.firstIndex(of: column) else {
            throw .unknownColumn(name: column, dataset: table.file, known: table.columns)
        }
        return index
    }
}

extension FittedColumn {
    /// The names of the features it gives; none for a text's words.
    var featureNames: [String] {
        switch fit {
        case .numeric, .label: [column]
        case .oneHot(let categories): categories.map { "\(column)=\($0)" }
        case .multiHot: []
        }
    }
}
