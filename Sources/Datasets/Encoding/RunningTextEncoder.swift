import Settings

/// Encodes a running text: so many words or characters are an example, what follows them is its target. The text is cut into parts first and each part into
/// windows then, so that none reaches over a border.
struct RunningTextEncoder: FoldEncoder {
    private let text: WordColumn
    private let input: ColumnSettings
    private let settings: TokenSettings
    private let request: EncodingRequest
    /// Where the windows of each part begin.
    private let train: [Int]
    private let validation: [Int]
    private let test: [Int]
    /// Which piece of the text trains.
    private let trainPiece: Int32

    init(_ bytes: RawBytes, of raw: RawTable, _ request: EncodingRequest) throws {
        guard let input = DatasetEncoder.inputColumns(request, all: raw.columns).first else { throw DatasetError.noInputs }
        guard case .tokens(let settings) = input.encoding, settings.words.coding == .plain else {
            throw DatasetError.wrongEncoding(column: input.column, encoding: input.encoding.name, expected: "tokens, without coding: keras")
        }
        guard request.target.encoding == .next else {
            throw DatasetError.wrongEncoding(column: request.target.column, encoding: request.target.encoding.name, expected: "next")
        }
        try Self.check(request.split)
        var table = WordTable()
        var numbers: [Int32] = []
        table.add(bytes.bytes, tokens: settings.words.tokens ?? .keras, isLatin1: false, to: &numbers)
        let split = try Splitter.split(numbers.count, request.split, labels: nil)
        func range(_ places: [Int32]) -> Range<Int> {
            guard let first = places.first, let last = places.last else { return 0..<0 }
            return Int(first)..<Int(last) + 1
        }
        let ranges = [split.train, split.validation, split.test].map(range)
        func windows(_ range: Range<Int>) throws -> [Int] {
            if range.isEmpty { return [] }
            let found = try SeriesWindows(WindowSettings(length: settings.length, step: settings.step), rows: range.count)
            return (0..<found.count).map { range.lowerBound + $0 * settings.step }
        }
        (train, validation, test) = (try windows(ranges[0]), try windows(ranges[1]), try windows(ranges[2]))
        // The pieces between all borders are texts by themselves, of which the one that trains is counted.
        let borders = Set(ranges.flatMap { [$0.lowerBound, $0.upperBound] } + [0, numbers.count]).sorted()
        trainPiece = Int32(borders.firstIndex(of: ranges[0].lowerBound) ?? 0)
        text = WordColumn(
            offsets: borders, words: numbers, table: table, countedRows: .train, isLatin1: false, tokens: settings.words.tokens ?? .keras)
        self.input = input
        self.settings = settings
        self.request = request
    }

    /// A running text is cut where it stands.
    private static func check(_ split: SplitSettings) throws(DatasetError) {
        var parts = [split.test].compactMap(\.self)
        switch split.validation {
        case .part(let part)?: parts.append(part)
        case .folds?: throw .runningTextSplit
        case nil: break
        }
        let areInPlace = parts.allSatisfy { $0.shuffle == .none && !$0.stratified }
        guard areInPlace, split.group == nil, split.order == nil, split.train == nil, split.only == nil, !split.resplit else {
            throw .runningTextSplit
        }
    }

    func encode(whileValidating fold: Int?) throws -> EncodedArrays {
        let (fitted, numbers, words) = try FittedTokens.fit(
            text, of: input.column, settings, counted: input.fit == .all ? nil : [trainPiece])
        let starts = train + validation + test
        try DatasetEncoder.checkSize(rows: starts.count, features: settings.length)
        let all = text.words.map { numbers[Int($0)] }
        let next = starts.map { all[$0 + settings.length] }
        // Words that are not in the vocabulary are one class together, where there are any to predict.
        let asked = request.target.each ? starts.flatMap { all[$0 + 1...$0 + settings.length] } : next
        let names = (asked.contains(fitted.unknown) ? [WordEncoder.unknownName] : []) + words.map(Self.shown)
        let firstClass = Int32(fitted.firstWord + words.count - names.count)
        guard names.count > 1 else { throw DatasetError.oneClass(column: input.column, name: names.first ?? "") }
        var split = SplitRows(train: (0..<Int32(train.count)).map { $0 })
        split.validation = (0..<Int32(validation.count)).map { $0 + Int32(train.count) }
        split.test = (0..<Int32(test.count)).map { $0 + Int32(train.count + validation.count) }
        return EncodedArrays(
            rowCount: starts.count, inputShape: [settings.length], featureNames: [],
            inputs: .tokens(starts.flatMap { all[$0..<$0 + settings.length] }, vocabulary: fitted.vocabulary),
            target: .classes(labels: next.map { $0 - firstClass }, names: names), split: split,
            fitted: [
                FittedColumn(column: input.column, fit: .tokens(fitted)),
                FittedColumn(column: request.target.column, fit: .label(categories: names)),
            ], vocabulary: words, fileRows: starts.map { Int32($0 + settings.length) })
    }

    func exactNumbers(whileValidating fold: Int?) -> ExactNumbers { .none }

    var notices: [DatasetNotice] { FittedRowsNotice.of([(input.column, input.fit)], SplitRows(train: [], test: [0]), rowCount: 1) }

    /// What a word that is a class is called: characters that are not seen have names.
    private static func shown(_ word: String) -> String {
        switch word {
        case " ": "(space)"
        case "\n": "(line break)"
        case "\r": "(return)"
        case "\t": "(tab)"
        default: word
        }
    }
}
