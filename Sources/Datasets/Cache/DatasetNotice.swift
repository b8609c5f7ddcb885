import Documents
import Settings

/// Something about a data set that its user would not see otherwise: what was left out or took part in another way than it looks. Nothing of it is wrong
/// as such, and all of it is told: on standard error by the commands that use the data, and among the warnings of the report.
public enum DatasetNotice: Sendable, Hashable, Codable {
    /// Of the `total` files below a folder of texts, or in an archive, these count for nothing. `classes` are folders that are no class because of that.
    case filesLeftOut(path: String, total: Int, files: [LeftOutFiles], classes: [String])

    /// Of the cells that a part's rows (`count` of them) have in a column, so many have a category that no row has on which the column is fitted, and give
    /// zeros, or with `areRare` count among the rare ones. `alike` is a category that is the same number as the example.
    case unknownCells(part: String, column: String, count: Int, of: Int, example: String, alike: String?, areRare: Bool? = nil)
    /// So many categories of a column, the first of which are named, are too rare for numbers of their own and share one.
    case rareCategories(column: String, names: [String], count: Int)

    /// Dates of a column are read in an order that the cells told, as this cell shows; nil: ISO 8601. `isZoned`: time zones are turned into UTC.
    case datesRead(column: String, order: DateOrder?, example: String, isZoned: Bool)
    /// Numbers of a column all carry a sign, which is left out, as from this cell.
    case signsRead(column: String, sign: String, example: String, number: String)
    /// Columns are fitted on rows that do not train. `isFolds`: on those that train in some fold; else on all.
    case fittedOnOthers(columns: [String], isFolds: Bool)
    /// The words of a text are ranked by the texts that Keras ranked them by, of which some do not train.
    case rankedAsKerasDoes(column: String)
    /// Rows of a part that stand among the rows that train as well, target included.
    case rowsAlike(part: String, count: Int, of: Int)
    /// Classes that train and of which the rows that validate in a fold, counted from 1, have none; a part without folds counts as fold 0.
    /// `isStratified`: folds spread classes as evenly as may be.
    case classesLacking(part: String, folds: [Int: [String]], isStratified: Bool = false)
    /// Classes that do not train while a fold, counted from 1, validates.
    case classesUntrained(folds: [Int: [String]])

    /// The column of the split's groups is an input, so a network may learn each group by heart.
    case groupAmongInputs(column: String)
    /// The rows of a table do not stand in the order in which they are cut.
    case rowsNotInOrder(column: String)
    /// So many rows of a series give so many windows; `first` rows have none before them that is full, and the `last` stand behind the target of the last.
    case windows(rows: Int, windows: Int, WindowSettings, first: Int, last: Int)
    /// Windows of a part whose target stands in a window that trains.
    case windowsOverlap(part: String, count: Int, of: Int)
    /// Windows of a part that end before values which others predict in training, and predict a later one: a forecast so many rows ahead would not know them
    /// yet. A gap of so many windows leaves them out.
    case windowsTooSoon(part: String, count: Int, of: Int, horizon: Int, gap: Int)
    /// Rows of a part that have the same place in the order as rows before the cut.
    case orderTied(column: String, part: String, count: Int, of: Int)

    /// Of the rows of a part, so many have none of the target's labels.
    case rowsWithoutLabel(part: String, column: String, count: Int, of: Int)
    /// Of the rows of a part, so many have no label in the column that figures alone see.
    case rowsUnlabelled(part: String, column: String, count: Int, of: Int)
    /// Labels that train and that no row of a part, or of a fold, counted from 1, has; a part without folds counts as fold 0.
    case labelsLacking(part: String, folds: [Int: [String]])
    /// Labels that no row has which trains, while a fold, counted from 1, validates; without folds fold 0.
    case labelsUntrained(folds: [Int: [String]])
    /// Labels that a single row has which trains.
    case labelsRare(labels: [String])
    /// Labels that every row has which trains.
    case labelsEverywhere(labels: [String])

    /// Numbers that differ become one when they are stored in 32 bits: `lost` of `of` different ones, the first two in these rows, from 1.
    case numbersMeet(column: String, lost: Int, of: Int, first: String, second: String, rows: [Int], advice: String)
    /// Numbers are rounded by a share of their spread that shows.
    case roundedNumbers(column: String, share: Double, advice: String)

    /// Which comes first in a date, as files name it.
    public enum DateOrder: String, Sendable, Hashable, Codable {
        case dayFirst = "day-first"
        case monthFirst = "month-first"

        fileprivate var words: String { self == .dayFirst ? "day, month, year" : "month, day, year" }
    }

    /// Files that were left out for one reason.
    public struct LeftOutFiles: Sendable, Hashable, Codable {
        /// Why they were.
        public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
            /// They do not end in `.txt`.
            case ending
            /// They end neither in `.png` nor in `.jpg` or `.jpeg`.
            case noPicture
            /// They stand elsewhere than in the folder of a class.
            case place
            /// They are texts without a class.
            case unlabelled
            /// They are links to what lies outside.
            case link
            /// They are no regular files.
            case special
        }

        /// Why they were left out.
        public var reason: Reason
        /// How many they are.
        public var count: Int
        /// The first of them.
        public var examples: [String]

        /// Files that were left out.
        public init(reason: Reason, count: Int, examples: [String]) {
            self.reason = reason
            self.count = count
            self.examples = examples
        }
    }

    /// What is to be known, in a sentence or two of plain text.
    public var sentence: String { sentence(naming: { "fold \($0)" }) }

    /// The same with other names for folds, which count from 1 over all repeats.
    public func sentence(naming fold: (Int) -> String) -> String {
        switch self {
        case .filesLeftOut(let path, let total, let files, let classes):
            let count = files.reduce(0) { $0 + $1.count }
            let gone =
                classes.isEmpty
                ? "" : "; so \(Self.quoted(classes)) \(classes.count == 1 ? "is no class" : "are no classes")"
            return
                "\(Self.name(of: path)): \(count.grouped) of \(total.grouped) \(total == 1 ? "file" : "files") \(count == 1 ? "is" : "are") left out, "
                + files.map(\.words).joined(separator: ", ") + gone + "."
        case .unknownCells(let part, let column, let count, let all, let example, let alike, let areRare):
            return
                "\(part): \(count.grouped) of \(all.grouped) cells of \(Self.quoted([column])) \(count == 1 ? "has" : "have") a category that is in no row the column "
                + "is fitted on, such as \(Self.quoted([example]))\(alike.map { ", the number \(TablePlaces.shown($0)) in other form" } ?? ""); "
                + "\(count == 1 ? "it" : "they") \(areRare == true ? "\(count == 1 ? "counts" : "count") as rare (unknown: rare)" : "\(count == 1 ? "is" : "are") ignored (unknown: ignore)")."
        case .rareCategories(let column, let names, let count):
            return
                "\(count.grouped) \(count == 1 ? "category" : "categories") of \(Self.quoted([column])) \(count == 1 ? "stands" : "stand") in fewer rows than min_count "
                + "and \(count == 1 ? "is encoded as" : "share the feature") \"\(TablePlaces.shown(column)) is rare\": \(Self.quoted(names, of: count))."
        case .datesRead(let column, let order, let example, let isZoned):
            return "dates of \(Self.quoted([column])) are read "
                + (order.map { "\($0.words), which some cell tells, such as \(Self.quoted([example])) (format: \($0.rawValue))" }
                    ?? "as ISO 8601")
                + (isZoned ? "; their time zones are turned into UTC, of which parts and days are." : ".")
        case .signsRead(let column, let sign, let example, let number):
            return "the numbers of \(Self.quoted([column])) are read without their sign \(sign): \(Self.quoted([example])) is \(number)."
        case .fittedOnOthers(let columns, let isFolds):
            return "the figures, categories or words by which \(Self.quoted(columns)) \(columns.count == 1 ? "is" : "are") encoded come "
                + (isFolds
                    ? "from all rows that train in some fold, also from those that validate (fit: folds)."
                    : "from all rows, also from those that validate or test (fit: all).")
        case .rankedAsKerasDoes(let column):
            return "the words of \(Self.quoted([column])) are ranked as Keras ranks them, also by texts that do not train (coding: keras)."
        case .rowsAlike(let part, let count, let all):
            return
                "\(count.grouped) of \(all.grouped) \(part) rows also occur among the training rows, with the same inputs and target; figures on them do not show how new rows would do."
        case .classesLacking(let part, let folds, let isStratified):
            return Self.ofClasses(
                folds, more: folds.count == 2 ? "lacks classes as well" : "lack classes as well", advising: !isStratified,
                { place, noun in "the \(part) rows\(place > 0 ? " of \(fold(place))" : "") have none of the \(noun)" },
                { $0 == 1 ? ", which trains" : ", which train" })
        case .groupAmongInputs(let column):
            return
                "the column \(Self.quoted([column])) groups the rows and is an input, too: what is learned of its values is of no use for other groups."
        case .rowsNotInOrder(let column):
            return "the rows do not stand in the order of \(Self.quoted([column])); they are put in that order before they are cut."
        case .windows(let rows, let windows, let settings, let first, let last):
            let starts = settings.step == 1 ? "one from every row on" : "each \(settings.step.grouped) rows behind the one before"
            let target = settings.horizon == 1 ? "of the next row" : "\(settings.horizon.grouped) rows later"
            let lacking = first == 1 ? "row has no full window before it and is" : "rows have no full window before them and are"
            return
                "\(rows.grouped) rows give \(windows.grouped) \(windows == 1 ? "window" : "windows") of \(settings.length.grouped), \(starts), with the value \(target); "
                + "the first \(first.grouped) \(lacking) not predicted\(last == 0 ? "" : ", nor the last \(last.grouped)")."
        case .windowsOverlap(let part, let count, let all):
            return
                "\(count.grouped) of \(all.grouped) \(part) windows predict a value that stands in a window that trains; figures on them do not show how a forecast would do: test: {last: …} cuts by time."
        case .windowsTooSoon(let part, let count, let all, let horizon, let gap):
            return
                "\(count.grouped) of \(all.grouped) \(part) windows end before values that others predict in training, which a forecast \(horizon.grouped) rows ahead would not know yet; gap: \(gap) in split leaves these out."
        case .orderTied(let column, let part, let count, let all):
            return
                "\(count.grouped) of \(all.grouped) \(part) rows have the same \(Self.quoted([column])) as rows before them that are in another part; of these the order of the data set decides."
        case .numbersMeet(let column, let lost, let all, let first, let second, let rows, let advice):
            return
                "\(lost.grouped) of \(all.grouped) different numbers in \"\(TablePlaces.shown(column))\" become one with another in 32 bits, first \(first) in row \(rows[0]) "
                + "and \(second) in row \(rows[1]); \(advice)."
        case .roundedNumbers(let column, let share, let advice):
            return
                "numbers in \"\(TablePlaces.shown(column))\" are rounded in 32 bits by up to \(Self.percent(share)) of their spread; \(advice)."
        case .rowsWithoutLabel(let part, let column, let count, let all):
            return
                "\(count.grouped) of \(all.grouped) \(part) rows \(count == 1 ? "has" : "have") no label in \(Self.quoted([column])); there a network is right that gives none."
        case .rowsUnlabelled(let part, let column, let count, let all):
            return
                "\(count.grouped) of \(all.grouped) \(part) rows \(count == 1 ? "has" : "have") no label in \(Self.quoted([column])); figures that compare with labels leave \(count == 1 ? "it" : "them") out."
        case .labelsLacking(let part, let folds):
            return Self.ofClasses(
                folds, nouns: ("label", "labels"), more: folds.count == 2 ? "lacks labels as well" : "lack labels as well", advising: false,
                { place, noun in "the \(part) rows\(place > 0 ? " of \(fold(place))" : "") have none of the \(noun)" },
                { $0 == 1 ? ", which trains" : ", which train" })
        case .labelsUntrained(let folds):
            return Self.ofClasses(
                folds, nouns: ("label", "labels"), more: folds.count == 2 ? "is like that" : "are like that", advising: false,
                { place, noun in "\(place > 0 ? "while \(fold(place)) validates, " : "")no row trains of the \(noun)" }, { _ in "" })
        case .labelsRare(let labels):
            return
                "\(labels.count == 1 ? "the label" : "the labels") \(Self.quoted(labels)) \(labels.count == 1 ? "stands" : "stand each") in a single row that trains; a network hardly learns that."
        case .labelsEverywhere(let labels):
            return
                "\(labels.count == 1 ? "the label" : "the labels") \(Self.quoted(labels)) \(labels.count == 1 ? "stands" : "stand") in every row that trains; there is nothing to tell apart."
        case .classesUntrained(let folds):
            return Self.ofClasses(
                folds, more: folds.count == 2 ? "is like that" : "are like that", advising: true,
                { place, noun in "while \(fold(place)) validates, no row trains of the \(noun)" },
                { _ in "" })
        }
    }

    /// A share in per cent, in two digits.
    private static func percent(_ share: Double) -> String {
        let tenths = (share * 1000).rounded() / 10
        return tenths < 10 ? "\(tenths) %" : "\(Int(tenths.rounded())) %"
    }

    /// The classes of the first fold, and how many more folds there are.
    private static func ofClasses(
        _ folds: [Int: [String]], nouns: (one: String, many: String) = ("class", "classes"), more: String, advising: Bool,
        _ start: (_ fold: Int, _ noun: String) -> String,
        _ end: (_ classes: Int) -> String
    ) -> String {
        guard let (fold, classes) = folds.min(by: { $0.key < $1.key }) else { return "" }
        let first = "\(start(fold, classes.count == 1 ? nouns.one : nouns.many)) \(quoted(classes))\(end(classes.count))"
        let others = folds.count - 1
        let rest = others == 0 ? "" : "; \(others) more \(others == 1 ? "fold" : "folds") \(more)"
        return first + rest + (advising && fold > 0 ? "; kind: stratified gives every fold its share." : ".")
    }

    /// The end of a path: what lies before is another on every machine.
    private static func name(of path: String) -> String { TablePlaces.shown(path.split(separator: "/").last.map(String.init) ?? path) }

    /// So many names are told at most.
    static let mostNames = 3

    fileprivate static func quoted(_ names: [String], of count: Int? = nil) -> String {
        let more = (count ?? names.count) - min(names.count, mostNames)
        return names.prefix(mostNames).map { "\"\(TablePlaces.shown($0))\"" }.joined(separator: ", ")
            + (more > 0 ? " and \(more.grouped) more" : "")
    }
}

extension DatasetNotice.LeftOutFiles {
    fileprivate var words: String {
        let one = count == 1
        let what =
            switch reason {
            case .ending: "\(one ? "does" : "do") not end in .txt"
            case .noPicture: "\(one ? "does" : "do") not end in .png, .jpg or .jpeg"
            case .place: "\(one ? "stands" : "stand") outside a class's folder"
            case .unlabelled: "\(one ? "is a text" : "are texts") without a class"
            case .link: "\(one ? "is a link" : "are links") to what lies outside"
            case .special: "\(one ? "is no regular file" : "are no regular files")"
            }
        return "\(count.grouped) that \(what) (\(DatasetNotice.quoted(examples, of: count)))"
    }
}
