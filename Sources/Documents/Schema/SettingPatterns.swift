/// The settings of a shape by their paths, as JSON Schema can tell them: for maps whose keys are paths (``Shape/Map/Keys``).
struct SettingPatterns {
    /// Regular expressions that match the paths, without anchors, in the order of the definitions.
    private var patterns: [String] = []
    /// What may stand at a path, any of these; nil where that is more than plain values.
    private var values: [String: [PlainValue]?] = [:]
    /// Where choices stand that have a definition.
    private var places: [String: (choice: Shape.Choice, patterns: [String])] = [:]
    /// Whether what is visited stands within such a choice: of others in it, no paths are told apart.
    private let isWithinDefinition: Bool

    /// All settings below a shape.
    init(of shape: Shape) {
        isWithinDefinition = false
        visit(shape, under: "")
        for (_, place) in places.sorted(by: { $0.key < $1.key }) { add(SettingPatterns(within: place.choice), at: place.patterns) }
    }

    /// The settings of such a choice, from where it stands.
    private init(within choice: Shape.Choice) {
        isWithinDefinition = true
        visit(cases: choice, under: "")
    }

    /// Takes over those of a choice, at all the places where it stands.
    private mutating func add(_ inner: SettingPatterns, at places: [String]) {
        let place = "(\(places.joined(separator: "|")))"
        for pattern in inner.patterns {
            let whole = place + (pattern.hasPrefix("\\[") || pattern.hasPrefix("(\\[") ? "" : "\\.") + pattern
            patterns.append(whole)
            values[whole] = inner.values[pattern]
        }
    }

    /// A name, as of a column, a layer, or an axis of the user's.
    private static let name = "[^.\\[\\]]+"

    // MARK: - As JSON Schema

    /// Definitions: maps of settings and their values beside known keys, the same without these, maps of axes and the lists of theirs, and what an axis may be
    /// called: a setting, a name of the user's, or one of `axes`.
    func definitions(beside fixed: RecordShape, axes: [String]) -> [PlainValue.Member] {
        let others = ([Self.name] + axes.map(\.escaped)).joined(separator: "|")
        let none = fixed.fields.map { PlainValue.Member($0.key, .boolean(false)) }
        return [
            .init("changes", map(beside: fixed) { $0 }),
            .init(
                "settings",
                .map([.init("allOf", .list([.map([.init("$ref", .text("#/$defs/changes"))])])), .init("properties", .map(none))])),
            .init("axes", map(others: others) { .map([.init("type", .text("array")), .init("items", $0)]) }),
            .init("axis", .map([.init("pattern", .text("^(\(others)|\(patterns.joined(separator: "|")))$"))])),
        ]
    }

    /// A map of settings, and of what matches `others`.
    private func map(others: String? = nil, beside fixed: RecordShape? = nil, _ value: (PlainValue) -> PlainValue) -> PlainValue {
        let names = others.map { [PlainValue.Member("^(\($0))$", value(.map([])))] } ?? []
        let known = fixed.map { [PlainValue.Member("properties", .map($0.fields.map { .init($0.key, $0.shape.jsonSchema()) }))] } ?? []
        return .map(
            known + [
                .init("type", .text("object")),
                .init("patternProperties", .map(names + patterns.map { .init("^\($0)$", value(schema(at: $0))) })),
                .init("additionalProperties", .boolean(false)),
            ])
    }

    private func schema(at pattern: String) -> PlainValue {
        guard let values = values[pattern] ?? nil else { return .map([]) }
        // A value may be computed from others.
        let formula = PlainValue.map([.init("type", .text("string")), .init("pattern", .text("^="))])
        return .map([.init("anyOf", .list(values + [formula]))])
    }

    // MARK: - Finding them

    private mutating func add(_ shape: Shape, at pattern: String) {
        let plain = shape.isPlain ? shape.jsonSchema() : nil
        if let known = values[pattern] {
            values[pattern] = .some(known.flatMap { known in plain.map { known.contains($0) ? known : known + [$0] } })
        } else {
            patterns.append(pattern)
            values[pattern] = .some(plain.map { [$0] })
        }
        visit(shape, under: pattern)
    }

    private mutating func visit(_ shape: Shape, under pattern: String) {
        func below(_ key: String) -> String { (pattern.isEmpty ? "" : pattern + "\\.") + key }
        switch shape {
        case .any, .boolean, .integer, .number, .text, .enumeration: break
        case .record(let record): for field in record.fields { add(field.shape, at: below(field.key.escaped)) }
        case .map(let map):
            map.fixed.map { visit(.record($0), under: pattern) }
            add(map.values, at: below(Self.name))
        case .list(let list):
            add(list.items, at: pattern + (list.items.mayHaveName ? "(\\[[0-9]+\\]|\\.\(Self.name))" : "\\[[0-9]+\\]"))
        case .either(let forms): for form in forms { visit(form, under: pattern) }
        case .optional(let inner): visit(inner, under: pattern)
        case .choice(let choice):
            guard let definition = choice.definition else { return visit(cases: choice, under: pattern) }
            if isWithinDefinition { return add(.any, at: below(".+")) }
            var place = places[definition] ?? (choice, [])
            if !place.patterns.contains(pattern) { place.patterns.append(pattern) }
            places[definition] = place
        }
    }

    private mutating func visit(cases choice: Shape.Choice, under pattern: String) {
        func below(_ key: String) -> String { (pattern.isEmpty ? "" : pattern + "\\.") + key }
        if let key = choice.key {
            let words = Shape.enumeration(Shape.Enumeration(noun: choice.noun, words: choice.cases.map(\.word)))
            add(words, at: below(key.escaped))
        }
        for one in choice.cases {
            // The tag may be left out, for the one that is set.
            if let payload = one.payload { visit(payload, under: pattern) }
            guard choice.key == nil else { continue }
            for word in [one.word.text] + one.word.aliases { add(one.payload ?? .any, at: below(word.escaped)) }
        }
    }
}

extension Shape {
    /// Whether nothing but single values may stand there.
    fileprivate var isPlain: Bool {
        switch self {
        case .boolean, .integer, .number, .text, .enumeration: true
        case .either(let forms): forms.allSatisfy(\.isPlain)
        case .optional(let inner): inner.isPlain
        case .any, .list, .map, .record, .choice: false
        }
    }

    /// Whether an item of a list may be found by its name.
    fileprivate var mayHaveName: Bool {
        switch self {
        case .record, .choice: true
        case .either(let forms): forms.contains(where: \.mayHaveName)
        case .optional(let inner): inner.mayHaveName
        default: false
        }
    }
}

extension String {
    /// As a regular expression that matches it alone.
    fileprivate var escaped: String { map { ".*+?()[]{}|^$\\".contains($0) ? "\\\($0)" : String($0) }.joined() }
}
