import Settings

/// Encodings that suit a data set's columns: a beginning, for people to look at and change.
public struct EncodingSuggestion: Sendable, Hashable {
    /// A column that is left out, and why.
    public struct Dropped: Sendable, Hashable {
        /// The column.
        public var column: String
        /// Why it is no input.
        public var reason: String

        /// A column that is left out.
        public init(column: String, reason: String) {
            self.column = column
            self.reason = reason
        }
    }

    /// The inputs: every column by name.
    public var inputs: InputSettings
    /// The target.
    public var target: ColumnSettings
    /// The classes' number when the target has classes.
    public var classCount: Int?
    /// Whether one class has most of the rows; the rarer of two is then the positive one.
    public private(set) var isImbalanced = false
    /// Why columns are dropped.
    public var dropped: [Dropped]

    /// In tables of so many rows whole numbers that never come again are taken for keys.
    private static let fewestKeys = 100
    /// A class of this share of the rows makes the others rare.
    private static let largeShare = 0.75
    /// The mean of keys lies no nearer to the lowest, as a share of their range; nearer are amounts, such as populations.
    private static let leastMean = 0.1
    /// Texts that come so often on average, and are no more than that, are categories, of which the rare ones are counted as one.
    private static let fewestOfCategory = 10
    private static let mostOfManyCategories = 1000
    private static let fewestOfKeptCategory = 5
    /// So many columns with grey values are an image.
    private static let fewestPixels = 49

    /// Numbers are standardised, or divided by 255 where they look like grey values; categories are one-hot, texts multi-hot. The target is `target`, or the
    /// last column that holds something.
    public init(_ profile: DatasetProfile, target name: String? = nil) throws(DatasetError) {
        if profile.rowCount == 1, profile.columns.count == 1, let only = profile.columns.first, case .texts = only.kind {
            // Running text: what follows 40 characters.
            let characters = TokenSettings(length: 40, step: 3, words: WordSettings(tokens: .characters))
            inputs = InputSettings(columns: [.init(column: only.name, encoding: .tokens(characters))])
            target = ColumnSettings(column: only.name, encoding: .next)
            dropped = []
            return
        }
        if profile.columns.count == 1, let only = profile.columns.first { throw .singleColumn(name: only.name) }
        let last = profile.columns.last { $0.kind != .nothing }
        guard let target = name.map({ profile[$0] }) ?? last else {
            throw .unknownColumn(name: name ?? "", dataset: profile.name, known: profile.columns.map(\.name))
        }
        (self.target, classCount) = try Self.target(target)
        if classCount != nil, let most = target.mostFrequent.first {
            isImbalanced = Double(most.count) >= Self.largeShare * Double(profile.rowCount - target.emptyCount)
            if isImbalanced, classCount == 2 { self.target.positive = target.mostFrequent.last?.text }
        }
        let others = profile.columns.filter { $0.name != target.name }
        if let shape = profile.imageShape, target.name == profile.columns.last?.name {
            dropped = []
            inputs = InputSettings(
                columns: [ColumnSettings(column: "*", encoding: .numeric(scale: Self.scale(ofImages: others)), image: shape)])
            return
        }
        if let pixels = Self.pixels(others) {
            dropped = []
            inputs = InputSettings(columns: pixels)
            return
        }
        dropped = []
        var columns: [ColumnSettings] = []
        var keys: [ColumnSettings] = []
        for column in others {
            switch Self.encoding(of: column, rows: profile.rowCount) {
            case .input(let input): columns.append(input)
            case .dropped(let reason, let spare):
                dropped.append(Dropped(column: column.name, reason: reason))
                if let spare { keys.append(spare) }
            }
        }
        if columns.isEmpty {
            // What looks like a key is better than nothing.
            columns = keys
            let kept = Set(keys.map(\.column))
            dropped.removeAll { kept.contains($0.column) }
        }
        guard !columns.isEmpty else { throw .nothingToLearn(reasons: dropped.map { "\($0.column): \($0.reason)" }) }
        inputs = InputSettings(columns: columns, drop: dropped.map(\.column))
    }

    // MARK: - The target

    private static func target(_ column: ColumnProfile) throws(DatasetError) -> (ColumnSettings, classCount: Int?) {
        let missing: MissingSettings = column.emptyCount > 0 ? .drop : .error
        if column.hasClasses {
            let encoding: Encoding = column.distinctCount == 2 ? .label : .oneHot()
            return (ColumnSettings(column: column.name, encoding: encoding, missing: missing), column.distinctCount)
        }
        switch column.kind {
        case .numbers(let low, let high, _, _) where low < high:
            return (ColumnSettings(column: column.name, encoding: .numeric(scale: .standard), missing: missing), nil)
        case .rowNumbers: return (ColumnSettings(column: column.name, encoding: .numeric(scale: .standard), missing: missing), nil)
        case .numbers where column.distinctCount > 1:
            throw .noTarget(column: column.name, found: "whole numbers that 64 bits do not tell apart")
        case .categories, .numbers:
            throw .oneClass(column: column.name, name: column.mostFrequent.first?.text ?? "")
        case .almostNumbers(let others, let count): throw .noTarget(column: column.name, found: oddCells(others, count))
        case .commaNumbers: throw .noTarget(column: column.name, found: "numbers with commas")
        case .markedNumbers(_, .plain):
            return (ColumnSettings(column: column.name, encoding: .numeric(scale: .standard), missing: missing), nil)
        case .markedNumbers(let example, _):
            throw .noTarget(
                column: column.name,
                found:
                    "numbers with signs, such as \"\(example)\", that are written in several ways or leave open what commas and points are,"
            )
        case .dates: throw .noTarget(column: column.name, found: "days")
        case .codes: throw .noTarget(column: column.name, found: "codes, of which there are \(column.distinctCount)")
        case .nothing: throw .noTarget(column: column.name, found: "nothing in its cells")
        case .names, .texts: throw .noTarget(column: column.name, found: "neither numbers nor few categories")
        }
    }

    // MARK: - Inputs

    private enum Choice {
        case input(ColumnSettings)
        case dropped(reason: String, spare: ColumnSettings?)
    }

    private static func encoding(of column: ColumnProfile, rows: Int) -> Choice {
        let isEmpty = column.emptyCount > 0
        let number = ColumnSettings(column: column.name, encoding: .numeric(scale: .standard), missing: isEmpty ? .mean : .error)
        switch column.kind {
        case .numbers(let low, let high, _, true) where max(abs(low), abs(high)) >= 0x1p53 && column.distinctCount > 1:
            return column.hasClasses
                ? .input(.init(column: column.name, encoding: .oneHot(), missing: isEmpty ? .mostFrequent : .error))
                : .dropped(reason: "whole numbers that 64 bits do not tell apart: it looks like a key", spare: nil)
        case .numbers(let low, let high, let mean, true)
        where column.distinctCount == rows && rows >= fewestKeys && mean - low >= leastMean * (high - low):
            return .dropped(reason: "whole numbers, and no two rows have the same: it looks like a key", spare: number)
        case .numbers(let low, let high, _, _) where low < high: return .input(number)
        case .categories where column.isYesNo:
            return .input(.init(column: column.name, encoding: .yesNo, missing: isEmpty ? .mostFrequent : .error))
        case .categories where column.wordOrder != nil:
            return .input(
                .init(column: column.name, encoding: .ordinal(order: column.wordOrder ?? []), missing: isEmpty ? .mostFrequent : .error))
        case .categories where column.distinctCount > 1:
            return .input(.init(column: column.name, encoding: .oneHot(), missing: isEmpty ? .mostFrequent : .error))
        case .codes where (2...ColumnScan.mostCategories).contains(column.distinctCount):
            return .input(.init(column: column.name, encoding: .oneHot(), missing: isEmpty ? .mostFrequent : .error))
        case .codes where column.distinctCount > 1:
            return .dropped(
                reason: "it has codes such as \"\(column.mostFrequent.first?.text ?? "")\", too many of them to be categories", spare: nil)
        case .numbers, .categories, .codes: return .dropped(reason: "it is the same in every row", spare: nil)
        case .almostNumbers(let others, let count):
            return .dropped(reason: "it has \(oddCells(others, count)); mend them, or encode it as one-hot", spare: nil)
        case .commaNumbers: return .dropped(reason: "its numbers have commas; say decimal or thousands beside csv's path", spare: nil)
        case .markedNumbers(_, .plain): return .input(number)
        case .markedNumbers(let example, _):
            return .dropped(reason: "its numbers have signs, such as \"\(example)\", \(unclear)", spare: nil)
        case .rowNumbers: return .dropped(reason: "it counts the rows", spare: number)
        case .nothing: return .dropped(reason: "it is empty", spare: nil)
        case .dates where column.distinctCount == 1: return .dropped(reason: "it is the same in every row", spare: nil)
        case .dates(let span?):
            return .input(.init(column: column.name, encoding: .date(dates(span)), missing: isEmpty ? .median : .error))
        case .dates:
            return .dropped(
                reason:
                    "nothing tells whether its dates have the day or the month first; write {encode: date, format: day-first, since: 2020-01-01}",
                spare: nil)
        case .names
        where column.distinctCount * fewestOfCategory <= rows - column.emptyCount && column.distinctCount <= mostOfManyCategories:
            let encoding = Encoding.oneHot(unknown: .rare, minimumCount: fewestOfKeptCategory)
            return .input(.init(column: column.name, encoding: encoding, missing: isEmpty ? .mostFrequent : .error))
        case .names where column.distinctCount * 2 <= rows - column.emptyCount:
            return .dropped(
                reason: "too many different texts to be categories; {encode: one-hot, min_count: 5, unknown: rare} takes the frequent ones",
                spare: nil)
        case .names: return .dropped(reason: "its texts hardly come again", spare: nil)
        case .texts: return .input(.init(column: column.name, encoding: .multiHot(vocabulary: 10_000)))
        }
    }

    /// What of dates may matter: how long ago they are, and what comes round again within them.
    private static func dates(_ span: ColumnProfile.DateSpan) -> DateSettings {
        let cyclic: [(part: DatePart, isMet: Bool)] = [
            (.month, span.hasMonths && span.days > 31), (.weekday, span.hasDays && span.days > 6), (.hour, span.hasTimes),
        ]
        return DateSettings(
            cyclic: cyclic.filter(\.isMet).map(\.part), since: (try? CivilTime(year: span.firstYear, month: 1, day: 1))?.text,
            scale: .standard)
    }

    private static let unclear =
        "and are written in several ways, or it is not plain what commas and points are; say decimal or thousands beside csv's path"

    /// What is to be said of cells that are no numbers among others that are.
    private static func oddCells(_ others: [ColumnProfile.Odd], _ count: Int) -> String {
        let some = others.map { "\"\($0.text)\"\($0.line.map { " in line \($0)" } ?? "")" }.joined(separator: ", ")
        return
            "numbers, and \(count) \(count == 1 ? "cell that is none" : "cells that are none") (\(some)\(count > others.count ? ", …" : ""))"
    }

    /// Grey values and colours divided by 255, numbers from 0 to 1 as they are, others standardised.
    private static func scale(ofImages columns: [ColumnProfile]) -> Scale {
        var (lowest, highest) = (0.0, 0.0)
        for column in columns {
            guard case .numbers(let low, let high, _, _) = column.kind else { continue }
            (lowest, highest) = (min(lowest, low), max(highest, high))
        }
        if lowest < 0 || highest > 255 { return .standard }
        return highest > 127 ? .divided(by: 255) : highest <= 1 ? .none : .standard
    }

    /// All columns divided by 255, when there are many and all hold grey values.
    private static func pixels(_ columns: [ColumnProfile]) -> [ColumnSettings]? {
        guard columns.count >= fewestPixels else { return nil }
        var highest = 0.0
        for column in columns {
            guard case .numbers(let low, let high, _, true) = column.kind, low >= 0, high <= 255, column.emptyCount == 0 else { return nil }
            highest = max(highest, high)
        }
        // Grey values nearly reach white somewhere; other whole numbers need not be grey values at all.
        guard highest > 127 else { return nil }
        return columns.map { .init(column: $0.name, encoding: .numeric(scale: .divided(by: 255))) }
    }
}
