import Documents

/// A column's cells, read in the way that its encoding needs. Empty cells are still empty.
enum ColumnCells {
    /// Numbers; an empty cell is not a number.
    case numbers([Double])
    /// One category a cell.
    case categories(CategoryCells)
    /// Several categories a cell.
    case parts(PartCells)
}

/// A column that was read and fitted, before its features are written.
struct FittedCells {
    let fitted: FittedColumn
    private let cells: ColumnCells

    // MARK: - Fitting

    /// Reads the column and learns from `rows` what its encoding needs; `order` is the order of its categories where it is given.
    init(_ input: InputEncodings.Column, table: Table, order: [String]?, rows: [Int32]) throws {
        let column = try table.index(of: input.name)
        let isEmptyAllowed = input.missing != .error
        let encoding = Self.chosen(input.encoding, table: table, column: column)
        switch encoding {
        case .numeric(let scale):
            var numbers = try NumericCells.numbers(table: table, column: column, isEmptyAllowed: isEmptyAllowed)
            let missing = try NumericCells.fill(&numbers, input.missing, column: input.name, fittedOn: rows)
            let (shift, divisor) = NumericCells.scaling(numbers, scale, fittedOn: rows)
            fitted = FittedColumn(column: input.name, fit: .numeric(shift: shift, divisor: divisor), missing: missing)
            cells = .numbers(numbers)
        case .label, .oneHot:
            var categories = try CategoryCells(table: table, column: column, isEmptyAllowed: isEmptyAllowed)
            let missing = try categories.fill(input.missing, fittedOn: rows)
            let known = order ?? categories.known(in: rows, and: missing)
            if case .oneHot(let dropFirst, let unknown) = encoding {
                fitted = FittedColumn(
                    column: input.name, fit: .oneHot(categories: known, dropFirst: dropFirst, ignoresUnknown: unknown == .ignore),
                    missing: missing)
            } else {
                fitted = FittedColumn(column: input.name, fit: .label(categories: known), missing: missing)
            }
            cells = .categories(categories)
        case .parts(let separator):
            let parts = try PartCells(table: table, column: column, separator: separator)
            fitted = FittedColumn(
                column: input.name, fit: .parts(categories: order ?? parts.known(in: rows), separator: separator), missing: "")
            cells = .parts(parts)
        case .multiHot, .automatic:
            throw DatasetError.multiHotBesideOthers(column: input.name)
        }
    }

    /// What `automatic` becomes for a column.
    private static func chosen(_ encoding: ColumnEncoding, table: Table, column: Int) -> ColumnEncoding {
        guard case .automatic(let scale) = encoding else { return encoding }
        return NumericCells.areNumbers(table: table, column: column) ? .numeric(scale: scale) : .oneHot()
    }

    /// Reads a column of another table as it was fitted before.
    init(_ fitted: FittedColumn, table: Table) throws {
        let column = try table.index(of: fitted.column)
        let missing = fitted.missing.map(MissingCells.value) ?? .error
        self.fitted = fitted
        switch fitted.fit {
        case .numeric:
            var numbers = try NumericCells.numbers(table: table, column: column, isEmptyAllowed: fitted.missing != nil)
            _ = try NumericCells.fill(&numbers, missing, column: fitted.column, fittedOn: [])
            cells = .numbers(numbers)
        case .label, .oneHot:
            var categories = try CategoryCells(table: table, column: column, isEmptyAllowed: fitted.missing != nil)
            _ = try categories.fill(missing, fittedOn: [])
            cells = .categories(categories)
        case .parts(_, let separator):
            cells = .parts(try PartCells(table: table, column: column, separator: separator))
        case .multiHot:
            throw DatasetError.multiHotBesideOthers(column: fitted.column)
        }
    }

    // MARK: - Features

    /// Writes the features of all rows into the columns from `first` on of a row-major matrix of `width` columns that holds zeros.
    func write(to matrix: inout [Float], width: Int, first: Int) throws(Diagnostics) {
        switch (fitted.fit, cells) {
        case (.numeric(let shift, let divisor), .numbers(let numbers)):
            for row in numbers.indices { matrix[row * width + first] = Float((numbers[row] - shift) / divisor) }
        case (.label(let known), .categories(let categories)):
            let codes = try categories.codes(known, ignoringUnknown: false)
            for row in codes.indices { matrix[row * width + first] = Float(codes[row]) }
        case (.oneHot(let known, let dropFirst, let ignoresUnknown), .categories(let categories)):
            let codes = try categories.codes(known, ignoringUnknown: ignoresUnknown)
            let dropped: Int32 = dropFirst ? 1 : 0
            for row in codes.indices where codes[row] >= dropped { matrix[row * width + first + Int(codes[row] - dropped)] = 1 }
        case (.parts(let known, _), .parts(let parts)):
            let codes = try parts.codes(known)
            for row in 0..<parts.rowCount {
                for place in parts.offsets[row]..<parts.offsets[row + 1] { matrix[row * width + first + Int(codes[place])] = 1 }
            }
        default: break
        }
    }

    /// The features of several columns, side by side.
    static func matrix(_ columns: [FittedCells], rows: Int) throws -> (features: [Float], width: Int) {
        let width = columns.reduce(0) { $0 + $1.fitted.width }
        try DatasetEncoder.checkSize(rows: rows, features: width)
        var matrix = [Float](repeating: 0, count: rows * width)
        var first = 0
        var findings: [Diagnostic] = []
        for column in columns {
            do throws(Diagnostics) {
                try column.write(to: &matrix, width: width, first: first)
            } catch {
                findings += error.all
            }
            first += column.fitted.width
        }
        guard findings.isEmpty else { throw Diagnostics(inFile: findings) }
        return (matrix, width)
    }
}

extension Diagnostics {
    /// Findings about several columns of a file, in the order of the file, the first of them.
    init(inFile findings: [Diagnostic]) {
        let sorted = findings.sorted { ($0.line ?? 0, $0.columns?.lowerBound ?? 0) < ($1.line ?? 0, $1.columns?.lowerBound ?? 0) }
        self.init(Array(sorted.prefix(CSVReader.mostFindings)))
    }
}
