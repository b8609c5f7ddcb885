extension Shape {
    /// The shape as JSON Schema (draft 2020-12), for editors. With `gaps` no key is required, because another file may give it.
    public func jsonSchema(gaps: Bool = false) -> PlainValue {
        switch self {
        case .any: .map([])
        case .boolean: .map([.init("type", .text("boolean"))])
        case .integer(let bounds): .map([.init("type", .text("integer"))] + bounds.jsonSchema)
        case .number(let bounds): .map([.init("type", .text("number"))] + bounds.jsonSchema)
        case .text(_, let pattern?): .map([.init("type", .text("string")), .init("pattern", .text(pattern))])
        case .text: .map([.init("type", .list([.text("string"), .text("number"), .text("boolean")]))])
        case .enumeration(let enumeration): .map([.init("enum", .list(enumeration.words.flatMap(\.spellings)))])
        case .list(let list):
            .map(
                [.init("type", .text("array")), .init("items", list.items.jsonSchema(gaps: gaps))]
                    + (list.minimum > 0 ? [.init("minItems", .integer(list.minimum))] : [])
                    + (list.maximum < .max ? [.init("maxItems", .integer(list.maximum))] : []))
        case .map(let map): map.jsonSchema(gaps: gaps)
        case .record(let record): record.jsonSchema(gaps: gaps)
        case .choice(let choice): choice.definition.map { choice.reference($0, gaps: gaps) } ?? choice.jsonSchema(gaps: gaps)
        case .either(let forms): .map([.init("anyOf", .list(forms.map { $0.jsonSchema(gaps: gaps) }))])
        case .optional(let inner): .map([.init("anyOf", .list([inner.jsonSchema(gaps: gaps), .map([.init("type", .text("null"))])]))])
        }
    }
}

extension Shape {
    /// The choices with definitions that stand somewhere in the shape, by their names.
    fileprivate func collectDefinitions(into found: inout [String: Choice]) {
        switch self {
        case .any, .boolean, .integer, .number, .text, .enumeration: break
        case .record(let record): for field in record.fields { field.shape.collectDefinitions(into: &found) }
        case .map(let map):
            map.fixed.map { Shape.record($0).collectDefinitions(into: &found) }
            map.values.collectDefinitions(into: &found)
        case .list(let list): list.items.collectDefinitions(into: &found)
        case .either(let forms): for form in forms { form.collectDefinitions(into: &found) }
        case .optional(let inner): inner.collectDefinitions(into: &found)
        case .choice(let choice):
            if let name = choice.definition {
                guard found[name] == nil else { return }
                found[name] = choice
            }
            for one in choice.cases { one.payload?.collectDefinitions(into: &found) }
        }
    }
}

extension RecordShape {
    /// What stands in many places of the record, once each, with and without keys that are required: members of `$defs`.
    public var sharedDefinitions: [PlainValue.Member] {
        var found: [String: Shape.Choice] = [:]
        Shape.record(self).collectDefinitions(into: &found)
        return found.sorted { $0.key < $1.key }.flatMap { name, choice in
            [false, true].map { .init(Shape.Choice.name(name, gaps: $0), choice.jsonSchema(gaps: $0)) }
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
    /// The definitions that schemas refer to where maps have this record's settings' paths for keys: `$defs`. Some have known keys beside these; `axes` are paths
    /// that may be swept over and are no settings.
    public func settingDefinitions(beside fixed: RecordShape, axes: [String]) -> [PlainValue.Member] {
        SettingPatterns(of: .record(self)).definitions(beside: fixed, axes: axes)
    }

    /// The record as JSON Schema; with `gaps` no key is required.
    public func jsonSchema(gaps: Bool = false) -> PlainValue { jsonSchema(beside: [], gaps: gaps) }

    fileprivate func jsonSchema(beside others: [PlainValue.Member], gaps: Bool) -> PlainValue {
        let required = fields.compactMap { field -> PlainValue? in
            if case .required = field.fallback { .text(field.key) } else { nil }
        }
        var members: [PlainValue.Member] = [
            .init("type", .text("object")), .init("properties", .map(others + fields.map { .init($0.key, $0.jsonSchema(gaps: gaps)) })),
        ]
        let needed = others.map { PlainValue.text($0.key) } + required
        if !needed.isEmpty && !gaps { members.append(.init("required", .list(needed))) }
        members.append(.init("additionalProperties", .boolean(false)))
        return .map(members + exclusion)
    }

    /// That no two of the keys that exclude each other stand; one that is `null` does not.
    private var exclusion: [PlainValue.Member] {
        var both: [PlainValue] = []
        for (place, one) in exclusive.enumerated() {
            for other in exclusive[..<place] {
                let something = PlainValue.map([.init("not", .map([.init("type", .text("null"))]))])
                both.append(
                    .map([
                        .init("required", .list([.text(other), .text(one)])),
                        .init("properties", .map([.init(other, something), .init(one, something)])),
                    ]))
            }
        }
        return both.isEmpty ? [] : [.init("not", .map([.init("anyOf", .list(both))]))]
    }
}

extension Shape.Word {
    /// All ways to write it; to most readers of YAML `true` and `false` are no texts.
    fileprivate var spellings: [PlainValue] {
        ([text] + aliases).flatMap { word -> [PlainValue] in
            word == "true" || word == "false" ? [.text(word), .boolean(word == "true")] : [.text(word)]
        }
    }
}

extension FieldShape {
    fileprivate func jsonSchema(gaps: Bool) -> PlainValue {
        guard case .map(let members) = shape.jsonSchema(gaps: gaps) else { return .map([]) }
        var described = [PlainValue.Member("description", .text(doc))] + members
        if case .value(let value) = fallback { described.append(.init("default", value)) }
        return .map(described)
    }
}

extension Shape.Map {
    fileprivate func jsonSchema(gaps: Bool) -> PlainValue {
        func reference(_ name: String) -> PlainValue.Member { .init("$ref", .text("#/$defs/" + name)) }
        var members: [PlainValue.Member] = [.init("type", .text("object"))]
        switch (keys, values) {
        case (.names, _): break
        case (.settings, _): return .map([reference(fixed == nil ? "settings" : "changes")])
        case (.axes, .list): return .map([reference("axes")])
        case (.axes, _): members.append(.init("propertyNames", .map([reference("axis")])))
        }
        if let fixed { members.append(.init("properties", .map(fixed.fields.map { .init($0.key, $0.jsonSchema(gaps: gaps)) }))) }
        members.append(.init("additionalProperties", values.jsonSchema(gaps: gaps)))
        if isSingle { members += [.init("minProperties", .integer(1)), .init("maxProperties", .integer(1))] }
        return .map(members)
    }
}

extension Shape.Choice {
    fileprivate static func name(_ definition: String, gaps: Bool) -> String { definition + (gaps ? "_with_gaps" : "") }

    fileprivate func reference(_ definition: String, gaps: Bool) -> PlainValue {
        .map([.init("$ref", .text("#/$defs/" + Self.name(definition, gaps: gaps)))])
    }

    fileprivate func jsonSchema(gaps: Bool) -> PlainValue {
        .map([.init("anyOf", .list(cases.flatMap { one in key.map { [keyed(one, by: $0, gaps: gaps)] } ?? tagged(one, gaps: gaps) }))])
    }

    private func tagged(_ one: Shape.Case, gaps: Bool) -> [PlainValue] {
        let words = [one.word.text] + one.word.aliases
        let bare: PlainValue = .map([
            .init("enum", .list(one.word.spellings)), .init("description", .text(one.word.doc)),
        ])
        guard let payload = one.payload else { return [bare] }
        let full = words.map { word in
            PlainValue.map([
                .init("type", .text("object")), .init("description", .text(one.word.doc)),
                .init("properties", .map([.init(word, payload.jsonSchema(gaps: gaps))])), .init("required", .list([.text(word)])),
                .init("additionalProperties", .boolean(false)),
            ])
        }
        return payload.isSatisfiedByNothing || gaps ? [bare] + full : full
    }

    private func keyed(_ one: Shape.Case, by key: String, gaps: Bool) -> PlainValue {
        let tag = PlainValue.Member(
            key,
            .map([
                .init("enum", .list(one.word.spellings)), .init("description", .text(one.word.doc)),
            ]))
        if case .record(let record) = one.payload { return record.jsonSchema(beside: [tag], gaps: gaps) }
        return RecordShape(name: one.word.text, fields: [], exclusive: [], planned: [:]).jsonSchema(beside: [tag], gaps: gaps)
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
