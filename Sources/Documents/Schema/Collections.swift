extension Schema {
    /// A list of at least `minimum` and at most `maximum` things; items are named `hidden[1]` in messages.
    public static func list<Item>(of items: Schema<Item>, atLeast minimum: Int = 0, upTo maximum: Int = .max) -> Schema
    where Value == [Item] {
        Schema(
            .list(Shape.List(items: items.shape, minimum: minimum, maximum: maximum)),
            decode: { node, decoding in
                guard let nodes = node.items else {
                    let help = items.shape.accepts(node.kind) ? "write [\(PlainValue(node).flowText)]" : nil
                    return decoding.mismatch(node, expected: "a list", help: help)
                }
                guard nodes.count >= minimum else {
                    decoding.report("\(decoding.setting) is empty", at: node.place, help: "at least \(minimum) expected")
                    return nil
                }
                guard nodes.count <= maximum else {
                    decoding.report("\(decoding.setting) has \(nodes.count) entries, at most \(maximum) are possible", at: node.place)
                    return nil
                }
                let name = decoding.setting
                let values = nodes.enumerated().map { index, item in
                    decoding.inside("\(name)[\(index)]") { items.decode(item, &$0) }
                }
                return values.unwrapped()
            }, encode: { value, purpose in .list(value.map { items.encode($0, for: purpose) }) })
    }

    /// Keys that the file chooses; the noun says what they are.
    public static func map<Item>(of noun: String, to values: Schema<Item>, keys: Shape.Map.Keys = .names) -> Schema
    where Value == [Keyed<Item>] {
        Schema<(Void, [Keyed<Item>])>.map(of: noun, to: values, beside: .empty, keys: keys).mapped(to: \.1, from: { ((), $0) })
    }

    /// Keys that the file chooses, beside some known ones that mean something else.
    public static func map<Item, Fixed>(
        of noun: String, to values: Schema<Item>, beside fixed: Record<Fixed>, keys: Shape.Map.Keys = .names
    ) -> Schema
    where Value == (Fixed, [Keyed<Item>]) {
        let fixedShape = fixed.shape.fields.isEmpty ? nil : fixed.shape
        return Schema(
            .map(Shape.Map(noun: noun, fixed: fixedShape, values: values.shape, isSingle: false, keys: keys)),
            decode: { node, decoding in
                guard let entries = node.entries else { return decoding.mismatch(node, expected: "a map of keys and values") }
                let known = fixed.decodeFields(node, &decoding)
                let others = entries.filter { fixed.shape.field($0.key) == nil }.map { entry in
                    decoding.inside(entry.key) { values.decode(entry.value, &$0) }
                        .map { Keyed(key: entry.key, place: entry.keyPlace, value: $0) }
                }
                guard let known, let others = others.unwrapped() else { return nil }
                return (known, others)
            },
            encode: { value, purpose in
                .map(
                    fixed.encodeFields(value.0, purpose)
                        + value.1.map { PlainValue.Member($0.key, values.encode($0.value, for: purpose)) })
            })
    }

    /// Exactly one key that the file chooses.
    public static func single<Item>(_ noun: String, to values: Schema<Item>) -> Schema where Value == Keyed<Item> {
        Schema(
            .map(Shape.Map(noun: noun, fixed: nil, values: values.shape, isSingle: true, keys: .names)),
            decode: { node, decoding in
                guard let entries = node.entries else { return decoding.mismatch(node, expected: "a map with one \(noun)") }
                guard let entry = entries.first, entries.count == 1 else {
                    let found = entries.isEmpty ? "none" : entries.map(\.key).joined(separator: ", ")
                    decoding.report("\(decoding.setting) must name one \(noun), found \(found)", at: node.place)
                    return nil
                }
                return decoding.inside(entry.key) { values.decode(entry.value, &$0) }
                    .map { Keyed(key: entry.key, place: entry.keyPlace, value: $0) }
            },
            encode: { value, purpose in .map([PlainValue.Member(value.key, values.encode(value.value, for: purpose))]) })
    }
}

/// A key that the file chose, and its value.
public struct Keyed<Value> {
    /// The key.
    public let key: String
    /// Where it stands; `nil` when it does not come from a file.
    public let place: Place?
    /// The value.
    public let value: Value

    /// A key and its value.
    public init(key: String, place: Place? = nil, value: Value) {
        self.key = key
        self.place = place
        self.value = value
    }
}

extension Keyed: Sendable where Value: Sendable {}

extension Array {
    /// The values, when none is missing.
    func unwrapped<Wrapped>() -> [Wrapped]? where Element == Wrapped? {
        let present = compactMap(\.self)
        return present.count == count ? present : nil
    }
}
