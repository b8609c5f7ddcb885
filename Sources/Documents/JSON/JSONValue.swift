/// A JSON value. Integers are kept apart from other numbers, so that a seed reads back as the seed it was.
///
/// Numbers that JSON cannot express are written as the strings `"nan"`, `"inf"` and `"-inf"`; ``double`` reads them back.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

// MARK: - As text

extension JSONValue: JSONTree {
    var jsonForm: JSONForm<JSONValue> {
        switch self {
        case .null: .plain("null")
        case .bool(let value): .plain(value ? "true" : "false")
        case .integer(let value): .plain(String(value))
        case .number(let value): .plain(JSONText.number(value))
        case .string(let value): .plain(JSONText.quoted(value))
        case .array(let elements): .array(elements)
        case .object(let members): .object(members.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) })
        }
    }

    /// The value over several lines, two spaces a level, keys sorted, arrays of plain values on one line; the same value gives the same bytes.
    public var prettyText: String { JSONText.pretty(self) }

    /// The value on one line without spaces, keys sorted.
    public var compactText: String { JSONText.compact(self) }
}

// MARK: - Looking inside

extension JSONValue {
    /// The value of `key`, when this is an object that has it.
    public subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    /// The text of a string.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A whole number.
    public var integer: Int? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// Any number, `"nan"`, `"inf"` and `"-inf"` included.
    public var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .string("nan"): .nan
        case .string("inf"): .infinity
        case .string("-inf"): -.infinity
        default: nil
        }
    }

    /// True or false.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The elements of an array.
    public var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members of an object.
    public var object: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }
}
