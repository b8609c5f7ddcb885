/// What a schema looks like, for everything but decoding: the JSON Schema, the reference of keys, merging, and settings' paths.
public indirect enum Shape: Sendable {
    /// Whatever stands there.
    case any
    /// `true` or `false`.
    case boolean
    /// A whole number.
    case integer(Bounds)
    /// Any finite number.
    case number(Bounds)
    /// Text; the noun says of what, and a regular expression what editors may find wrong in it.
    case text(String, pattern: String? = nil)
    /// One of some words.
    case enumeration(Enumeration)
    /// A list of equal things.
    case list(List)
    /// Keys that the file chooses, beside some that are known.
    case map(Map)
    /// Known keys.
    case record(RecordShape)
    /// One of several things, told by a tag.
    case choice(Choice)
    /// One of several forms, told by the kind of value.
    case either([Shape])
    /// Something, or nothing.
    case optional(Shape)

    /// One of some words.
    public struct Enumeration: Sendable {
        /// What the words are, such as `activation`.
        public let noun: String
        /// The words, the preferred ones first.
        public let words: [Word]
    }

    /// A word and what it means.
    public struct Word: Sendable {
        /// The word.
        public let text: String
        /// Other ways to write it.
        public let aliases: [String]
        /// What it means.
        public let doc: String
    }

    /// A list of equal things.
    public struct List: Sendable {
        /// The items.
        public let items: Shape
        /// How few there may be.
        public let minimum: Int
        /// How many there may be.
        public let maximum: Int
    }

    /// Keys that the file chooses.
    public struct Map: Sendable {
        /// What the keys are, such as `column`.
        public let noun: String
        /// The keys that mean something else.
        public let fixed: RecordShape?
        /// The values of the others.
        public let values: Shape
        /// Whether there is exactly one key; another one replaces it when files merge.
        public let isSingle: Bool
        /// What the keys that the file chooses may be.
        let keys: Keys

        /// What keys may be that the file chooses.
        public enum Keys: Sendable {
            /// Whatever the user likes.
            case names
            /// Paths of settings, each with its value.
            case settings
            /// Paths of settings, or names of the user's that others are computed from.
            case axes
        }
    }

    /// One of several things, told by a tag.
    public struct Choice: Sendable {
        /// What is chosen, such as `optimizer`.
        public let noun: String
        /// `nil`: written `tag` or `{tag: …}`; otherwise the key whose value is the tag, the rest beside it.
        public let key: String?
        /// The things to choose from.
        public let cases: [Case]
        /// What a JSON Schema calls it where it stands in many places, so that it is written once; nil: it is written where it stands.
        var definition: String?

        /// The case of that tag.
        public func named(_ tag: String) -> Case? {
            cases.first { $0.word.text == tag || $0.word.aliases.contains(tag) }
        }
    }

    /// One thing to choose.
    public struct Case: Sendable {
        /// Its tag.
        public let word: Word
        /// What stands behind the tag; `nil`: nothing.
        public let payload: Shape?
        /// Cases of one family share settings, which stay when one of them is laid over another.
        public var family: String?
    }
}

/// Known keys.
public struct RecordShape: Sendable {
    /// What the record is, as messages name it: `training`.
    public let name: String
    /// The keys.
    public let fields: [FieldShape]
    /// Keys of which only one may stand; a later one replaces the others when files merge.
    public let exclusive: [String]
    /// Keys that are planned, and what to do until then.
    public let planned: [String: String]

    /// The field of that key.
    public func field(_ key: String) -> FieldShape? {
        fields.first { $0.key == key }
    }

    /// The key that a number which stands in the record's place is likely meant for: one of those that exclude each other, or else the only one that
    /// must stand.
    func key(meantBy node: Node) -> String? {
        guard node.kind == .integer || node.kind == .number, let number = node.scalar.flatMap({ Double($0.text) }) else { return nil }
        let required = fields.filter { if case .required = $0.fallback { true } else { false } }.map(\.key)
        let keys = exclusive.isEmpty && required.count == 1 ? required : exclusive
        return keys.first { field($0)?.shape.holds(number) == true }
    }
}

/// A known key.
public struct FieldShape: Sendable {
    /// The key.
    public let key: String
    /// What it says.
    public let doc: String
    /// Its value.
    public let shape: Shape
    /// What holds where it is missing.
    public let fallback: Fallback
    /// Other words that people write for it.
    public let misnomers: [String]

    /// What holds where a key is missing.
    public enum Fallback: Sendable {
        /// It must not be missing.
        case required
        /// Nothing.
        case nothing
        /// A value.
        case value(PlainValue)
    }
}

extension Shape {
    /// Whether a value of that kind may have this shape.
    public func accepts(_ kind: Node.Kind) -> Bool {
        switch self {
        case .any: true
        case .boolean: kind == .boolean
        case .integer, .number: kind == .integer || kind == .number
        case .text: kind == .text || kind == .integer || kind == .number || kind == .boolean
        case .enumeration: kind == .text
        case .list: kind == .list
        case .map, .record: kind == .map
        case .choice(let choice): kind == .map || (kind == .text && choice.key == nil)
        case .either(let forms): forms.contains { $0.accepts(kind) }
        case .optional(let shape): kind == .null || shape.accepts(kind)
        }
    }

    /// Whether a map with this key may be meant for this shape rather than for another that takes maps.
    fileprivate func knows(_ key: String) -> Bool {
        switch self {
        case .record(let record): record.field(key) != nil
        case .choice(let choice): (choice.key ?? key) == key && (choice.key != nil || choice.named(key) != nil)
        case .map: true
        case .optional(let shape): shape.knows(key)
        case .either(let forms): forms.contains { $0.knows(key) }
        default: false
        }
    }

    /// Whether a number may have this shape.
    fileprivate func holds(_ number: Double) -> Bool {
        switch self {
        case .integer(let bounds): number == number.rounded() && bounds.contains(number)
        case .number(let bounds): bounds.contains(number)
        case .either(let forms): forms.contains { $0.holds(number) }
        case .optional(let shape): shape.holds(number)
        default: false
        }
    }

    /// What is expected, in words: `a whole number, 1 or more`.
    public var expected: String {
        switch self {
        case .any: "a value"
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .number: "a number"
        case .text(let noun, _): noun.isEmpty ? "text" : noun.withArticle
        case .enumeration(let enumeration):
            enumeration.words.count == 1
                ? "\"\(enumeration.words[0].text)\"" : "one of \(enumeration.words.map(\.text).joined(separator: ", "))"
        case .list: "a list"
        case .map, .record: "a map of keys and values"
        case .choice(let choice): choice.noun.withArticle
        case .either(let forms): forms.map(\.expectedAmongForms).joined(separator: " or ")
        case .optional(let shape): shape.expected
        }
    }

    /// The same beside other forms, where a choice is known by its tags.
    private var expectedAmongForms: String {
        guard case .choice(let choice) = self, choice.key == nil else { return expected }
        return choice.cases.map { "{\($0.word.text): …}" }.joined(separator: " or ")
    }

    /// What can be written, in words; for a choice its tags.
    var offer: String {
        switch self {
        case .choice(let choice): "one of " + choice.cases.map(\.word.text).joined(separator: ", ")
        case .optional(let shape): shape.offer
        default: expected
        }
    }
}

extension [Shape] {
    /// The form of several that takes a value of a kind: of those that take maps the first that knows one of the keys.
    func form(of kind: Node.Kind, keys: [String]) -> Shape? { place(of: kind, keys: keys).map { self[$0] } }

    /// The form that takes a node.
    func form(of node: Node) -> Shape? { place(of: node).map { self[$0] } }

    /// Its place among the forms.
    func place(of node: Node) -> Int? { place(of: node.kind, keys: node.entries?.map(\.key) ?? []) }

    private func place(of kind: Node.Kind, keys: [String]) -> Int? {
        let able = indices.filter { self[$0].accepts(kind) }
        return able.count < 2 ? able.first : able.first { place in keys.contains { self[place].knows($0) } } ?? able.first
    }
}

extension String {
    /// The noun with `a` or `an` before it.
    package var withArticle: String {
        (first.map { "aeiou".contains($0) } == true ? "an " : "a ") + self
    }
}

/// The range of a number.
public struct Bounds: Sendable, Hashable {
    /// The lower end; `nil`: none.
    public var lower: Double?
    /// Whether the lower end itself is allowed.
    public var includesLower = true
    /// The upper end; `nil`: none.
    public var upper: Double?
    /// Whether the upper end itself is allowed.
    public var includesUpper = true
    /// Whether the number is used in 32 bits, where the range must hold as well; see ``inSinglePrecision``.
    public private(set) var isSinglePrecision = false

    /// Any number.
    public static let any = Bounds()
    /// `low` or more, up to `high` when it is given.
    public static func atLeast(_ low: Double, upTo high: Double? = nil) -> Bounds { Bounds(lower: low, upper: high) }
    /// More than `low`, up to `high` when it is given.
    public static func above(_ low: Double, upTo high: Double? = nil) -> Bounds { Bounds(lower: low, includesLower: false, upper: high) }
    /// More than `low`, less than `high`.
    public static func between(_ low: Double, and high: Double) -> Bounds {
        Bounds(lower: low, includesLower: false, upper: high, includesUpper: false)
    }
    /// `low` or more, less than `high`.
    public static func from(_ low: Double, below high: Double) -> Bounds { Bounds(lower: low, upper: high, includesUpper: false) }

    /// The same range for a number that is used in 32 bits: what it is rounded to must lie within as well, be finite, and not be 0 unless the number is.
    public var inSinglePrecision: Bounds {
        var bounds = self
        bounds.isSinglePrecision = true
        return bounds
    }

    /// What becomes of a number in 32 bits, where numbers below 2^-126, the smallest normal one, count as 0.
    static func single(_ value: Double) -> Double {
        let single = Float(value)
        return single.isSubnormal ? 0 : Double(single)
    }

    /// Whether the number lies within.
    public func contains(_ value: Double) -> Bool {
        guard holds(value) else { return false }
        guard isSinglePrecision else { return true }
        let single = Self.single(value)
        return single.isFinite && (single == 0) == (value == 0) && holds(single)
    }

    /// Whether the number lies within, in 64 bits.
    func holds(_ value: Double) -> Bool {
        if let lower, includesLower ? value < lower : value <= lower { return false }
        if let upper, includesUpper ? value > upper : value >= upper { return false }
        return !value.isNaN
    }

    /// The range in words: `1 or more`, `above 0 and below 1`; empty for any number.
    public var words: String {
        switch (lower, upper) {
        case (nil, nil): ""
        case (let low?, nil): includesLower ? "\(Self.text(low)) or more" : "above \(Self.text(low))"
        case (nil, let high?): includesUpper ? "\(Self.text(high)) or less" : "below \(Self.text(high))"
        case (let low?, let high?):
            switch (includesLower, includesUpper) {
            case (true, true): "between \(Self.text(low)) and \(Self.text(high))"
            case (true, false): "\(Self.text(low)) or more and below \(Self.text(high))"
            case (false, true): "above \(Self.text(low)), at most \(Self.text(high))"
            case (false, false): "above \(Self.text(low)) and below \(Self.text(high))"
            }
        }
    }

    private static func text(_ value: Double) -> String {
        Int(exactly: value)?.grouped ?? value.description
    }
}
