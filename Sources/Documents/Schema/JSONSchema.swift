extension Shape {
    /// The shape as JSON Schema (draft 2020-12), for editors.
    public var jsonSchema: PlainValue {
        switch self {
        case .any: .map([])
        case .boolean: .map([.init("type", .text("boolean"))])
        case .integer(let bounds): .map([.init("type", .text("integer"))] + bounds.jsonSchema)
        case .number(let bounds): .map([.init("type", .text("number"))] + bounds.jsonSchema)
        case .text: .map([.init("type", .list([.text("string"), .text("number"), .text("boolean")]))])
        case .enumeration(let enumeration):
            .map([.init("enum", .list(enumeration.words.flatMap { [.text($0.text)] + $0.aliases.map(PlainValue.text) }))])
        case .list(let list):
            .map(
                [.init("type", .text("array")), .init("items", list.items.jsonSchema)]
                    + (list.minimum > 0 ? [.init("minItems", .integer(list.minimum))] : []))
        case .map(let map): map.jsonSchema
        case .record(let record): record.jsonSchema
        case .choice(let choice): choice.jsonSchema
        case .either(let forms): .map([.init("anyOf", .list(forms.map(\.jsonSchema)))])
        case .optional(let inner): .map([.init("anyOf", .list([inner.jsonSchema, .map([.init("type", .text("null"))])]))])
        }
    }
}

extension Bounds {
    fileprivate var jsonSchema: [PlainValue.Member] {
        var members: [PlainValue.Member] = []
        if let lower { members.append(.init(includesLower ? "minimum" : "exclusiveMinimum", .number(lower))) }
        if let upper { members.append(.init(includesUpper ? "maximum" : "exclusiveMaximum", .number(upper))) }
        return members
    }
}

extension RecordShape {
    /// The record as JSON Schema.
    public var jsonSchema: PlainValue { jsonSchema(beside: []) }

    fileprivate func jsonSchema(beside others: [PlainValue.Member]) -> PlainValue {
        let required = fields.compactMap { field -> PlainValue? in
            if case .required = field.fallback { .text(field.key) } else { nil }
        }
        var members: [PlainValue.Member] = [
            .init("type", .text("object")), .init("properties", .map(others + fields.map { .init($0.key, $0.jsonSchema) })),
        ]
        let needed = others.map { PlainValue.text($0.key) } + required
        if !needed.isEmpty { members.append(.init("required", .list(needed))) }
        members.append(.init("additionalProperties", .boolean(false)))
        return .map(members)
    }
}

extension FieldShape {
    fileprivate var jsonSchema: PlainValue {
        guard case .map(let members) = shape.jsonSchema else { return .map([]) }
        var described = [PlainValue.Member("description", .text(doc))] + members
        if case .value(let value) = fallback { described.append(.init("default", value)) }
        return .map(described)
    }
}

extension Shape.Map {
    fileprivate var jsonSchema: PlainValue {
        var members: [PlainValue.Member] = [.init("type", .text("object"))]
        if let fixed { members.append(.init("properties", .map(fixed.fields.map { .init($0.key, $0.jsonSchema) }))) }
        members.append(.init("additionalProperties", values.jsonSchema))
        if isSingle { members += [.init("minProperties", .integer(1)), .init("maxProperties", .integer(1))] }
        return .map(members)
    }
}

extension Shape.Choice {
    fileprivate var jsonSchema: PlainValue {
        .map([.init("anyOf", .list(cases.flatMap { one in key.map { [keyed(one, by: $0)] } ?? tagged(one) }))])
    }

    private func tagged(_ one: Shape.Case) -> [PlainValue] {
        let words = [one.word.text] + one.word.aliases
        let bare: PlainValue = .map([
            .init("enum", .list(words.map(PlainValue.text))), .init("description", .text(one.word.doc)),
        ])
        guard let payload = one.payload else { return [bare] }
        let full = words.map { word in
            PlainValue.map([
                .init("type", .text("object")), .init("description", .text(one.word.doc)),
                .init("properties", .map([.init(word, payload.jsonSchema)])), .init("required", .list([.text(word)])),
                .init("additionalProperties", .boolean(false)),
            ])
        }
        return payload.isSatisfiedByNothing ? [bare] + full : full
    }

    private func keyed(_ one: Shape.Case, by key: String) -> PlainValue {
        let tag = PlainValue.Member(
            key,
            .map([
                .init("enum", .list(([one.word.text] + one.word.aliases).map(PlainValue.text))), .init("description", .text(one.word.doc)),
            ]))
        if case .record(let record) = one.payload { return record.jsonSchema(beside: [tag]) }
        return RecordShape(name: one.word.text, fields: [], exclusive: [], planned: [:]).jsonSchema(beside: [tag])
    }
}

extension Shape {
    /// Whether an empty map will do, so that a tag may stand bare.
    var isSatisfiedByNothing: Bool {
        switch self {
        case .any: true
        case .record(let record):
            record.exclusive.isEmpty
                && record.fields.allSatisfy { field in
                    if case .required = field.fallback { false } else { true }
                }
        case .either(let forms): forms.contains(where: \.isSatisfiedByNothing)
        case .optional: true
        default: false
        }
    }
}
