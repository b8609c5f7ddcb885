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
    public var canonicalJSON: String {
        switch self {
        case .list(let items): "[" + items.map(\.canonicalJSON).joined(separator: ",") + "]"
        case .map(let members):
            "{"
                + members.sorted { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
                .map { Self.quoted($0.key) + ":" + $0.value.canonicalJSON }.joined(separator: ",") + "}"
        default: scalarJSON
        }
    }

    /// JSON over several lines, keys in their order.
    public func prettyJSON(indent: Int = 0) -> String {
        let pad = String(repeating: "  ", count: indent + 1)
        let end = "\n" + String(repeating: "  ", count: indent)
        switch self {
        case .list(let items) where items.contains(where: \.isNested):
            return "[\n" + items.map { pad + $0.prettyJSON(indent: indent + 1) }.joined(separator: ",\n") + end + "]"
        case .list(let items):
            return "[" + items.map(\.scalarJSON).joined(separator: ", ") + "]"
        case .map(let members) where !members.isEmpty:
            return "{\n"
                + members.map { pad + Self.quoted($0.key) + ": " + $0.value.prettyJSON(indent: indent + 1) }.joined(separator: ",\n")
                + end + "}"
        case .map: return "{}"
        default: return scalarJSON
        }
    }

    /// One line of YAML: `{rmsprop: {learning_rate: 0.001}}`.
    public var flowText: String {
        switch self {
        case .list(let items): "[" + items.map(\.flowText).joined(separator: ", ") + "]"
        case .map(let members):
            "{" + members.map { PlainValue.text($0.key).flowText + ": " + $0.value.flowText }.joined(separator: ", ") + "}"
        case .text(let text): Self.isPlain(text) ? text : Self.quoted(text)
        default: scalarJSON
        }
    }

    private var isNested: Bool {
        switch self {
        case .list, .map: true
        default: false
        }
    }

    private var scalarJSON: String {
        switch self {
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value): Self.shortest(value)
        case .text(let text): Self.quoted(text)
        default: "null"
        }
    }

    private static func shortest(_ value: Double) -> String {
        if value.isNaN { return ".nan" }
        if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
        if let integer = Int(exactly: value), abs(integer) < 1 << 53 { return String(integer) }
        return value.description
    }

    /// Whether a text may stand in a line of YAML without quotes and read back as the same text.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, Scalar(text: text).meaning == .text else { return false }
        let special: Set<Unicode.Scalar> = [
            "-", "?", ":", ",", "[", "]", "{", "}", "#", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", " ",
        ]
        let inside: Set<Unicode.Scalar> = [",", "[", "]", "{", "}", ":", "#"]
        return !special.contains(first) && text.last != " " && text.unicodeScalars.allSatisfy { !inside.contains($0) && $0.value >= 0x20 }
    }

    /// A text in double quotes, by the rules of JSON.
    package static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let code = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
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
