import Settings

/// What the raw columns of a data set hold, before any encoding.
public struct DatasetProfile: Sendable, Hashable {
    /// The name for messages.
    public var name: String
    /// How many rows there are.
    public var rowCount: Int
    /// The columns, in order.
    public var columns: [ColumnProfile]
    /// How many rows the data set itself sets apart for the test; 0 where it sets none apart.
    public var ownTestCount: Int
    /// Whether a table's file ends without a line break: when it was cut off, that may be in the middle of the last cell.
    public var endsMidLine: Bool
    /// What the columns besides the last are together, where they are an image; nil: columns by themselves.
    public internal(set) var imageShape: ImageShape?
    /// What was noticed while the data set was read.
    public var notices: [DatasetNotice]

    /// The column of that name.
    public subscript(name: String) -> ColumnProfile? { columns.first { $0.name == name } }

    /// How a table is written, when its columns show that `format` misses something: texts that stand for empty cells, commas in numbers.
    public func betterFormat(than format: CSVFormat) -> CSVFormat? {
        var better = format
        let comma = UInt8(ascii: ",")
        var kinds: Set<Bool> = []
        for column in columns {
            for text in column.placeholders where !better.empty.contains(text) { better.empty.append(text) }
            switch column.kind {
            case .commaNumbers(let isThousands): kinds.insert(isThousands)
            // Money has no three decimals.
            case .markedNumbers(let example, .undecided(isComma: true)) where !example.contains("%"): kinds.insert(true)
            default: break
            }
        }
        let hasPoints = columns.contains { if case .numbers(_, _, _, isWhole: false) = $0.kind { true } else { false } }
        // One column that can only have decimals tells how the others are meant.
        if format.numbers.isPlain {
            if kinds.contains(false), !hasPoints {
                better.numbers = NumberFormat(decimal: comma)
            } else if kinds == [true] {
                better.numbers = NumberFormat(thousands: comma)
            }
        }
        return better == format ? nil : better
    }
}

extension DatasetProfile {
    init(_ raw: RawTable) {
        name = raw.name
        rowCount = raw.rowCount
        ownTestCount = raw.ownParts?.test.count ?? 0
        endsMidLine = if case .cells(let table, _) = raw.contents { table.endsMidLine } else { false }
        notices = raw.notices
        switch raw.contents {
        case .texts(let texts, let labels, let classes):
            var counts = [Int](repeating: 0, count: classes.count)
            for label in labels { counts[Int(label)] += 1 }
            let classCounts = zip(classes, counts).map { ColumnProfile.Count(text: $0, count: $1) }
            let text = ColumnProfile(
                name: raw.columns[0], kind: .texts(words: Double(texts.words.count) / Double(max(texts.rowCount, 1))), emptyCount: 0,
                distinctCount: texts.rowCount, mostFrequent: [])
            columns = [
                text,
                ColumnProfile(
                    name: raw.columns[1], kind: .categories, emptyCount: 0, distinctCount: classes.count,
                    mostFrequent: Array(classCounts.sorted { ($0.count, $1.text) > ($1.count, $0.text) }.prefix(ColumnScan.mostShown))),
            ]
        case .running(let bytes):
            let words = bytes.bytes.split(whereSeparator: { $0 <= 0x20 }).count
            columns = [
                ColumnProfile(name: raw.columns[0], kind: .texts(words: Double(words)), emptyCount: 0, distinctCount: 1, mostFrequent: [])
            ]
        case .cells(let table, _):
            columns = ColumnScan.profiles(of: table)
            if let sizes = table.numbers?.shape(ofColumns: Array(table.columns.dropLast())), sizes.count == 2 || sizes.count == 3 {
                imageShape = ImageShape(height: sizes[0], width: sizes[1], channels: sizes.count == 3 ? sizes[2] : 1)
            }
        }
    }
}
