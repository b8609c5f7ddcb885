/// A setting and its value as text.
public struct FlatSetting: Hashable, Sendable {
    /// The setting's address, such as `training.optimizer.learning_rate`.
    public let path: String
    /// Its value as one line of YAML.
    public let text: String

    /// A setting and its value.
    public init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}

extension PlainValue {
    /// Every setting below, in its order, one a line. A choice gives its tag, and below it the settings of that tag, which is left out of
    /// their addresses: `training.optimizer = rmsprop`, `training.optimizer.learning_rate = 0.001`; a list keeps it: `model.layers[0]`. Keys that the shape does not know
    /// are kept.
    public func flattened(as shape: Shape, under path: String = "") -> [FlatSetting] {
        func below(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
        switch (shape, self) {
        case (.optional(let inner), _):
            return flattened(as: inner, under: path)
        case (.either(let forms), _):
            return flattened(as: forms.form(of: kind, keys: keys) ?? .any, under: path)
        case (.choice(let choice), .map(let members)) where choice.key == nil && members.count == 1:
            guard let one = choice.named(members[0].key) else { break }
            let payload = one.payload ?? .any
            switch members[0].value.kind {
            case .map: return [FlatSetting(path: path, text: one.word.text)] + members[0].value.flattened(as: payload, under: path)
            case .list: return members[0].value.flattened(as: payload, under: below(one.word.text))
            default: break
            }
        case (.record(let record), .map(let members)):
            return members.flatMap { $0.value.flattened(as: record.field($0.key)?.shape ?? .any, under: below($0.key)) }
        case (.map(let map), .map(let members)):
            return members.flatMap { $0.value.flattened(as: map.fixed?.field($0.key)?.shape ?? map.values, under: below($0.key)) }
        case (.list(let list), .list(let items)) where items.contains { $0.kind == .map || $0.kind == .list }:
            return items.enumerated().flatMap { $1.flattened(as: list.items, under: "\(path)[\($0)]") }
        case (_, .map(let members)) where !members.isEmpty:
            return members.flatMap { $0.value.flattened(as: .any, under: below($0.key)) }
        default:
            break
        }
        return [FlatSetting(path: path, text: flowText)]
    }

    private var keys: [String] { if case .map(let members) = self { members.map(\.key) } else { [] } }

    private var kind: Node.Kind {
        switch self {
        case .null: .null
        case .boolean: .boolean
        case .integer: .integer
        case .number: .number
        case .text: .text
        case .list: .list
        case .map: .map
        }
    }
}
