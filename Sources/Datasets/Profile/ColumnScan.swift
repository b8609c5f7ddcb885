import Settings

/// Looks at the cells of a column, row by row, and tells what they are.
struct ColumnScan {
    static let mostShown = 50
    static let mostCategories = 50
    private static let wordsOfText = 3.0
    private static let mostOdd = 3
    /// A column of numbers with some slips has this share of numbers at least.
    private static let shareOfNumbers = 0.5
    private static let rowsTogether = 64

    private let table: Table
    private let column: Int
    /// Whether its cells are texts, whatever they look like.
    private let isText: Bool
    /// Where lines begin; nil where nobody asks for the lines of odd cells.
    private let lines: LineIndex?
    private var figures = NumberFigures()
    /// Numbers with how often they stand, and where first: texts are made of few of them.
    private var numbers: [Double: (count: Int, row: Int)] = [:]
    /// The same for whole numbers of which several are one in 64 bits, by their digits.
    private var largeNumbers: [String: (count: Int, row: Int)] = [:]
    private static let largestExact = 0x1p53
    private var texts: [String: Int] = [:]
    private var emptyCount = 0
    private var words = 0
    private var oddRows: [Int] = []
    private var commas = (decimal: 0, thousands: 0)
    private var placeholders = (count: 0, texts: Set<String>())
    private var dates = DateOrderSearch()
    private var marked = MarkedScan()
    private var codes = 0

    private init(_ table: Table, column: Int, lines: LineIndex? = nil) {
        (self.table, self.column) = table.withCells(of: column)
        isText = table.textColumns.contains(column)
        self.lines = lines
    }

    /// The profiles of all columns of a table, which is walked through once.
    static func profiles(of table: Table) -> [ColumnProfile] {
        // Cells of arrays of numbers are made for one column at a time.
        if table.numbers != nil {
            return table.columns.indices.map { column in
                var scan = ColumnScan(table, column: column)
                scan.add(0..<table.rowCount)
                return scan.profile
            }
        }
        let lines = LineIndex(table)
        var scans = table.columns.indices.map { ColumnScan(table, column: $0, lines: lines) }
        for start in stride(from: 0, to: table.rowCount, by: rowsTogether) {
            let rows = start..<min(start + rowsTogether, table.rowCount)
            for place in scans.indices { scans[place].add(rows) }
        }
        return scans.map(\.profile)
    }

    /// What the cells of a column are.
    static func kind(of column: Int, in table: Table) -> ColumnProfile.Kind {
        var scan = ColumnScan(table, column: column)
        scan.add(0..<table.rowCount)
        return scan.kind
    }

    // MARK: - Looking

    private mutating func add(_ rows: Range<Int>) {
        for row in rows {
            let cell = table[row, column]
            if table.isEmpty(cell) {
                emptyCount += 1
                continue
            }
            if isText {
                addText(text(of: cell), row: row, problem: .notANumber)
                continue
            }
            if table.isCode(cell) {
                codes += 1
                texts[text(of: cell), default: 0] += 1
                continue
            }
            do throws(NumberParser.Problem) {
                let number = try table.number(in: cell)
                if table.isEmpty(number) {
                    emptyCount += 1
                    continue
                }
                figures.add(number)
                if abs(number) >= Self.largestExact, let digits = WholeNumber.canonical(text(of: cell)) {
                    largeNumbers[digits, default: (0, row)].count += 1
                } else {
                    numbers[number, default: (0, row)].count += 1
                }
            } catch {
                addText(text(of: cell), row: row, problem: error)
            }
        }
    }

    private mutating func addText(_ text: String, row: Int, problem: NumberParser.Problem) {
        if oddRows.count < Self.mostOdd { oddRows.append(row) }
        figures.addOther()
        texts[text, default: 0] += 1
        words += text.split(separator: " ").count
        switch problem {
        case .comma(let orThousands):
            commas.decimal += 1
            if orThousands { commas.thousands += 1 }
        case .thousands: commas.thousands += 1
        default:
            if Placeholders.contains(text) {
                placeholders.count += 1
                placeholders.texts.insert(text)
            }
        }
        // One text that is none is enough to know.
        if dates.others == 0 { dates.add(text, row: row) }
        marked.add(text)
    }

    // MARK: - What was seen

    private var profile: ColumnProfile {
        var counts = texts.map { ColumnProfile.Count(text: $0.key, count: $0.value) }
        let all = Array(numbers.values) + Array(largeNumbers.values)
        let frequent = all.sorted { ($0.count, $1.row) > ($1.count, $0.row) }.prefix(Self.mostShown)
        counts += frequent.map { ColumnProfile.Count(text: text(row: $0.row), count: $0.count) }
        counts.sort { ($0.count, $1.text) > ($1.count, $0.text) }
        var profile = ColumnProfile(
            name: table.columns[column], kind: kind, emptyCount: emptyCount, distinctCount: distinctCount,
            mostFrequent: Array(counts.prefix(Self.mostShown)))
        // What else there is are numbers, or would be if commas were read.
        let others = figures.otherCount - placeholders.count
        if figures.count + codes + others > 0, others == commas.decimal || others == commas.thousands {
            profile.placeholders = placeholders.texts.sorted()
        }
        return profile
    }

    private var distinctCount: Int { texts.count + numbers.count + largeNumbers.count }

    private var kind: ColumnProfile.Kind {
        let filled = table.rowCount - emptyCount
        let others = figures.otherCount
        let distinct = distinctCount
        if filled == 0 { return .nothing }
        if codes > 0, others == 0 { return .codes }
        if figures.isRowNumbers, emptyCount == 0, filled > 2 { return .rowNumbers }
        if others == 0 {
            return .numbers(low: figures.low, high: figures.high, mean: figures.sum / Double(filled), isWhole: figures.areWhole)
        }
        let commaCount = others - placeholders.count
        if figures.areWhole, commaCount > 0, commaCount == commas.decimal || commaCount == commas.thousands {
            return .commaNumbers(isThousands: commaCount == commas.thousands)
        }
        if Double(figures.count + codes) >= Self.shareOfNumbers * Double(filled) {
            return .almostNumbers(
                others: oddRows.map { .init(text: TablePlaces.shown(text(row: $0)), line: lines?.line(row: $0, column: column)) },
                count: others)
        }
        if marked.count == filled {
            let form = marked.form(isFormatKnown: !table.numberFormat.isPlain)
            return .markedNumbers(example: TablePlaces.shown(text(row: oddRows.first ?? 0)), form: form)
        }
        if figures.count == 0, codes == 0, dates.others == 0 { return .dates(dateSpan) }
        if distinct <= Self.mostCategories, distinct * 2 <= filled || filled < 10 { return .categories }
        let average = Double(words + figures.count) / Double(filled)
        return average > Self.wordsOfText ? .texts(words: average) : .names
    }

    /// What the dates are; nil where their order is not plain, or where some is impossible in it.
    private var dateSpan: ColumnProfile.DateSpan? {
        guard dates.ambiguousRow == nil else { return nil }
        let read = texts.keys.compactMap { try? dates.format.read($0).seconds }
        guard let first = read.min(), let last = read.max(), read.count == texts.count else { return nil }
        let civil = read.map { CivilTime(seconds: $0) }
        let times = Set(read.map { $0 - ($0 / 86_400).rounded(.down) * 86_400 })
        return ColumnProfile.DateSpan(
            firstYear: CivilTime(seconds: first).year, days: Int((last - first) / 86_400), hasTimes: times.count > 1,
            hasMonths: Set(civil.map(\.month)).count > 1, hasDays: Set(civil.map(\.day)).count > 1)
    }

    /// Whether a column has dates, and more of them than categories would be.
    static func hasManyDates(_ column: Int, in table: Table) -> Bool {
        var scan = ColumnScan(table, column: column)
        scan.add(0..<table.rowCount)
        if case .dates = scan.kind { return scan.distinctCount > mostCategories }
        return false
    }

    private func text(row: Int) -> String {
        text(of: table[row, column])
    }

    private func text(of cell: Table.Cell) -> String {
        (table.text(of: cell) ?? String(decoding: table.rawBytes(of: cell), as: UTF8.self)).trimmingSpaces
    }
}

/// Figures of the numbers met so far.
private struct NumberFigures {
    var count = 0
    var otherCount = 0
    var areWhole = true
    var isRowNumbers = true
    var low = Double.infinity
    var high = -Double.infinity
    var sum = 0.0
    private var last: Double?

    mutating func addOther() {
        otherCount += 1
        isRowNumbers = false
    }

    mutating func add(_ number: Double) {
        if number != number.rounded() { areWhole = false }
        if !areWhole || (last.map { number != $0 + 1 } ?? !(number == 0 || number == 1)) { isRowNumbers = false }
        low = min(low, number)
        high = max(high, number)
        sum += number
        last = number
        count += 1
    }
}

/// Numbers with signs met so far.
private struct MarkedScan {
    private(set) var count = 0
    private var signs: Set<String> = []
    private var votes = (point: 0, comma: 0)
    private var undecided: Bool?

    mutating func add(_ text: String) {
        guard text.utf8.count < 40, let (sign, number) = NumberMark.split(text),
            [false, true].contains(where: { NumberMark(sign: sign, hasDecimalComma: $0).value(of: number) != nil })
        else { return }
        count += 1
        signs.insert(sign)
        switch NumberMark.evidence(number, sign: sign) {
        case .point: votes.point += 1
        case .comma: votes.comma += 1
        case .nothing: break
        case .undecided(let isComma): undecided = isComma
        }
    }

    /// How they are written, as far as the numbers or the format of the table tell.
    func form(isFormatKnown: Bool) -> ColumnProfile.MarkedForm {
        if signs.count > 1 { return .mixed }
        if isFormatKnown { return .plain }
        if votes.point > 0 && votes.comma > 0 { return .mixed }
        if let undecided, votes.point == 0, votes.comma == 0 { return .undecided(isComma: undecided) }
        return .plain
    }
}

/// The lines in which cells begin, looked up in a list that is made when the first is asked for.
private final class LineIndex {
    private let table: Table
    private lazy var starts: [Int] = {
        let bytes = table.bytes.bytes
        return [0]
            + bytes.indices.filter { place in
                let next = place + 1 < bytes.count ? bytes[place + 1] : 0
                return bytes[place] == UInt8(ascii: "\n") || bytes[place] == UInt8(ascii: "\r") && next != UInt8(ascii: "\n")
            }.map { $0 + 1 }
    }()

    init(_ table: Table) { self.table = table }

    /// The line, from 1; nil where there are no lines.
    func line(row: Int, column: Int) -> Int? {
        guard table.hasPlaces else { return nil }
        // Each of several files has lines of its own.
        guard table.files.isEmpty else { return table.diagnostic("", row: row, column: column).line }
        let offset = Int(table[row, column].start)
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }
}
