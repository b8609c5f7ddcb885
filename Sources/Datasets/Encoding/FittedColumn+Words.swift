import Settings

extension FittedColumn {
    /// How the column becomes numbers, for people, such as `number, less 5.85, divided by 0.83`.
    public var words: String {
        ownWords + (mark.map { "; written with \($0.sign)" } ?? "") + (indicatesMissing == true ? "; and a 1 where the cell is empty" : "")
    }

    private var ownWords: String {
        switch fit {
        case .numeric(let shift, let divisor, let logarithm):
            [logarithm == nil ? "number" : "\(logarithm?.rawValue ?? "") of the number", Self.scaled(shift, divisor)].compactMap(\.self)
                .joined(
                    separator: ", ")
        case .ordinal(let order, let shift, let divisor):
            ["the place, from 0, in the order \(Self.listed(order))", Self.scaled(shift, divisor)].compactMap(\.self).joined(
                separator: ", ")
        case .yesNo: "1 for yes, 0 for no"
        case .date(let dates): "a date, as \(dates.featureNames.joined(separator: ", "))"
        case .label(let categories): "the place, from 0, among \(Self.listed(categories))"
        case .oneHot(let categories, let dropFirst, let ignoresUnknown, let rare):
            "a 1 for its category, of \(Self.listed(categories))\(dropFirst ? "; the first is all zeros" : "")"
                + (rare.map { "; one more for \(Self.listed($0.names))\($0.includeUnknown ? " and any other one" : "")" } ?? "")
                + (ignoresUnknown ? "; another one is all zeros" : "")
        case .parts(let categories, let separator): "a 1 for each category between \"\(separator)\", of \(Self.listed(categories))"
        case .tokens(let text): text.description
        case .words(let text): "a text, \(text.weights.words) for each of \(text.columns) words"
        }
    }

    /// How a number is scaled; nil where it stays as it is.
    private static func scaled(_ shift: Double, _ divisor: Double) -> String? {
        let parts = (shift == 0 ? [] : ["less \(Float(shift))"]) + (divisor == 1 ? [] : ["divided by \(Float(divisor))"])
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// The first of many categories, and how many there are.
    private static func listed(_ categories: [String]) -> String {
        let shown = 12
        let names = categories.prefix(shown).joined(separator: ", ")
        return categories.count > shown ? "\(names) and \(categories.count - shown) more" : names
    }
}

extension WordWeights {
    fileprivate var words: String {
        switch self {
        case .binary: "a 1"
        case .counts: "how often it stands there"
        case .tfidf: "TF-IDF"
        }
    }
}

extension FittedTokens {
    fileprivate var description: String {
        let kept = truncate == .start ? "last" : "first"
        let unit = tokens == .characters ? "characters" : "words"
        return "a text, its \(kept) \(length) \(unit) as numbers below \(vocabulary), with zeros at the \(pad.rawValue) of shorter ones"
    }
}
