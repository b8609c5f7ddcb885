import Settings

extension FittedColumn {
    /// How the column becomes numbers, for people, such as `number, less 5.85, divided by 0.83`.
    public var words: String {
        switch fit {
        case .numeric(let shift, let divisor):
            (["number"] + (shift == 0 ? [] : ["less \(Float(shift))"]) + (divisor == 1 ? [] : ["divided by \(Float(divisor))"])).joined(
                separator: ", ")
        case .label(let categories): "the place, from 0, among \(Self.listed(categories))"
        case .oneHot(let categories, let dropFirst, let ignoresUnknown):
            "a 1 for its category, of \(Self.listed(categories))\(dropFirst ? "; the first is all zeros" : "")"
                + (ignoresUnknown ? "; another one is all zeros" : "")
        case .parts(let categories, let separator): "a 1 for each category between \"\(separator)\", of \(Self.listed(categories))"
        case .words(let text): "a text, \(text.weights.words) for each of \(text.columns) words"
        }
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
