import Documents

/// How the values of a column become numbers.
public enum Encoding: Hashable, Sendable {
    /// One number a class: its place among those of the rows that the column is fitted on, in alphabetical order (numbers by size).
    case label
    /// As many numbers as there are classes, in the same order, 1 at the value's own and 0 elsewhere; with `dropFirst` one fewer.
    case oneHot(dropFirst: Bool = false, unknown: UnknownCategories = .error)
    /// As many numbers as there are categories, 1 at each that stands in the cell, between separators.
    case parts(separator: String)
    /// As many numbers as there are words in the vocabulary, in the order of their rank, 1 at each word that occurs, how often it does, or that by how rare
    /// it is; `vocabulary: nil` keeps every word.
    case multiHot(vocabulary: Int?, words: WordSettings = WordSettings())
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
        case .multiHot(_, let words): words.weights.name
        case .parts: WordWeights.binary.name
        case .numeric: "numeric"
        case .auto: "auto"
        }
    }

    /// How numbers are scaled.
    public var scale: Scale {
        switch self {
        case .numeric(let scale), .auto(let scale): scale
        default: .none
        }
    }

    /// Whether the first category has no number of its own.
    public var dropsFirst: Bool { if case .oneHot(true, _) = self { true } else { false } }

    /// What to do with a category that was not learned.
    public var unknown: UnknownCategories { if case .oneHot(_, let unknown) = self { unknown } else { .error } }
}

/// What to do with a category that no row has on which the column is fitted.
public enum UnknownCategories: String, Hashable, Sendable, CaseIterable {
    /// Refuse it.
    case error
    /// Give it zeros everywhere.
    case ignore
}

// MARK: - In the file

extension UnknownCategories {
    package static let schema = Schema<UnknownCategories>.enumeration(
        "way with unknown categories",
        Choosable("error", .error, doc: "Refuse them."),
        Choosable("ignore", .ignore, doc: "Give them zeros everywhere."))
}
