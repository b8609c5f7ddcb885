/// A map of known keys, each with a type, a default and a line of documentation, and the value that is built from them.
public struct Record<Value>: Sendable {
    /// What the keys look like.
    public let shape: RecordShape
    /// Decodes the known keys of a map; unknown ones are not looked at.
    public let decodeFields: @Sendable (Node, inout Decoding) -> Value?
    /// The known keys of a value.
    let encodeFields: @Sendable (Value, EncodingPurpose) -> [PlainValue.Member]

    /// A record from its fields and the function that puts their values together.
    ///
    /// `exclusive`: keys of which exactly one stands, or at most one when `mayLackAll`. `planned`: keys that are understood but not yet
    /// available, with what to do instead. `build` returns `nil` only where one of these rules is broken, which has been reported by then.
    public init<each Part>(
        _ name: String, exclusive: [String] = [], mayLackAll: Bool = false, planned: [String: String] = [:],
        _ fields: repeat Field<Value, each Part>, build: @escaping @Sendable (repeat each Part) -> Value?
    ) {
        var shapes: [FieldShape] = []
        for field in repeat each fields { shapes.append(field.shape) }
        self.shape = RecordShape(name: name, fields: shapes, exclusive: exclusive, planned: planned)
        self.decodeFields = { node, decoding in
            let isExclusionKept = checkExclusion(of: exclusive, mayLackAll: mayLackAll, in: node, named: name, &decoding)
            let parts = (repeat (each fields).decode(in: node, named: name, &decoding))
            guard isExclusionKept, let built = try? build(repeat present(each parts)) else { return nil }
            return built
        }
        self.encodeFields = { value, purpose in
            var members: [PlainValue.Member] = []
            for field in repeat each fields {
                if let member = field.encode(value, purpose) { members.append(member) }
            }
            return members
        }
    }

    private init(
        shape: RecordShape, decodeFields: @escaping @Sendable (Node, inout Decoding) -> Value?,
        encodeFields: @escaping @Sendable (Value, EncodingPurpose) -> [PlainValue.Member]
    ) {
        self.shape = shape
        self.decodeFields = decodeFields
        self.encodeFields = encodeFields
    }

    /// The record as a schema, in which every other key is an error.
    public var schema: Schema<Value> {
        Schema(
            .record(shape),
            decode: { node, decoding in
                guard node.entries != nil else {
                    let help = shape.key(meantBy: node).map { "write {\($0): \(PlainValue(node).flowText)}" }
                    return decoding.mismatch(node, expected: "a map of keys and values", help: help)
                }
                let areKnown = checkKeys(of: node, &decoding)
                let value = decodeFields(node, &decoding)
                return areKnown ? value : nil
            }, encode: { value, purpose in .map(encodeFields(value, purpose)) })
    }

    /// Reports the keys that the record does not know.
    public func checkKeys(of node: Node, _ decoding: inout Decoding) -> Bool {
        let unknown = (node.entries ?? []).filter { shape.field($0.key) == nil }
        for entry in unknown {
            decoding.unknownKey(entry, in: shape)
            if let meant = shape.meant(by: entry.key) { decoding.takeAsMisspelt(meant, in: node) }
        }
        return unknown.isEmpty
    }

    /// The same keys, called otherwise and for another value.
    public func mapped<Other>(
        named name: String, to make: @escaping @Sendable (Value) -> Other, from get: @escaping @Sendable (Other) -> Value
    ) -> Record<Other> {
        Record<Other>(
            shape: RecordShape(name: name, fields: shape.fields, exclusive: shape.exclusive, planned: shape.planned),
            decodeFields: { node, decoding in decodeFields(node, &decoding).map(make) },
            encodeFields: { value, purpose in encodeFields(get(value), purpose) })
    }

    /// A record of the keys of both.
    public func joined<Other>(with other: Record<Other>) -> Record<(Value, Other)> {
        Record<(Value, Other)>(
            shape: RecordShape(
                name: shape.name, fields: shape.fields + other.shape.fields, exclusive: shape.exclusive + other.shape.exclusive,
                planned: shape.planned.merging(other.shape.planned) { first, _ in first }),
            decodeFields: { node, decoding in
                let one = decodeFields(node, &decoding)
                let two = other.decodeFields(node, &decoding)
                guard let one, let two else { return nil }
                return (one, two)
            },
            encodeFields: { value, purpose in encodeFields(value.0, purpose) + other.encodeFields(value.1, purpose) })
    }
}

extension Record where Value == Void {
    /// A record without keys.
    static var empty: Record<Void> {
        Record(
            shape: RecordShape(name: "", fields: [], exclusive: [], planned: [:]), decodeFields: { _, _ in () },
            encodeFields: { _, _ in [] })
    }
}

/// One key of a record.
public struct Field<Root, Value>: Sendable {
    let shape: FieldShape
    let schema: Schema<Value>
    let fallback: @Sendable () -> Value?
    let get: @Sendable (Root) -> Value
    let isIdentifying: Bool
    let leavesOutNull: Bool

    /// A key that must stand.
    public init(
        _ key: String, _ get: @escaping @Sendable (Root) -> Value, _ schema: Schema<Value>, misnomers: [String] = [], doc: String
    ) {
        self.shape = FieldShape(key: key, doc: doc, shape: schema.shape, fallback: .required, misnomers: misnomers)
        self.schema = schema
        self.fallback = { nil }
        self.get = get
        self.isIdentifying = true
        self.leavesOutNull = false
    }

    /// A key with a default.
    public init(
        _ key: String, _ get: @escaping @Sendable (Root) -> Value, _ schema: Schema<Value>, default value: Value, misnomers: [String] = [],
        doc: String
    ) where Value: Sendable {
        self.shape = FieldShape(
            key: key, doc: doc, shape: schema.shape, fallback: .value(schema.encode(value, for: .brief)), misnomers: misnomers)
        self.schema = schema
        self.fallback = { value }
        self.get = get
        self.isIdentifying = true
        self.leavesOutNull = false
    }

    /// A key that may be missing, or `null`. Those that are not `identifying` do not decide a result.
    public init<Wrapped>(
        optional key: String, _ get: @escaping @Sendable (Root) -> Wrapped?, _ schema: Schema<Wrapped>, identifying: Bool = true,
        misnomers: [String] = [], doc: String
    ) where Value == Wrapped? {
        self.shape = FieldShape(key: key, doc: doc, shape: .optional(schema.shape), fallback: .nothing, misnomers: misnomers)
        self.schema = schema.orNothing
        self.fallback = { .some(nil) }
        self.get = get
        self.isIdentifying = identifying
        self.leavesOutNull = true
    }

    /// A key with a default that is written, in canonical texts too, only where the value is another: a key that came later changes no text from before.
    /// Its documentation is `doc`, a sentence without its full stop, and the default.
    public init(
        _ key: String, _ get: @escaping @Sendable (Root) -> Value, _ schema: Schema<Value>, unlessWritten value: Value,
        misnomers: [String] = [], doc: String
    ) where Value: Sendable & Equatable {
        self.shape = FieldShape(
            key: key, doc: "\(doc): \(schema.encode(value, for: .brief).flowText) unless written.", shape: .optional(schema.shape),
            fallback: .nothing, misnomers: misnomers)
        self.schema = schema.orNothing.mapped(to: { $0 ?? value }, from: { $0 == value ? nil : $0 })
        self.fallback = { value }
        self.get = get
        self.isIdentifying = true
        self.leavesOutNull = true
    }

    /// The same key of a record that has this one's as a part.
    public func of<Whole>(_ part: @escaping @Sendable (Whole) -> Root) -> Field<Whole, Value> {
        Field<Whole, Value>(self, part)
    }

    private init<Part>(_ field: Field<Part, Value>, _ part: @escaping @Sendable (Root) -> Part) {
        self.shape = field.shape
        self.schema = field.schema
        self.fallback = field.fallback
        self.get = { field.get(part($0)) }
        self.isIdentifying = field.isIdentifying
        self.leavesOutNull = field.leavesOutNull
    }

    fileprivate func decode(in node: Node, named name: String, _ decoding: inout Decoding) -> Value? {
        if let value = node[shape.key] {
            return decoding.inside(shape.key) { schema.decode(value, &$0) }
        }
        if let value = fallback() { return value }
        if decoding.isMisspelt(shape.key, in: node) { return nil }
        decoding.report(
            "missing key \"\(shape.key)\" in \(name)", at: node.place.opening, help: "add \"\(shape.key): …\", \(shape.shape.offer)")
        return nil
    }

    fileprivate func encode(_ root: Root, _ purpose: EncodingPurpose) -> PlainValue.Member? {
        if purpose == .identity && !isIdentifying { return nil }
        let value = schema.encode(get(root), for: purpose)
        if leavesOutNull && value == .null { return nil }
        if purpose == .brief, case .value(let fallback) = shape.fallback, fallback == value { return nil }
        return PlainValue.Member(shape.key, value)
    }
}

// MARK: - Details

/// A part could not be decoded; what is wrong has been reported.
private struct Missing: Error {}

private func present<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Missing() }
    return value
}

private func checkExclusion(
    of keys: [String], mayLackAll: Bool, in node: Node, named name: String, _ decoding: inout Decoding
) -> Bool {
    let standing = (node.entries ?? []).filter { keys.contains($0.key) && $0.value.kind != .null }
    if standing.count > 1 {
        let names = standing.map { "\"\($0.key)\"" }.joined(separator: " and ")
        decoding.report("\(names) exclude each other in \(name)", at: standing[1].keyPlace, help: "keep one of them")
        return false
    }
    if standing.isEmpty && !keys.isEmpty && !mayLackAll {
        if keys.contains(where: { decoding.isMisspelt($0, in: node) }) { return false }
        decoding.report("missing key in \(name)", at: node.place.opening, help: "write one of \(keys.joined(separator: ", "))")
        return false
    }
    return true
}

extension Decoding {
    /// Reports a key that a record does not know.
    package mutating func unknownKey(_ entry: Node.Entry, in record: RecordShape) {
        unknownKey(entry.key, at: entry.keyPlace, in: record)
    }

    /// Reports a key that a record does not know.
    package mutating func unknownKey(_ key: String, at place: Place, in record: RecordShape, calling noun: String = "key") {
        if let instead = record.planned[key] {
            report("\"\(key)\" in \(record.name) is not available yet", at: place, help: instead)
            return
        }
        let known = record.fields.map(\.key).sorted()
        let meant = record.meant(by: key)
        let list = known.isEmpty ? "\(record.name) has no keys" : "known keys: \(known.joined(separator: ", "))"
        report(
            "unknown \(noun) \"\(key.shortened)\" in \(record.name)", at: place,
            help: (meant.map { "did you mean \"\($0)\"? " } ?? "") + list)
    }
}

extension RecordShape {
    /// The key that an unknown one is taken for.
    fileprivate func meant(by key: String) -> String? {
        if planned[key] != nil { return nil }
        return fields.first { $0.misnomers.contains(key) }?.key ?? Suggestion.nearest(to: key, among: fields.map(\.key).sorted())
    }
}
