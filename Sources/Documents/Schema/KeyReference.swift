/// One key of a file, described for people.
public struct KeyReference: Hashable, Sendable {
    /// The key's address; `‹column›` stands for what the file chooses, `[]` for any item of a list.
    public let path: String
    /// What its value is.
    public let type: String
    /// What holds where it is missing; `nil`: it must stand.
    public let fallback: String?
    /// What it says.
    public let doc: String
}

extension RecordShape {
    /// Every key with its type, default and meaning, in the order of the definitions.
    /// What stands in many places is told at the first.
    public func reference() -> [KeyReference] {
        var told: Set<String> = []
        return reference(under: "", told: &told)
    }

    fileprivate func reference(under path: String, told: inout Set<String>) -> [KeyReference] {
        fields.flatMap { field -> [KeyReference] in
            let address = path.isEmpty ? field.key : "\(path).\(field.key)"
            let fallback: String? =
                switch field.fallback {
                case .required: exclusive.contains(field.key) ? "–" : nil
                case .nothing: "–"
                case .value(let value): value.flowText
                }
            return [KeyReference(path: address, type: field.shape.brief, fallback: fallback, doc: field.doc)]
                + field.shape.reference(under: address, told: &told)
        }
    }

    /// The reference as a Markdown table.
    public var markdownReference: String {
        func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
        let rows = reference().map { row in
            "| `\(cell(row.path))` | \(cell(row.type)) | \(row.fallback.map { $0 == "–" ? $0 : "`\(cell($0))`" } ?? "required") | \(cell(row.doc)) |\n"
        }
        return "| key | value | default | meaning |\n|:--|:--|:--|:--|\n" + rows.joined()
    }
}

extension Shape {
    fileprivate func reference(under path: String, told: inout Set<String>) -> [KeyReference] {
        switch self {
        case .record(let record): return record.reference(under: path, told: &told)
        case .optional(let inner): return inner.reference(under: path, told: &told)
        case .either(let forms): return forms.flatMap { $0.reference(under: path, told: &told) }
        case .list(let list): return list.items.reference(under: path + "[]", told: &told)
        case .map(let map):
            return (map.fixed?.reference(under: path, told: &told) ?? [])
                + map.values.reference(under: "\(path).‹\(map.noun)›", told: &told)
        case .choice(let choice):
            if let definition = choice.definition, !told.insert(definition).inserted { return [] }
            return choice.cases.flatMap { one -> [KeyReference] in
                let address = choice.key.map { "\(path) (\($0): \(one.word.text))" } ?? "\(path).\(one.word.text)"
                let head = KeyReference(path: address, type: one.payload?.brief ?? "–", fallback: "–", doc: one.word.doc)
                return [head] + (one.payload?.reference(under: choice.key == nil ? address : path, told: &told) ?? [])
            }
        default: return []
        }
    }

    /// The type in a few words.
    fileprivate var brief: String {
        switch self {
        case .integer(let bounds), .number(let bounds): expected + (bounds.words.isEmpty ? "" : ", " + bounds.words)
        case .list(let list): "list of: \(list.items.brief)"
        case .map(let map): map.isSingle ? "one \(map.noun) and its settings" : "map of \(map.noun.plural)"
        case .record: "map"
        case .choice(let choice): "one of " + choice.cases.map(\.word.text).joined(separator: ", ")
        case .either(let forms): forms.map(\.brief).joined(separator: "; or ")
        case .optional(let inner): inner.brief
        default: expected
        }
    }
}
