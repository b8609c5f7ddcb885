extension Scalar {
    /// What a plain scalar means: YAML 1.2's core rules, in which `1e-4` is a number and `yes`, `no`, `on`, `off` are text.
    public enum Meaning: Hashable, Sendable {
        /// Nothing: empty, `~` or `null`.
        case null
        /// `true` or `false`.
        case boolean(Bool)
        /// A whole number.
        case integer(Int)
        /// Any other number, infinite when it is too large to hold.
        case number(Double)
        /// Everything else, and all that stands in quotes.
        case text
    }

    /// What the scalar means.
    public var meaning: Meaning {
        if isQuoted { return .text }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .boolean(true)
        case "false", "False", "FALSE": return .boolean(false)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .number(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .number(-.infinity)
        case ".nan", ".NaN", ".NAN": return .number(.nan)
        default: return numeric ?? .text
        }
    }

    private var numeric: Meaning? {
        let bytes = text.utf8
        guard let first = bytes.first, first == 0x2B || first == 0x2D || first == 0x2E || (0x30...0x39).contains(first) else { return nil }
        if text.hasPrefix("0x") || text.hasPrefix("0o") {
            let digits = text.dropFirst(2)
            guard let lead = digits.first, lead.isHexDigit else { return nil }
            return Int(digits, radix: text.hasPrefix("0x") ? 16 : 8).map(Meaning.integer)
        }
        guard Self.isDecimal(bytes) else { return nil }
        if let integer = Int(text) { return .integer(integer) }
        return Double(text).map(Meaning.number) ?? .number(first == 0x2D ? -.infinity : .infinity)
    }

    /// [-+]? ( . digits | digits ( . digits? )? ) ( [eE] [-+]? digits )?
    private static func isDecimal(_ bytes: String.UTF8View) -> Bool {
        var rest = bytes[...]
        func skip(_ accepted: (UInt8) -> Bool) -> Int {
            let run = rest.prefix(while: accepted)
            rest = rest[run.endIndex...]
            return run.count
        }
        func skipSign() {
            if let sign = rest.first, sign == 0x2B || sign == 0x2D { rest = rest.dropFirst() }
        }
        let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
        skipSign()
        var digits = skip(isDigit)
        if rest.first == 0x2E {
            rest = rest.dropFirst()
            digits += skip(isDigit)
        }
        guard digits > 0 else { return false }
        if let exponent = rest.first, exponent == 0x65 || exponent == 0x45 {
            rest = rest.dropFirst()
            skipSign()
            guard skip(isDigit) > 0 else { return false }
        }
        return rest.isEmpty
    }
}

extension Node {
    /// The kinds of values that a schema tells apart.
    public enum Kind: String, Sendable, CaseIterable {
        /// Nothing.
        case null = "nothing"
        /// `true` or `false`.
        case boolean = "true or false"
        /// A whole number.
        case integer = "a whole number"
        /// Any other number.
        case number = "a number"
        /// Text.
        case text = "text"
        /// A list.
        case list = "a list"
        /// Keys and values.
        case map = "a map"
    }

    /// The kind of the value.
    public var kind: Kind {
        switch content {
        case .list: .list
        case .map: .map
        case .scalar(let scalar):
            switch scalar.meaning {
            case .null: .null
            case .boolean: .boolean
            case .integer: .integer
            case .number: .number
            case .text: .text
            }
        }
    }

    /// The scalar, when the node is one.
    public var scalar: Scalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// The items, when the node is a list.
    public var items: [Node]? {
        if case .list(let items) = content { items } else { nil }
    }

    /// The keys and values, when the node is a map.
    public var entries: [Entry]? {
        if case .map(let entries) = content { entries } else { nil }
    }

    /// The value of a key, when the node is a map that has it.
    public subscript(key: String) -> Node? {
        entries?.first { $0.key == key }?.value
    }
}
