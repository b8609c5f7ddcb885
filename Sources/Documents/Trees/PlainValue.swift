/// A value without places: what a schema encodes to, and what is written as JSON or as a line of YAML.
public indirect enum PlainValue: Hashable, Sendable {
    /// Nothing.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A whole number.
    case integer(Int)
    /// Any other number.
    case number(Double)
    /// Text.
    case text(String)
    /// A list.
    case list([PlainValue])
    /// Keys and values in their order.
    case map([Member])

    /// One key and its value.
    public struct Member: Hashable, Sendable {
        /// The key.
        public let key: String
        /// The value.
        public let value: PlainValue

        /// A key and its value.
        public init(_ key: String, _ value: PlainValue) {
            self.key = key
            self.value = value
        }
    }

    /// What a node says, by the meaning of its scalars.
    public init(_ node: Node) {
        switch node.content {
        case .list(let items): self = .list(items.map(PlainValue.init))
        case .map(let entries): self = .map(entries.map { Member($0.key, PlainValue($0.value)) })
        case .scalar(let scalar):
            switch scalar.meaning {
            case .null: self = .null
            case .boolean(let value): self = .boolean(value)
            case .integer(let value): self = .integer(value)
            case .number(let value): self = .number(value)
            case .text: self = .text(scalar.text)
            }
        }
    }
}

// MARK: - As text

extension PlainValue {
    /// JSON without spaces, keys sorted, numbers in the shortest form that reads back the same. Equal values have equal text.
    public var canonicalJSON: String { JSONText.compact(self) }

    /// JSON over several lines, keys in their order.
    public var prettyJSON: String { JSONText.pretty(self) }

    /// One line of YAML: `{rmsprop: {learning_rate: 0.001}}`.
    public var flowText: String {
        switch self {
        case .list(let items): "[" + items.map(\.flowText).joined(separator: ", ") + "]"
        case .map(let members):
            "{" + members.map { PlainValue.text($0.key).flowText + ": " + $0.value.flowText }.joined(separator: ", ") + "}"
        case .text(let text): Self.isPlain(text) ? text : Self.quoted(text)
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value): Self.yaml(value)
        }
    }

    private static func yaml(_ value: Double) -> String {
        if value.isNaN { return ".nan" }
        if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
        return shortest(value)
    }

    fileprivate static func shortest(_ value: Double) -> String {
        if let integer = Int(exactly: value), integer.magnitude < 1 << 53 { return String(integer) }
        return JSONText.number(value)
    }

    /// What readers of YAML 1.1 take for true or false, in any letter case.
    private static let olderTruth: Set<String> = ["yes", "no", "on", "off"]

    /// Whether a text may stand in a line of YAML without quotes and read back as the same text. Readers of YAML 1.1 take days, yes and no for something else.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, Scalar(text: text).meaning == .text,
            text.prefixMatch(of: /[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}/) == nil, !olderTruth.contains(text.lowercased())
        else { return false }
        let special: Set<Unicode.Scalar> = [
            "-", "?", ":", ",", "[", "]", "{", "}", "#", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", " ",
        ]
        let inside: Set<Unicode.Scalar> = [",", "[", "]", "{", "}", ":", "#"]
        return !special.contains(first) && text.last != " " && text.unicodeScalars.allSatisfy { !inside.contains($0) && $0.value >= 0x20 }
    }

    /// A text in double quotes, by the rules of JSON, which are those of YAML but for one character.
    package static func quoted(_ text: String) -> String { JSONText.quoted(text).replacing("\u{7F}", with: "\\u007f") }
}

extension PlainValue: JSONTree {
    var jsonForm: JSONForm<PlainValue> {
        switch self {
        case .null: .plain("null")
        case .boolean(let value): .plain(value ? "true" : "false")
        case .integer(let value): .plain(String(value))
        case .number(let value): .plain(Self.shortest(value))
        case .text(let text): .plain(JSONText.quoted(text))
        case .list(let items): .array(items)
        case .map(let members): .object(members.map { (key: $0.key, value: $0.value) })
        }
    }
}

extension Int {
    /// The number with a comma after every three digits.
    package var grouped: String {
        var digits = Array(String(magnitude))
        var index = digits.count - 3
        while index > 0 {
            digits.insert(",", at: index)
            index -= 3
        }
        return (self < 0 ? "-" : "") + String(digits)
    }
}
