import Documents
import Metrics
import Settings

/// Encodes the cells of a table.
///
/// Everything is read first, then the rows are split, then the encoders learn from those that train: so all cells that cannot be read come in one go.
struct TableEncoder: FoldEncoder {
    private let table: Table
    /// The order of a column's categories where it is given.
    private let categories: [String: [String]]
    private let request: EncodingRequest
    private let inputs: [ColumnSettings]
    private let target: ColumnCells
    /// The cells of each of the inputs.
    private let cells: [ColumnCells]
    private let split: SplitRows
    private let splitNotices: [DatasetNotice]
    /// The windows that are examples; nil: each row is one.
    private let windows: SeriesWindows?

    /// Rows that take no part, and those with an empty cell in a column that wants them dropped, are left out before anything is split or fitted; before
    /// anything is fitted those, too, that the split leaves over.
    init(table: Table, categories: [String: [String]], own: SplitRows? = nil, request: EncodingRequest) throws {
        self.categories = categories
        self.request = request
        inputs = DatasetEncoder.inputColumns(request, all: table.columns)
        let dropping =
            inputs.filter { $0.missing == .drop }.map(\.column) + (request.target.missing == .drop ? [request.target.column] : [])
        var encodings = Dictionary(inputs.map { ($0.column, $0.encoding) }, uniquingKeysWith: { first, _ in first })
        encodings[request.target.column] = request.target.encoding
        let filled = try table.rows(
            filledIn: dropping.map { name in
                let place = try table.index(of: name)
                return (place, encodings[name]?.chosen(for: place, of: table).isNumeric == true)
            })
        if filled.isEmpty { throw DatasetError.everyRowDropped(columns: dropping) }
        let kept =
            try request.split.only.map { only in
                guard case .rows(let column, let values) = only.size else { return filled }
                let takesPart = try SplitColumns(table, whole: table).hasValue(column, values)
                let left = filled.filter { takesPart[Int($0)] }
                if left.isEmpty { throw DatasetError.noRowWithValue(part: "only", column: column, values: values) }
                return left
            } ?? filled
        let isWhole = kept.count == table.rowCount
        var left = isWhole ? table : table.keeping(kept)
        var parts = isWhole ? own : own?.keeping(kept, of: table.rowCount)
        let series = try SeriesWindows.settings(of: inputs)
        var seriesNotices: [DatasetNotice] = []
        if series != nil {
            if !isWhole || !dropping.isEmpty { throw DatasetError.droppedFromSeries(columns: dropping) }
            if let order = request.split.order, let rows = try Self.rowsInOrder(left, by: order) {
                parts = parts?.keeping(rows, of: left.rowCount)
                left = left.keeping(rows)
                seriesNotices.append(.rowsNotInOrder(column: order))
            }
        }
        let windows = try series.map { try SeriesWindows($0, rows: left.rowCount) }
        self.windows = windows
        let (target, cells) = try Self.read(left, inputs: inputs, target: request.target)
        var labels: [Int32]? = if case .categories(let texts) = target { texts.classNumbers } else { nil }
        var labelSets: [[Int32]]? = if request.split.isStratified, case .parts(let parts) = target { parts.sets } else { nil }
        var columns = SplitColumns(left, whole: table)
        if let windows {
            let targets = windows.targets
            labels = labels.map { labels in targets.map { labels[$0] } }
            labelSets = labelSets.map { sets in targets.map { sets[$0] } }
            columns = columns.ofTargets(windows)
            parts = parts.map(windows.parts)
            seriesNotices.append(windows.notice)
        }
        let count = windows?.count ?? left.rowCount
        let split = try Splitter.split(count, request.drawnSplit, labels: labels, labelSets: labelSets, own: parts, columns: columns)
        try split.check(rowCount: count)
        if request.split.train == nil || windows != nil {
            (self.table, self.target, self.cells, self.split) = (left, target, cells, split)
        } else {
            let used = (split.train + split.validation + split.test).sorted()
            self.table = left.keeping(used)
            self.split = split.keeping(used, of: left.rowCount)
            (self.target, self.cells) = try Self.read(self.table, inputs: inputs, target: request.target)
        }
        splitNotices =
            seriesNotices + (windows?.overlaps(split) ?? [])
            + SplitNotices.all(request.split, split, inputs: inputs.map(\.column), order: try request.split.order.map(columns.order))
    }

    /// The rows of a series in the order of a column; nil where they stand so.
    static func rowsInOrder(_ table: Table, by column: String) throws -> [Int32]? {
        let numbers = try SplitColumns(table, whole: table).order(column)
        guard zip(numbers, numbers.dropFirst()).contains(where: { $0 > $1 }) else { return nil }
        return numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }.map { Int32($0) }
    }

    func encode(whileValidating fold: Int?) throws -> EncodedArrays {
        var columns: [FittedCells] = []
        for (input, cells) in zip(inputs, cells) {
            columns.append(
                try FittedCells(input, cells: cells, order: categories[input.column], rows: rows(input.fit, whileValidating: fold)))
        }
        var findings = ColumnFindings()
        let (values, targetFit) =
            try findings.collect { try fittedTarget(whileValidating: fold) } ?? (.values([], unit: .training), nil)
        let notices = fold == nil ? try roundingNotices(columns, targetFit, &findings) : []
        var arrays = EncodedArrays(
            rowCount: windows?.count ?? table.rowCount, inputShape: [0], featureNames: [], inputs: .dense([]), target: values, split: split,
            fitted: [], vocabulary: [], fileRows: table.fileRows, notices: notices, window: windows?.settings)
        if let targets = windows?.targets {
            arrays.target = values.keeping(targets)
            arrays.fileRows = targets.map { table.fileRows?[$0] ?? Int32($0) }
        }
        try findings.collect { try write(columns, into: &arrays) }
        try findings.check()
        if fold == nil {
            arrays.notices += columns.compactMap(\.rareCategories) + columns.compactMap(\.wayOfReading) + [targetSigns].compactMap(\.self)
        }
        arrays.notices += unknownCells(of: columns, whileValidating: fold)
        if let targetFit { arrays.fitted.append(FittedColumn(column: request.target.column, fit: targetFit)) }
        return arrays
    }

    func exactNumbers(whileValidating fold: Int?) throws -> ExactNumbers {
        let columns = try zip(inputs, cells).map { input, cells in
            try FittedCells(input, cells: cells, order: categories[input.column], rows: rows(input.fit, whileValidating: fold))
        }
        var exact: [Double]?
        if case .numbers(let numbers, _) = target,
            case .numeric(let shift, let divisor, let logarithm)? = try fittedTarget(whileValidating: fold).1
        {
            let scaled = numbers.map { ((logarithm?($0) ?? $0) - shift) / divisor }
            exact = windows.map { $0.targets.map { scaled[$0] } } ?? scaled
        }
        if columns.contains(where: \.isText) {
            return ExactNumbers(inputs: nil, featureCount: 0, target: exact)
        }
        let (matrix, width) = try FittedCells.matrix(columns, rows: table.rowCount, of: Double.self)
        guard let windows else { return ExactNumbers(inputs: matrix, featureCount: width, target: exact) }
        return ExactNumbers(
            inputs: try windows.windows(matrix, width: width), featureCount: windows.settings.length * width, target: exact)
    }

    /// What becomes of the numbers of all rows in 32 bits; folds scale them a little otherwise.
    private func roundingNotices(
        _ columns: [FittedCells], _ targetFit: FittedColumn.Fit?, _ findings: inout ColumnFindings
    ) throws -> [DatasetNotice] {
        var notices: [DatasetNotice?] = []
        for (input, column) in zip(inputs, columns) {
            notices.append(try findings.collect { try column.roundingNotice(input.encoding, of: table) } ?? nil)
        }
        notices.append(try findings.collect { try targetRounding(targetFit) } ?? nil)
        return notices.compactMap(\.self)
    }

    /// How numbers of the target with signs were read.
    private var targetSigns: DatasetNotice? {
        if case .numbers(_, let mark?) = target { mark.notice(column: request.target.column) } else { nil }
    }

    private func targetRounding(_ fit: FittedColumn.Fit?) throws(Diagnostics) -> DatasetNotice? {
        guard case .numeric(let shift, let divisor, let logarithm)? = fit, case .numbers(let numbers, _) = target else { return nil }
        return try RoundingCheck(
            logarithm.map { logarithm in numbers.map { logarithm($0) } } ?? numbers, shift: shift, divisor: divisor,
            column: request.target.column, of: table, isTarget: true,
            isScaled: request.target.encoding.scale != .none
        ).notice()
    }

    // MARK: - Rows

    private func rows(_ fit: FittedRows, whileValidating fold: Int?) -> [Int32] {
        guard let examples = split.rows(fit, whileValidating: fold) else { return (0..<Int32(table.rowCount)).map { $0 } }
        return windows?.rows(of: examples) ?? examples
    }

    var notices: [DatasetNotice] {
        let columns =
            inputs.filter(\.isLearning).map { ($0.column, $0.fit) }
            + (request.target.isLearning ? [(request.target.column, request.target.fit)] : [])
        return splitNotices + FittedRowsNotice.of(columns, split, rowCount: windows?.count ?? table.rowCount)
    }

    /// Cells whose category no row has that trained the encoder, where such cells are ignored.
    private func unknownCells(of columns: [FittedCells], whileValidating fold: Int?) -> [DatasetNotice] {
        let ignoring = columns.filter(\.ignoresUnknown)
        if ignoring.isEmpty { return [] }
        let parts: [(name: String, rows: [Int32])] =
            fold.map { fold in [(request.split.foldName(fold + 1), split.rows(validating: fold))] }
            ?? [("train", split.train), ("validation", split.validation), ("test", split.test)]
        return ignoring.flatMap { column in parts.compactMap { column.unknownCells(in: $0.rows, part: $0.name) } }
    }

    // MARK: - Features

    /// Classes are those of all rows that train in some fold: every fold has the same outputs.
    private func fittedTarget(whileValidating fold: Int?) throws -> (EncodedArrays.Target, FittedColumn.Fit?) {
        switch target {
        case .categories(let texts):
            let column = request.target.column
            // Nothing is learned of classes beside the inputs: those of any row have a number.
            let isBeside = request.target.encoding == .inputs
            let rows = isBeside ? (0..<Int32(table.rowCount)).map { $0 } : rows(request.target.fit, whileValidating: nil)
            let names = categories[column] ?? texts.known(in: rows, and: nil)
            let labels = try texts.codes(
                names, ignoringUnknown: false, allowingEmpty: isBeside,
                help: "or keep its share of every class in each part with stratify, or write fit: all")
            guard names.count > 1 else {
                throw isBeside
                    ? DatasetError.labelsAlike(column: column, name: names.first)
                    : DatasetError.oneClass(column: column, name: names.first ?? "")
            }
            return (
                isBeside ? .inputs(labels: labels, names: names) : .classes(labels: labels, names: names), .label(categories: names)
            )
        case .numbers(let numbers, _):
            guard case .numeric(let scale) = request.target.encoding else {
                return (.values(numbers.map(Float.init), unit: .training), nil)
            }
            let rows = rows(request.target.fit, whileValidating: fold)
            let logarithm = scale.logarithm
            let numbers = logarithm.map { logarithm in numbers.map { logarithm($0) } } ?? numbers
            let (shift, divisor) = scale.figures(of: numbers, fittedOn: rows)
            return (
                .values(
                    numbers.map { Float(($0 - shift) / divisor) },
                    unit: TargetUnit(shift: shift, divisor: divisor, logarithm: logarithm)),
                .numeric(shift: shift, divisor: divisor, logarithm: logarithm)
            )
        case .parts(let parts):
            let column = request.target.column
            let names = categories[column] ?? parts.known(in: rows(request.target.fit, whileValidating: nil))
            guard !names.isEmpty else { throw DatasetError.noLabel(column: column) }
            try DatasetEncoder.checkSize(rows: table.rowCount, features: names.count)
            let ones = try parts.ones(names, help: "or write fit: all, which knows the labels of all rows")
            return (.severalLabels(ones, names: names), .parts(categories: names, separator: parts.separator))
        case .nothing: return (.inputs(labels: nil, names: []), .numeric(shift: 0, divisor: 1))
        case .words, .dates: return (.values([], unit: .training), nil)
        }
    }

    /// Where there is a text, what is not 0 is kept, else all.
    private func write(_ columns: [FittedCells], into arrays: inout EncodedArrays) throws {
        arrays.fitted = columns.map(\.fitted)
        arrays.vocabulary = columns.flatMap(\.words)
        if columns.contains(where: \.isSequence) {
            guard columns.count == 1, let tokens = columns[0].tokens else { throw DatasetError.tokensBesideOthers }
            arrays.inputs = .tokens(tokens.rows, vocabulary: tokens.vocabulary)
            arrays.inputShape = [columns[0].fitted.width]
            return
        }
        if columns.contains(where: \.isText) {
            let (rows, width) = try FittedCells.sparseRows(columns, rows: table.rowCount)
            arrays.inputs = .sparse(rows)
            let images = Array(Set(inputs.compactMap(\.image?.sizes)))
            guard images.isEmpty else { throw DatasetError.notAnImage(shapes: images, columns: width) }
            arrays.inputShape = [width]
            if columns.count == 1 { return }
            for place in columns.indices { arrays.fitted[place].setWordCount(columns[place].words.count) }
            return
        }
        let (matrix, width) = try FittedCells.matrix(columns, rows: table.rowCount)
        guard width > 0 else { throw DatasetError.noInputs }
        let names = columns.flatMap(\.fitted.featureNames)
        if let windows {
            arrays.inputs = .dense(try windows.windows(matrix, width: width))
            arrays.inputShape = [windows.settings.length, width]
            arrays.featureNames = SeriesWindows.names(names, length: windows.settings.length)
            return
        }
        arrays.inputs = .dense(matrix)
        arrays.inputShape = try shape(ofColumns: width)
        arrays.featureNames = names
    }

    /// The shape of so many numbers of a row: that of the image that they are, or of the array that they come from.
    private func shape(ofColumns width: Int) throws -> [Int] {
        let images = Set(inputs.map(\.image))
        guard images == [nil] else {
            let shapes = images.map { $0?.sizes }
            guard shapes.count == 1, let sizes = shapes[0], sizes.reduce(1, *) == width else {
                throw DatasetError.notAnImage(shapes: shapes.compactMap(\.self).sorted { $0.lexicographicallyPrecedes($1) }, columns: width)
            }
            return sizes
        }
        return table.numbers?.shape(ofColumns: inputs.map(\.column)).flatMap { $0.reduce(1, *) == width ? $0 : nil } ?? [width]
    }
}
