/// One of the things that a choice offers: a tag, and what may stand behind it.
public struct Case<Value>: Sendable {
    let shape: Shape.Case
    let decode: @Sendable (Node, inout Decoding) -> Value?
    /// What stands behind the tag, when the value is of this case; `.some(nil)`: nothing.
    let encode: @Sendable (Value, EncodingPurpose) -> PlainValue??

    /// A tag with nothing behind it.
    public init(_ tag: String, _ value: Value, aliases: [String] = [], doc: String) where Value: Hashable & Sendable {
        self.shape = Shape.Case(word: Shape.Word(text: tag, aliases: aliases, doc: doc), payload: nil)
        self.decode = { _, _ in value }
        self.encode = { other, _ in other == value ? .some(nil) : nil }
    }

    /// A tag with something behind it. `get` is `nil` for values of other cases, and always for a case that is only another way to write one.
    public init<Payload>(
        _ tag: String, _ payload: Schema<Payload>, aliases: [String] = [], family: String? = nil, doc: String,
        make: @escaping @Sendable (Payload) -> Value,
        get: @escaping @Sendable (Value) -> Payload?
    ) {
        self.shape = Shape.Case(word: Shape.Word(text: tag, aliases: aliases, doc: doc), payload: payload.shape, family: family)
        self.decode = { node, decoding in payload.decode(node, &decoding).map(make) }
        self.encode = { value, purpose in get(value).map { payload.encode($0, for: purpose) } }
    }

    private init(
        shape: Shape.Case, decode: @escaping @Sendable (Node, inout Decoding) -> Value?,
        encode: @escaping @Sendable (Value, EncodingPurpose) -> PlainValue??
    ) {
        self.shape = shape
        self.decode = decode
        self.encode = encode
    }

    /// The same tag for another type. `from` is `nil` for values that this case cannot be.
    public func mapped<Other>(
        to make: @escaping @Sendable (Value) -> Other, from get: @escaping @Sendable (Other) -> Value?
    ) -> Case<Other> {
        Case<Other>(
            shape: shape, decode: { node, decoding in decode(node, &decoding).map(make) },
            encode: { value, purpose in get(value).flatMap { encode($0, purpose) } })
    }
}

extension Schema {
    /// One of several things, written `tag` or `{tag: …}`.
    public static func choice(_ noun: String, _ cases: Case<Value>...) -> Schema { choice(noun, cases) }

    /// One of several things, written `tag` or `{tag: …}`.
    ///
    /// - Parameter definition: a name of its own, for a choice that stands in many places or holds others like it.
    public static func choice(_ noun: String, definedAs definition: String? = nil, _ cases: [Case<Value>]) -> Schema {
        choice(noun, definedAs: definition, cases, beside: [])
    }

    /// One of several things, written `tag` or `{tag: …}`, or a record of keys of its own. The keys tell which is meant, `isOfKeys` which of them writes a value.
    public static func choice(
        _ noun: String, orKeys record: Record<Value>, where isOfKeys: @escaping @Sendable (Value) -> Bool, _ cases: Case<Value>...
    ) -> Schema {
        let (tagged, keyed) = (choice(noun, cases, beside: record.shape.fields.map(\.key)), record.schema)
        let forms = [tagged.shape, keyed.shape]
        return Schema(
            .either(forms),
            decode: { node, decoding in
                if case .record? = forms.form(of: node) { keyed.decode(node, &decoding) } else { tagged.decode(node, &decoding) }
            }, encode: { value, purpose in (isOfKeys(value) ? keyed : tagged).encode(value, for: purpose) })
    }

    /// `others` are keys that may stand in the place of a tag.
    private static func choice(
        _ noun: String, definedAs definition: String? = nil, _ cases: [Case<Value>], beside others: [String]
    ) -> Schema {
        let choice = Shape.Choice(noun: noun, key: nil, cases: cases.map(\.shape), definition: definition)
        return Schema(
            .choice(choice),
            decode: { node, decoding in
                guard let chosen = choice.chosen(in: node) else { return choice.reportForm(of: node, &decoding) }
                guard let index = choice.index(of: chosen.tag) else {
                    decoding.unknown(noun, chosen.tag, known: choice.tags + others, at: chosen.place, help: choice.help(for: chosen.tag))
                    return nil
                }
                let payload = choice.payload(of: chosen, as: cases[index].shape)
                if cases[index].shape.payload == nil, let written = chosen.payload, written.kind != .null, written.entries?.isEmpty != true
                {
                    decoding.report("\(noun) \"\(chosen.tag)\" takes no settings", at: written.place, help: "write just \(chosen.tag)")
                    return nil
                }
                return decoding.inside(chosen.payload == nil ? decoding.setting : chosen.tag) { cases[index].decode(payload, &$0) }
            },
            encode: { value, purpose in
                for one in cases {
                    guard let payload = one.encode(value, purpose) else { continue }
                    guard let payload, payload != .map([]) else { return .text(one.shape.word.text) }
                    return .map([PlainValue.Member(one.shape.word.text, payload)])
                }
                return .null
            })
    }

    /// One of several things, told by the value of a key; the settings of the case stand beside that key.
    public static func choice(_ noun: String, by key: String, _ cases: Case<Value>...) -> Schema {
        let choice = Shape.Choice(noun: noun, key: key, cases: cases.map(\.shape))
        return Schema(
            .choice(choice),
            decode: { node, decoding in
                guard let entries = node.entries else {
                    let isTag = node.scalar.map { choice.named($0.text) != nil } ?? false
                    return decoding.mismatch(
                        node, expected: "a map of keys and values", help: isTag ? "write {\(key): \(PlainValue(node).flowText)}" : nil)
                }
                guard let tagNode = node[key], let tag = tagNode.scalar?.text else {
                    decoding.report(
                        "missing key \"\(key)\" in \(decoding.setting)", at: node.place.opening,
                        help: "one of \(choice.tags.joined(separator: ", "))")
                    return nil
                }
                guard let index = choice.index(of: tag) else {
                    decoding.unknown(noun, tag, known: choice.tags, at: tagNode.place)
                    return nil
                }
                let rest = entries.filter { $0.key != key }
                if cases[index].shape.payload == nil, !rest.isEmpty {
                    let none = RecordShape(name: "\(noun) \"\(tag)\"", fields: [], exclusive: [], planned: [:])
                    for entry in rest { decoding.unknownKey(entry, in: none) }
                    return nil
                }
                return cases[index].decode(Node(.map(rest), at: node.place), &decoding)
            },
            encode: { value, purpose in
                for one in cases {
                    guard let payload = one.encode(value, purpose) else { continue }
                    let tag = PlainValue.Member(key, .text(one.shape.word.text))
                    if case .map(let members) = payload { return .map([tag] + members) }
                    return .map([tag])
                }
                return .null
            })
    }
}

// MARK: - Tags

extension Shape.Choice {
    /// A tag as it stands in a file.
    package struct Chosen {
        /// The tag as written.
        package let tag: String
        /// Where it stands.
        package let place: Place
        /// What stands behind it; `nil` for a bare tag.
        package let payload: Node?
    }

    /// The tag of a node, when it has the form of a choice.
    package func chosen(in node: Node) -> Chosen? {
        if let key {
            return node[key].flatMap { tag in tag.scalar.map { Chosen(tag: $0.text, place: tag.place, payload: node) } }
        }
        if let scalar = node.scalar, node.kind != .null { return Chosen(tag: scalar.text, place: node.place, payload: nil) }
        if let entries = node.entries, entries.count == 1 {
            return Chosen(tag: entries[0].key, place: entries[0].keyPlace, payload: entries[0].value)
        }
        return nil
    }

    /// What stands behind a tag; behind a bare one an empty map, where the case takes a map.
    func payload(of chosen: Chosen, as one: Shape.Case) -> Node {
        if let payload = chosen.payload, payload.kind != .null { return payload }
        let takesMap = one.payload?.accepts(.map) ?? true
        return Node(takesMap ? .map([]) : .scalar(Scalar(text: "")), at: chosen.place)
    }

    var tags: [String] { cases.map(\.word.text) }

    func index(of tag: String) -> Int? {
        cases.firstIndex { $0.word.text == tag || $0.word.aliases.contains(tag) }
    }

    /// What to say when a setting of a case was written in the place of its tag.
    func help(for word: String) -> String? {
        let owner = cases.first { $0.payload?.record?.field(word) != nil }
        return owner.map { "name the \(noun) first, such as {\($0.word.text): {\(word): …}}" }
    }

    /// A tag with the setting that was written beside it among its own, as text; nil when the tag has no such setting.
    private func written(_ stray: Node.Entry, inside tagged: Node.Entry) -> String? {
        guard let place = index(of: tagged.key), let record = cases[place].payload?.record, record.field(stray.key) != nil else {
            return nil
        }
        var members: [PlainValue.Member] = []
        switch PlainValue(tagged.value) {
        case .map(let own): members = own
        case .null: break
        case let bare:
            let required = record.fields.first { if case .required = $0.fallback { true } else { false } }
            guard let required else { return nil }
            members = [PlainValue.Member(required.key, bare)]
        }
        members.append(PlainValue.Member(stray.key, PlainValue(stray.value)))
        return PlainValue.map([PlainValue.Member(tagged.key, .map(members))]).flowText
    }

    func reportForm<Value>(of node: Node, _ decoding: inout Decoding) -> Value? {
        guard let entries = node.entries, let last = entries.last else {
            return decoding.mismatch(node, expected: noun.withArticle, help: "one of \(tags.joined(separator: ", "))")
        }
        if let stray = entries.first(where: { index(of: $0.key) == nil }) {
            if let tagged = entries.first(where: { index(of: $0.key) != nil }), let inside = written(stray, inside: tagged) {
                decoding.report(
                    "\"\(stray.key)\" stands beside \(tagged.key), and is a setting of it", at: stray.keyPlace, help: "write \(inside)")
                return nil
            }
            decoding.unknown(noun, stray.key, known: tags, at: stray.keyPlace, help: help(for: stray.key))
        } else {
            decoding.report(
                "\(decoding.setting) must be one \(noun), found \(entries.map(\.key).joined(separator: " and "))", at: last.keyPlace,
                help: "keep one of them")
        }
        return nil
    }
}

extension Shape {
    /// The record that this is, or that it may be written as.
    fileprivate var record: RecordShape? {
        switch self {
        case .record(let record): record
        case .either(let forms): forms.lazy.compactMap(\.record).first
        case .optional(let inner): inner.record
        default: nil
        }
    }
}
