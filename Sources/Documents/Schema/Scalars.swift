extension Schema where Value == Bool {
    /// `true` or `false`.
    public static var boolean: Schema {
        Schema(
            .boolean,
            decode: { node, decoding in
                guard let scalar = node.scalar, case .boolean(let value) = scalar.meaning else {
                    return decoding.mismatch(node, expected: "true or false", help: booleanHelp(node))
                }
                return value
            }, encode: { value, _ in .boolean(value) })
    }

    private static func booleanHelp(_ node: Node) -> String? {
        switch node.scalar?.text.lowercased() {
        case "yes", "on", "y", "1", "true": "write true"
        case "no", "off", "n", "0", "false": "write false"
        default: nil
        }
    }
}

extension Schema where Value == Int {
    /// A whole number within a range; `1e3` is one too.
    public static func integer(_ bounds: Bounds = .any) -> Schema {
        Schema(
            .integer(bounds),
            decode: { node, decoding in
                let value: Int? =
                    switch node.scalar?.meaning {
                    case .integer(let value): value
                    case .number(let value): Int(exactly: value)
                    default: nil
                    }
                guard let value else { return decoding.mismatch(node, expected: "a whole number", help: numberHelp(node)) }
                guard bounds.contains(Double(value)) else { return decoding.mismatch(node, expected: bounds.words) }
                return value
            }, encode: { value, _ in .integer(value) })
    }
}

extension Schema where Value == Double {
    /// A finite number within a range.
    public static func number(_ bounds: Bounds = .any) -> Schema {
        Schema(
            .number(bounds),
            decode: { node, decoding in
                let value: Double? =
                    switch node.scalar?.meaning {
                    case .integer(let value): Double(value)
                    case .number(let value): value
                    default: nil
                    }
                guard let value else { return decoding.mismatch(node, expected: "a number", help: numberHelp(node)) }
                guard value.isFinite else { return decoding.mismatch(node, expected: "a finite number") }
                guard bounds.holds(value) else { return decoding.mismatch(node, expected: bounds.words) }
                guard bounds.contains(value) else { return decoding.mismatchInSinglePrecision(node, value, bounds) }
                return value
            }, encode: { value, _ in .number(value) })
    }
}

/// What to do about text that was to be a number.
private func numberHelp(_ node: Node) -> String? {
    guard let scalar = node.scalar else { return nil }
    func isNumber(_ text: String) -> Bool {
        switch Scalar(text: text).meaning {
        case .integer, .number: true
        default: false
        }
    }
    if scalar.isQuoted && isNumber(scalar.text) { return "leave out the quotes" }
    let joined = scalar.text.filter { $0 != "_" && $0 != "," && $0 != " " }
    return joined != scalar.text && isNumber(joined) ? "write it without separators: \(joined)" : nil
}

extension Schema where Value == String {
    /// Text that is not empty; the noun says of what. The pattern is for editors: reading leaves what the text may be to others.
    public static func text(_ noun: String = "", pattern: String? = nil) -> Schema {
        let shape = Shape.text(noun, pattern: pattern)
        return Schema(
            shape,
            decode: { node, decoding in
                guard let scalar = node.scalar, node.kind != .null else { return decoding.mismatch(node, expected: shape.expected) }
                guard !scalar.text.isEmpty else { return decoding.mismatch(node, expected: shape.expected, help: "it is empty") }
                return scalar.text
            }, encode: { value, _ in .text(value) })
    }
}

extension Schema where Value == Node {
    /// Whatever stands there, which is to become a map of settings by their paths, beside keys that mean something else.
    public static func rawSettings<Fixed>(beside fixed: Record<Fixed>) -> Schema {
        let raw = Schema<Node>.raw
        let map = Schema<(Fixed, [Keyed<Node>])>.map(of: "setting", to: raw, beside: fixed, keys: .settings)
        return Schema(map.shape, decode: raw.decode, encode: { raw.encode($0, for: $1) })
    }

    /// Whatever stands there, with its places.
    public static var raw: Schema {
        Schema(.any, decode: { node, _ in node }, encode: { node, _ in PlainValue(node) })
    }
}

// MARK: - Words

/// A word of the file and the value it stands for.
public struct Choosable<Value: Sendable>: Sendable {
    /// The word.
    public let word: String
    /// The value.
    public let value: Value
    /// Other ways to write it.
    public let aliases: [String]
    /// What it means.
    public let doc: String

    /// A word and its value.
    public init(_ word: String, _ value: Value, aliases: [String] = [], doc: String) {
        self.word = word
        self.value = value
        self.aliases = aliases
        self.doc = doc
    }
}

extension Schema where Value: Hashable & Sendable {
    /// One of some words; the noun says what they are.
    public static func enumeration(_ noun: String, _ choices: Choosable<Value>...) -> Schema { enumeration(noun, choices) }

    /// One of some words; the noun says what they are.
    public static func enumeration(_ noun: String, _ choices: [Choosable<Value>]) -> Schema {
        let words = choices.map { Shape.Word(text: $0.word, aliases: $0.aliases, doc: $0.doc) }
        let values = Dictionary(
            choices.flatMap { choice in ([choice.word] + choice.aliases).map { ($0, choice.value) } },
            uniquingKeysWith: { first, _ in first })
        return Schema(
            .enumeration(Shape.Enumeration(noun: noun, words: words)),
            decode: { node, decoding in
                guard let scalar = node.scalar, node.kind != .null else { return decoding.mismatch(node, expected: noun.withArticle) }
                if let value = values[scalar.text] { return value }
                decoding.unknown(noun, scalar.text, known: words.map(\.text), at: node.place)
                return nil
            },
            encode: { value, _ in .text(choices.first { $0.value == value }?.word ?? "") })
    }
}
