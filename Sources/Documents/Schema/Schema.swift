/// One definition of a part of a file: it decodes, it validates, it encodes, and its `shape` describes it for people and editors.
///
/// Schemas are values that are put together from smaller ones:
///
///     static let schema = Record<EarlyStopping>(
///         "early_stopping",
///         Field("patience", \.patience, .integer(.atLeast(0)), default: 0, doc: "Epochs without improvement before the run stops."),
///         Field("monitor", \.monitor, .text("figure"), default: "val_loss", doc: "The figure that is watched."),
///         build: EarlyStopping.init
///     ).schema
public struct Schema<Value>: Sendable {
    /// What the part looks like.
    public let shape: Shape
    let decodeNode: @Sendable (Node, inout Decoding) -> Value?
    let encodeValue: @Sendable (Value, EncodingPurpose) -> PlainValue

    /// A schema from its three sides; `decode` reports what is wrong and returns `nil`.
    public init(
        _ shape: Shape, decode: @escaping @Sendable (Node, inout Decoding) -> Value?,
        encode: @escaping @Sendable (Value, EncodingPurpose) -> PlainValue
    ) {
        self.shape = shape
        self.decodeNode = decode
        self.encodeValue = encode
    }

    /// Decodes a node; what is wrong with it goes to `decoding`, and then there is no value.
    public func decode(_ node: Node, _ decoding: inout Decoding) -> Value? {
        decodeNode(node, &decoding)
    }

    /// The value as a tree in its fullest form, defaults written out.
    public func encode(_ value: Value, for purpose: EncodingPurpose = .reading) -> PlainValue {
        encodeValue(value, purpose)
    }
}

/// What a value is encoded for.
public enum EncodingPurpose: Sendable {
    /// Everything that the value holds.
    case reading
    /// Only what decides a result: fields that merely name something are left out.
    case identity
    /// Only what differs from the defaults.
    case brief
}

extension Schema {
    /// The same form in the file, another type in the program.
    public func mapped<Other>(
        to forward: @escaping @Sendable (Value) -> Other, from backward: @escaping @Sendable (Other) -> Value
    ) -> Schema<Other> {
        Schema<Other>(
            shape, decode: { node, decoding in decode(node, &decoding).map(forward) },
            encode: { value, purpose in encode(backward(value), for: purpose) })
    }

    /// The same, refused where `problem` finds one.
    public func checked(_ problem: @escaping @Sendable (Value) -> Problem?) -> Schema {
        Schema(
            shape,
            decode: { node, decoding in
                guard let value = decode(node, &decoding) else { return nil }
                guard let found = problem(value) else { return value }
                let place = found.key.flatMap { node[$0]?.place } ?? node.place
                decoding.report(found.message.replacing("%", with: decoding.setting), at: place, help: found.help)
                return nil
            }, encode: encodeValue)
    }

    /// Nothing (`null`) gives `nil`.
    public var orNothing: Schema<Value?> {
        Schema<Value?>(
            .optional(shape),
            decode: { node, decoding in
                if node.kind == .null { return .some(nil) }
                return decode(node, &decoding).map(Optional.some)
            }, encode: { value, purpose in value.map { encode($0, for: purpose) } ?? .null })
    }

    /// The first of several forms that takes a value of the node's kind; `writing` tells which of them writes a value.
    public static func either(_ forms: Schema..., writing: @escaping @Sendable (Value) -> Int) -> Schema {
        let shape = Shape.either(forms.map(\.shape))
        return Schema(
            shape,
            decode: { node, decoding in
                guard let form = forms.first(where: { $0.shape.accepts(node.kind) }) else {
                    return decoding.mismatch(node, expected: shape.expected)
                }
                return form.decode(node, &decoding)
            },
            encode: { value, purpose in
                let index = writing(value)
                return forms.indices.contains(index) ? forms[index].encode(value, for: purpose) : .null
            })
    }
}

/// What a check found.
public struct Problem: Sendable {
    /// What is wrong; `%` stands for the setting's name.
    public let message: String
    /// What to do.
    public let help: String?
    /// The key below the node that the caret goes to; `nil`: the node itself.
    public let key: String?

    /// What a check found.
    public init(_ message: String, help: String? = nil, at key: String? = nil) {
        self.message = message
        self.help = help
        self.key = key
    }
}
