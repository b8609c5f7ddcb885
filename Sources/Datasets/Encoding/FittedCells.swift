import Documents
import Settings

/// A column that was read and fitted, before its features are written.
struct FittedCells {
    let fitted: FittedColumn
    /// The words with a number of their own, for a text.
    let words: [String]
    private let cells: ColumnCells
    /// The number of each word of a text.
    private let wordIds: [Int]
    /// Which cells were empty, where a feature tells it.
    private let wereEmpty: [Bool]

    // MARK: - Fitting

    /// Learns from `rows` what the encoding of a column needs; `order` is the order of its categories where it is given.
    init(_ input: ColumnSettings, cells: ColumnCells, order: [String]?, rows: [Int32]) throws(DatasetError) {
        var words: [String] = []
        var ids: [Int] = []
        let indicator: Bool? = input.missing.hasIndicator ? true : nil
        wereEmpty = input.missing.hasIndicator ? cells.areEmpty : []
        switch cells {
        case .numbers(var numbers, let mark):
            let missing = try input.missing.fill(&numbers, meaning: input.encoding.meaning, column: input.column, fittedOn: rows)
            if let logarithm = input.encoding.scale.logarithm {
                try logarithm.checkFill(missing, column: input.column)
                for row in numbers.indices { numbers[row] = logarithm(numbers[row]) }
            }
            let (shift, divisor) = input.encoding.scale.figures(of: numbers, fittedOn: rows)
            fitted = FittedColumn(
                column: input.column, fit: input.encoding.fit(shift: shift, divisor: divisor), missing: missing,
                indicatesMissing: indicator,
                mark: mark?.mark)
            self.cells = .numbers(numbers, mark: mark)
        case .dates(var dates):
            let missing = try input.missing.fill(&dates.seconds, meaning: .date(dates.reading), column: input.column, fittedOn: rows)
            fitted = FittedColumn(
                column: input.column, fit: .date(FittedDates(input.encoding.dates, dates, fittedOn: rows)), missing: missing,
                indicatesMissing: indicator)
            self.cells = .dates(dates)
        case .categories(var categories):
            let missing = try input.missing.fill(&categories, column: input.column, fittedOn: rows)
            let known = order ?? categories.known(in: rows, and: missing)
            let rare = categories.rare(of: known, in: rows, below: input.encoding.minimumCount)
            fitted = FittedColumn(
                column: input.column, fit: input.encoding.fit(to: rare.isEmpty ? known : known.filter { !rare.contains($0) }, rare: rare),
                missing: missing, indicatesMissing: indicator)
            self.cells = .categories(categories)
        case .parts(let parts):
            fitted = FittedColumn(
                column: input.column, fit: .parts(categories: order ?? parts.known(in: rows), separator: parts.separator), missing: "")
            self.cells = cells
        case .words(let texts, _, _) where input.encoding.isSequence:
            guard case .tokens(let settings) = input.encoding else { throw DatasetError.noInputs }
            let learned = try FittedTokens.fit(texts, of: input.column, settings, counted: rows)
            fitted = FittedColumn(column: input.column, fit: .tokens(learned.fitted))
            words = learned.words
            ids = learned.numbers.map { Int($0) }
            self.cells = cells
        case .words(let texts, let vocabulary, let settings):
            let encoder = try WordEncoder(texts, of: input.column, vocabulary: vocabulary, words: settings, counted: rows)
            fitted = FittedColumn(column: input.column, fit: .words(encoder.fitted(texts)))
            words = encoder.words
            ids = encoder.ids
            self.cells = cells
        case .nothing: throw DatasetError.noInputs
        }
        self.words = words
        wordIds = ids
    }

    /// Reads a column of another table as it was fitted before; `words` are those of a text.
    init(_ fitted: FittedColumn, words: ArraySlice<String>, table: Table) throws {
        let column = try table.index(of: fitted.column)
        let missing = fitted.missing.map(MissingSettings.value) ?? .error
        let isEmptyAllowed = fitted.missing != nil
        self.fitted = fitted
        self.words = Array(words)
        var ids: [Int] = []
        var empty: [Bool] = []
        switch fitted.fit {
        case .date(let dates):
            var read = try DateCells(table: table, column: column, reading: dates.reading, isEmptyAllowed: isEmptyAllowed)
            empty = read.seconds.map(\.isNaN)
            _ = try missing.fill(&read.seconds, meaning: .date(dates.reading), column: fitted.column, fittedOn: [])
            cells = .dates(read)
        case .numeric, .ordinal, .yesNo:
            let meaning = fitted.meaning
            var numbers = try meaning.numbers(table: table, column: column, isEmptyAllowed: isEmptyAllowed)
            empty = numbers.map(\.isNaN)
            _ = try missing.fill(&numbers, meaning: meaning, column: fitted.column, fittedOn: [])
            if let logarithm = fitted.logarithm {
                try logarithm.check(numbers, column: column, of: table)
                for row in numbers.indices { numbers[row] = logarithm(numbers[row]) }
            }
            cells = .numbers(numbers, mark: nil)
        case .label, .oneHot:
            var categories = try CategoryCells(table: table, column: column, isEmptyAllowed: isEmptyAllowed)
            empty = categories.numbers.map { $0 < 0 }
            _ = try missing.fill(&categories, column: fitted.column, fittedOn: [])
            cells = .categories(categories)
        case .parts(_, let separator):
            cells = .parts(try PartCells(table: table, column: column, separator: separator))
        case .tokens(let text):
            let texts = WordColumn(table: table, column: column, tokens: text.tokens, isLatin1: text.isLatin1)
                .terms(1...1, without: text.stopWords)
            try DatasetEncoder.checkSize(rows: table.rowCount, features: text.length)
            ids = text.numbers(of: texts, among: words).map { Int($0) }
            cells = .words(texts, vocabulary: nil, WordSettings())
        case .words(let text):
            let texts = WordColumn(table: table, column: column, tokens: text.tokens, isLatin1: text.isLatin1)
                .terms(text.ngrams, without: text.stopWords)
            try DatasetEncoder.checkSize(rows: 1, features: texts.words.count + texts.rowCount)
            ids = WordEncoder.ids(of: texts, among: words, text.coding, skipTop: text.skipTop)
            cells = .words(texts, vocabulary: nil, WordSettings())
        }
        wordIds = ids
        wereEmpty = fitted.indicatesMissing == true ? empty : []
    }

    /// Whether a category that was not learned gives zeros.
    var ignoresUnknown: Bool {
        if case .oneHot(_, _, let ignores, let rare) = fitted.fit { ignores || rare?.includeUnknown == true } else { false }
    }

    /// How many cells of these rows have a category that was not learned; nil when none has. `part` is what messages call the rows.
    func unknownCells(in rows: [Int32], part: String) -> DatasetNotice? {
        guard case .oneHot(let known, _, _, let rare) = fitted.fit, case .categories(let categories) = cells else { return nil }
        let all = known + (rare?.names ?? [])
        return categories.unknown(all, in: rows).map { count, example in
            .unknownCells(
                part: part, column: fitted.column, count: count, of: rows.count, example: example,
                alike: Categories.number(alike: example, among: all), areRare: rare?.includeUnknown == true ? true : nil)
        }
    }

    /// How dates, or numbers with signs, were read, where that was found out and is no matter of course.
    var wayOfReading: DatasetNotice? {
        switch cells {
        case .dates(let dates): dates.notice(column: fitted.column)
        case .numbers(_, let mark?): mark.notice(column: fitted.column)
        default: nil
        }
    }

    /// The rare categories that share a number; nil where there are none.
    var rareCategories: DatasetNotice? {
        guard case .oneHot(_, _, _, let rare?) = fitted.fit else { return nil }
        return .rareCategories(column: fitted.column, names: Array(rare.names.prefix(DatasetNotice.mostNames + 1)), count: rare.names.count)
    }

    // MARK: - Features

    /// Looks at what becomes of a numeric column's numbers in 32 bits; nothing of other columns.
    func roundingNotice(_ encoding: Encoding, of table: Table) throws(Diagnostics) -> DatasetNotice? {
        if case .date(let dates) = fitted.fit, case .dates(let read) = cells {
            return try dates.rounding(of: read, column: fitted.column, table: table, isScaled: encoding.scale != .none)?.notice()
        }
        guard case .numeric(let shift, let divisor, _) = fitted.fit, case .numbers(let numbers, _) = cells else { return nil }
        return try RoundingCheck(
            numbers, shift: shift, divisor: divisor, column: fitted.column, of: table, isTarget: false, isScaled: encoding.scale != .none
        ).notice()
    }

    /// Whether the cells are texts, whose rows are kept sparse.
    var isSequence: Bool { if case .tokens = fitted.fit { true } else { false } }

    /// Whether it is a text.
    var isText: Bool { if case .words = cells { true } else { false } }

    /// The features that are not 0, of so many rows.
    private func sparseRows(_ rows: Int) throws(Diagnostics) -> SparseRows {
        switch (fitted.fit, cells) {
        case (.words(let text), .words(let texts, _, _)):
            return text.rows(texts, ids: wordIds)
        case (.oneHot, .categories(let categories)):
            let indicator = Int32(fitted.ownWidth)
            return SparseRows(
                ones: try oneHotColumns(of: categories).enumerated().map { row, column in
                    (column < 0 ? [] : [column]) + (!wereEmpty.isEmpty && wereEmpty[row] ? [indicator] : [])
                })
        case (.parts(let known, _), .parts(let parts)):
            let codes = try parts.codes(known)
            return SparseRows(ones: (0..<parts.rowCount).map { Set(codes[parts.offsets[$0]..<parts.offsets[$0 + 1]]).sorted() })
        default:
            var matrix = [Float](repeating: 0, count: rows * fitted.width)
            try write(to: &matrix, width: fitted.width, first: 0)
            return SparseRows(matrix, width: fitted.width)
        }
    }

    /// Writes the features of all rows into the columns from `first` on of a row-major matrix of `width` columns that holds zeros.
    func write<Number: BinaryFloatingPoint>(to matrix: inout [Number], width: Int, first: Int) throws(Diagnostics) {
        switch (fitted.fit, cells) {
        case (.numeric(let shift, let divisor, _), .numbers(let numbers, _)),
            (.ordinal(_, let shift, let divisor), .numbers(let numbers, _)):
            for row in numbers.indices { matrix[row * width + first] = Number((numbers[row] - shift) / divisor) }
        case (.date(let dates), .dates(let read)):
            for row in read.seconds.indices { dates.write(read.seconds[row], to: &matrix, at: row * width + first) }
        case (.yesNo, .numbers(let numbers, _)):
            for row in numbers.indices { matrix[row * width + first] = Number(numbers[row]) }
        case (.label(let known), .categories(let categories)):
            let codes = try categories.codes(known, ignoringUnknown: false)
            for row in codes.indices { matrix[row * width + first] = Number(codes[row]) }
        case (.oneHot, .categories(let categories)):
            for (row, column) in try oneHotColumns(of: categories).enumerated() where column >= 0 {
                matrix[row * width + first + Int(column)] = 1
            }
        case (.parts(let known, _), .parts(let parts)):
            let codes = try parts.codes(known)
            for row in 0..<parts.rowCount {
                for place in parts.offsets[row]..<parts.offsets[row + 1] { matrix[row * width + first + Int(codes[place])] = 1 }
            }
        default: break
        }
        for row in wereEmpty.indices where wereEmpty[row] { matrix[row * width + first + fitted.ownWidth] = 1 }
    }

    /// The rows of whole numbers of a text that is the only input, and how many numbers there are; nil of other columns.
    var tokens: (rows: [Int32], vocabulary: Int)? {
        guard case .tokens(let text) = fitted.fit, case .words(let texts, _, _) = cells else { return nil }
        return (text.rows(texts, numbers: wordIds.map { Int32($0) }), text.vocabulary)
    }

    /// The column of each row's category among the one-hot features; negative for a row without one.
    private func oneHotColumns(of categories: CategoryCells) throws(Diagnostics) -> [Int32] {
        guard case .oneHot(let known, let dropFirst, let ignoresUnknown, let rare) = fitted.fit else { return [] }
        let codes = try categories.codes(
            known, ignoringUnknown: ignoresUnknown, rare: rare,
            help: "or write unknown: ignore, which gives it zeros\(rare == nil ? "" : ", or unknown: rare")")
        return dropFirst ? codes.map { $0 - 1 } : codes
    }

    /// The features of several columns that are not 0, side by side.
    static func sparseRows(_ columns: [FittedCells], rows: Int) throws -> (rows: SparseRows, width: Int) {
        let width = columns.reduce(0) { $0 + $1.fitted.width }
        try DatasetEncoder.checkSize(rows: 1, features: width)
        var parts: [(rows: SparseRows, width: Int)] = []
        var findings = ColumnFindings()
        for column in columns {
            if let rows = try findings.collect({ try column.sparseRows(rows) }) { parts.append((rows, column.fitted.width)) }
        }
        try findings.check()
        try DatasetEncoder.checkSize(rows: 1, features: parts.reduce(0) { $0 + $1.rows.columns.count })
        return (parts.count == 1 ? parts[0].rows : SparseRows(beside: parts, rows: rows), width)
    }

    /// The features of several columns, side by side.
    static func matrix<Number: BinaryFloatingPoint>(
        _ columns: [FittedCells], rows: Int, of: Number.Type = Float.self
    ) throws -> (features: [Number], width: Int) {
        let width = columns.reduce(0) { $0 + $1.fitted.width }
        try DatasetEncoder.checkSize(rows: rows, features: width)
        var matrix = [Number](repeating: 0, count: rows * width)
        var first = 0
        var findings = ColumnFindings()
        for column in columns {
            try findings.collect { try column.write(to: &matrix, width: width, first: first) }
            first += column.fitted.width
        }
        try findings.check()
        return (matrix, width)
    }
}
