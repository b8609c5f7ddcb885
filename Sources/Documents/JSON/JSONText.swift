/// Trees that can be written as JSON.
protocol JSONTree {
    var jsonForm: JSONForm<Self> { get }
}

/// What a value is in JSON.
enum JSONForm<Child> {
    /// The text of a value that holds no others.
    case plain(String)
    case array([Child])
    /// Keys and values in an order.
    case object([(key: String, value: Child)])

    var isPlain: Bool {
        switch self {
        case .plain: true
        case .array(let elements): elements.isEmpty
        case .object(let members): members.isEmpty
        }
    }
}

/// The writer of JSON. Numbers have the shortest digits that read back the same, slashes are not escaped, and numbers that JSON lacks are the strings
/// `"nan"`, `"inf"` and `"-inf"`.
enum JSONText {
    /// On one line without spaces, keys sorted.
    static func compact(_ tree: some JSONTree) -> String {
        var text = ""
        write(tree.jsonForm, to: &text, indent: nil)
        return text
    }

    /// Over several lines, two spaces a level, arrays of plain values on one line, keys in the order that they have.
    static func pretty(_ tree: some JSONTree) -> String {
        var text = ""
        write(tree.jsonForm, to: &text, indent: 0)
        return text
    }

    static func number(_ value: Double) -> String {
        if value.isFinite { return value.description }
        return value.isNaN ? "\"nan\"" : value < 0 ? "\"-inf\"" : "\"inf\""
    }

    static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    private static func write<Tree: JSONTree>(_ form: JSONForm<Tree>, to text: inout String, indent: Int?) {
        switch form {
        case .plain(let value): text += value
        case .array(let elements):
            let forms = elements.map(\.jsonForm)
            let inner = forms.allSatisfy(\.isPlain) ? nil : indent
            let separator = indent != nil && inner == nil ? ", " : ","
            write(forms, "[", "]", separator, inner, to: &text) { form, text, indent in write(form, to: &text, indent: indent) }
        case .object(let members):
            let members = indent == nil ? members.sorted { $0.key < $1.key } : members
            write(members, "{", "}", ",", members.isEmpty ? nil : indent, to: &text) { member, text, indent in
                text += quoted(member.key) + (indent == nil ? ":" : ": ")
                write(member.value.jsonForm, to: &text, indent: indent)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], _ open: String, _ close: String, _ separator: String, _ indent: Int?, to text: inout String,
        each: (Element, inout String, Int?) -> Void
    ) {
        let inner = indent.map { $0 + 2 }
        text += open
        for (index, element) in elements.enumerated() {
            if index > 0 { text += separator }
            if let inner { text += "\n" + String(repeating: " ", count: inner) }
            each(element, &text, inner)
        }
        if let indent { text += "\n" + String(repeating: " ", count: indent) }
        text += close
    }
}
