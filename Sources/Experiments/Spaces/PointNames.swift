import Documents

/// Gives the points of a sweep their names: the words of its settings and their values, such as `batch-size-128-hidden-64-4`.
///
/// What a point has of the baseline is left out of its name, so that a further axis changes no name of a point that keeps the baseline's value there.
/// Two settings have never one word, nor two values of a setting one text; numbers that are drawn are rounded to three digits, or as many as no earlier
/// point has. What stands earlier in the file keeps its name, whatever follows.
struct PointNames {
    private var taken: Set<String>
    /// By point, the name that it has.
    private var given: [String: String] = [:]
    private var words: [String: String] = [:]
    /// By setting and value, the value's text.
    private var texts: [String: String] = [:]
    /// Settings with the texts of their values.
    private var used: Set<String> = []

    /// The longest name that is written out; of longer ones the start stands before a hash.
    private static let longest = 76

    /// One setting of a point.
    struct Part {
        let key: String
        let value: Node
        /// Setting and value: equal for equal ones.
        let spelled: String
        /// Whether the value is a number that was drawn.
        let isDrawn: Bool
        /// Whether the baseline has it as well.
        let isOfBaseline: Bool
    }

    /// - `taken`: the names that no point may have.
    init(taken: Set<String>) {
        self.taken = taken
    }

    /// Settles the word of a setting: the last of its path, or as many more as make it its own.
    mutating func settle(_ key: String) {
        guard words[key] == nil else { return }
        let parts = key.split(separator: ".")
        for count in 1...max(1, parts.count) {
            let word = VariantName.made(from: parts.suffix(count).joined(separator: "-"))
            guard !word.isEmpty, !words.values.contains(word) else { continue }
            words[key] = word
            return
        }
        words[key] = "setting-" + VariantName.hash(of: key)
    }

    /// The name of a point, and the one with the baseline's values in it where that differs.
    mutating func name(_ parts: [Part]) -> (name: String, full: String?) {
        let own = parts.filter { !$0.isOfBaseline }
        let name = unique(own.isEmpty ? parts : own)
        let full = Self.cut(text(of: parts, digits: 3), parts)
        return (name, full == name ? nil : full)
    }

    private mutating func unique(_ parts: [Part]) -> String {
        let point = Self.spelled(parts)
        if let name = given[point] { return name }
        let name = unused(parts)
        given[point] = name
        return name
    }

    private mutating func unused(_ parts: [Part]) -> String {
        let mostDigits = parts.contains(where: \.isDrawn) ? 17 : 3
        for digits in 3...mostDigits {
            let name = Self.cut(text(of: parts, digits: digits), parts)
            if taken.insert(name).inserted { return name }
        }
        var name = Self.hashed(text(of: parts, digits: 3), parts)
        while !taken.insert(name).inserted { name += "x" }
        return name
    }

    private mutating func text(of parts: [Part], digits: Int) -> String {
        parts.map { part in
            settle(part.key)
            let word = (words[part.key] ?? "") + "-"
            if part.isDrawn, let number = part.value.number { return word + VariantName.text(of: number, digits: digits) }
            return word + text(of: part)
        }.joined(separator: "-")
    }

    /// The text of a value: a later one that would have the text of an earlier one has a hash behind it.
    private mutating func text(of part: Part) -> String {
        if let text = texts[part.spelled] { return text }
        var text = VariantName.text(of: part.value)
        if !used.insert("\(part.key)=\(text)").inserted { text += "-" + VariantName.hash(of: PlainValue(part.value).canonicalJSON) }
        texts[part.spelled] = text
        return text
    }

    private static func cut(_ text: String, _ parts: [Part]) -> String {
        text.count > longest ? hashed(text, parts) : text
    }

    private static func hashed(_ text: String, _ parts: [Part]) -> String {
        VariantName.made(from: String(text.prefix(longest - 12)) + "-" + VariantName.hash(of: spelled(parts)))
    }

    private static func spelled(_ parts: [Part]) -> String {
        parts.map(\.spelled).joined(separator: ";")
    }
}

extension Node {
    /// The number that stands here.
    var number: Double? {
        switch scalar?.meaning {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}
