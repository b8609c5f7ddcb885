import Documents

/// How the values of a column become numbers.
public enum Encoding: Hashable, Sendable {
    /// One number a class: its place among those of the rows that the column is fitted on, in alphabetical order (numbers by size).
    case label
    /// As many numbers as there are classes, in the same order, 1 at the value's own and 0 elsewhere; with `dropFirst` one fewer. Categories that fewer rows
    /// than `minimumCount` have, of those that the column is fitted on, share a number, the last.
    case oneHot(dropFirst: Bool = false, unknown: UnknownCategories = .error, minimumCount: Int = 1)
    /// The place of the category in this order, from 0, scaled.
    case ordinal(order: [String], scale: Scale = .none)
    /// 1 for yes, 0 for no.
    case yesNo
    /// Parts of a date, and how long after a day it is.
    case date(DateSettings)
    /// As many numbers as there are categories, 1 at each that stands in the cell, between separators.
    case parts(separator: String)
    /// As many numbers as there are words in the vocabulary, in the order of their rank, 1 at each word that occurs, how often it does, or that by how rare
    /// it is; `vocabulary: nil` keeps every word.
    case multiHot(vocabulary: Int?, words: WordSettings = WordSettings())
    /// A row of whole numbers, each of which stands for a word.
    case tokens(TokenSettings)
    /// Of running text as the target: the word or character that follows.
    case next
    /// Of no column: the target is the inputs themselves.
    case inputs
    /// The number itself, scaled.
    case numeric(scale: Scale)
    /// Numeric where cells are numbers, else one-hot; numbers with something else among them are refused, and digits behind a leading zero are no number.
    case auto(scale: Scale)
}

extension Encoding {
    /// The name that experiment files give it.
    public var name: String {
        switch self {
        case .label: "label"
        case .oneHot: "one-hot"
        case .ordinal: "ordinal"
        case .yesNo: "yes-no"
        case .date: "date"
        case .multiHot(_, let words): words.weights.name
        case .parts: WordWeights.binary.name
        case .tokens: "tokens"
        case .next: "next"
        case .inputs: ColumnSettings.inputsName
        case .numeric: "numeric"
        case .auto: "auto"
        }
    }

    /// How numbers are scaled.
    public var scale: Scale {
        switch self {
        case .numeric(let scale), .auto(let scale), .ordinal(_, let scale): scale
        case .date(let settings): settings.scale
        default: .none
        }
    }

    /// Whether the first category has no number of its own.
    public var dropsFirst: Bool { if case .oneHot(true, _, _) = self { true } else { false } }

    /// What to do with a category that was not learned.
    public var unknown: UnknownCategories { if case .oneHot(_, let unknown, _) = self { unknown } else { .error } }

    /// Categories that fewer rows have share a number.
    public var minimumCount: Int { if case .oneHot(_, _, let count) = self { count } else { 1 } }

    /// What becomes of dates.
    public var dates: DateSettings { if case .date(let settings) = self { settings } else { DateSettings() } }

    /// How texts are split, and which words count; nil for what is no text.
    public var words: WordSettings? {
        switch self {
        case .multiHot(_, let words): words
        case .tokens(let settings): settings.words
        default: nil
        }
    }

    /// The order of an ordinal column's categories.
    public var order: [String] { if case .ordinal(let order, _) = self { order } else { [] } }
}

/// What to do with a category that no row has on which the column is fitted.
public enum UnknownCategories: String, Hashable, Sendable, CaseIterable {
    /// Refuse it.
    case error
    /// Give it zeros everywhere.
    case ignore
    /// Count it among the rare ones, which share a number.
    case rare
}

// MARK: - In the file

extension UnknownCategories {
    package static let schema = Schema<UnknownCategories>.enumeration(
        "way with unknown categories",
        Choosable("error", .error, doc: "Refuse them."),
        Choosable("ignore", .ignore, doc: "Give them zeros everywhere."),
        Choosable("rare", .rare, doc: "Count them among the rare ones, which min_count groups; zeros where there are none."))
}
