extension JSONValue {
    /// A value whose type says how it is encoded. Whole numbers beyond 63 bits are refused.
    ///
    /// - Throws: what the type throws, or `EncodingError`.
    public init(encoding value: some Encodable) throws {
        let slot = Slot()
        try slot.fill(with: value, at: [])
        self = slot.json
    }
}

/// Where a part of the tree comes to stand while its neighbours are not known yet.
private final class Slot {
    private var value = JSONValue.null
    private var elements: [Slot]?
    private var members: [String: Slot]?

    var json: JSONValue {
        if let elements { return .array(elements.map(\.json)) }
        return members.map { .object($0.mapValues(\.json)) } ?? value
    }

    var count: Int { elements?.count ?? 0 }

    func becomeArray() { elements = elements ?? [] }

    func becomeObject() { members = members ?? [:] }

    func appended() -> Slot {
        let slot = Slot()
        elements?.append(slot)
        return slot
    }

    func member(_ key: String) -> Slot {
        if let known = members?[key] { return known }
        let slot = Slot()
        members?[key] = slot
        return slot
    }

    func fill<Value: Encodable>(with value: Value, at path: [any CodingKey]) throws {
        switch value {
        case let value as Bool: self.value = .bool(value)
        case let value as String: self.value = .string(value)
        case let value as Double: self.value = .number(value)
        case let value as Float: self.value = .number(Double(value))
        case let value as any FixedWidthInteger:
            guard let integer = Int(exactly: value) else {
                throw EncodingError.invalidValue(value, .init(codingPath: path, debugDescription: "a whole number beyond 63 bits"))
            }
            self.value = .integer(integer)
        default: try value.encode(to: SlotEncoder(slot: self, codingPath: path))
        }
    }
}

private struct SlotEncoder: Encoder, SingleValueEncodingContainer {
    let slot: Slot
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        slot.becomeObject()
        return KeyedEncodingContainer(Members(slot: slot, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.becomeArray()
        return Elements(slot: slot, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() {}

    func encode<Value: Encodable>(_ value: Value) throws { try slot.fill(with: value, at: codingPath) }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: Slot
    let codingPath: [any CodingKey]

    private func encoder(_ key: any CodingKey) -> SlotEncoder {
        SlotEncoder(slot: slot.member(key.stringValue), codingPath: codingPath + [key])
    }

    func encodeNil(forKey key: Key) { _ = slot.member(key.stringValue) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try encoder(key).encode(value) }

    func nestedContainer<Nested>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        encoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoder(key).unkeyedContainer() }

    func superEncoder() -> any Encoder { encoder(SuperKey()) }

    func superEncoder(forKey key: Key) -> any Encoder { encoder(key) }
}

private struct Elements: UnkeyedEncodingContainer {
    let slot: Slot
    let codingPath: [any CodingKey]
    var count: Int { slot.count }

    private func encoder() -> SlotEncoder { SlotEncoder(slot: slot.appended(), codingPath: codingPath) }

    func encodeNil() { _ = slot.appended() }

    func encode<Value: Encodable>(_ value: Value) throws { try encoder().encode(value) }

    func nestedContainer<Nested>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> { encoder().container(keyedBy: type) }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }

    func superEncoder() -> any Encoder { encoder() }
}

/// The key of what a class inherits.
struct SuperKey: CodingKey {
    let stringValue = "super"
    var intValue: Int? { nil }

    init() {}
    init?(stringValue: String) { nil }
    init?(intValue: Int) { nil }
}
