import Documents

/// One layer.
public struct LayerSettings: Sendable {
    /// A name to address the layer by, as in `model.middle.units`; it does not change the result.
    public var name: String?
    /// What the layer is.
    public var kind: any LayerKind
    /// Whether its parameters stay as they are.
    public var isFrozen: Bool

    /// A layer, with or without a name.
    public init(name: String? = nil, kind: any LayerKind, isFrozen: Bool = false) {
        self.name = name
        self.kind = kind
        self.isFrozen = isFrozen
    }

    /// How wide a layer may be: what is larger is a slip, and would not fit into memory.
    public static let widest = 1_000_000

    /// Every kind of layer.
    public static let kinds: [any LayerKind.Type] = [
        DenseSettings.self, ActivationSettings.self, DropoutSettings.self, BatchNormalizationSettings.self,
        LayerNormalizationSettings.self, Conv2DSettings.self, MaxPooling2DSettings.self, AveragePooling2DSettings.self,
        GlobalMaxPooling2DSettings.self, GlobalAveragePooling2DSettings.self, FlattenSettings.self, ReshapeSettings.self,
        EmbeddingSettings.self, SimpleRNNSettings.self, LSTMSettings.self, GRUSettings.self, BidirectionalSettings.self,
        TimeDistributedSettings.self, OneHotSettings.self,
        Conv1DSettings.self, MaxPooling1DSettings.self, AveragePooling1DSettings.self,
        GlobalMaxPooling1DSettings.self, GlobalAveragePooling1DSettings.self, Conv2DTransposeSettings.self, DepthwiseConv2DSettings.self,
        UpSampling2DSettings.self, ZeroPadding2DSettings.self, SpatialDropout1DSettings.self, SpatialDropout2DSettings.self,
        ResidualSettings.self, GaussianNoiseSettings.self, MaskingNoiseSettings.self, VariationalSettings.self,
        DenseTransposedSettings.self, RBMSettings.self,
    ]

    /// The kind that a file calls so.
    public static func kind(called key: String) -> (any LayerKind.Type)? { kinds.first { $0.key == key } }
}

extension LayerSettings: Hashable {
    /// Whether name, kind, settings and whether they train are the same.
    public static func == (one: LayerSettings, other: LayerSettings) -> Bool {
        one.name == other.name && one.isFrozen == other.isFrozen && one.kind.erased == other.kind.erased
    }

    /// Name, kind, settings, and whether it trains.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(isFrozen)
        hasher.combine(kind.erased)
    }
}

// MARK: - In the file

extension LayerSettings {
    static let schema = Schema<LayerSettings>.choice("layer", definedAs: "layer", cases)

    /// An item of a list of layers: one layer, or some of them several times.
    static let itemSchema = Schema<[LayerSettings]>.choice(
        "layer", definedAs: "layers",
        cases.map { $0.mapped(to: { [$0] }, from: { $0.count == 1 ? $0[0] : nil }) } + [
            Case(
                "repeat", repetition.schema, doc: "Layers that stand several times, one group after another.",
                make: { times, layers in (1...max(1, times)).flatMap { group in layers.map { $0.numbered(group) } } }, get: { _ in nil })
        ])

    /// The same layer in a group of its own; its name gets the group's number, so that no two are the same.
    private func numbered(_ group: Int) -> LayerSettings {
        LayerSettings(name: name.map { "\($0)_\(group)" }, kind: kind, isFrozen: isFrozen)
    }

    private static let repetition = Record<(times: Int, layers: [LayerSettings])>(
        "repeat",
        Field("times", \.times, .integer(.atLeast(1, upTo: 1000)), misnomers: ["count"], doc: "How often."),
        Field(
            "layers", \.layers, .list(of: schema, atLeast: 1, upTo: ModelSettings.mostLayers),
            doc: """
                The layers of a group. A name addresses the layer in all groups, as in model.hidden.units; the layers are then called hidden_1, \
                hidden_2, …
                """),
        build: { ($0, $1) })

    private static let cases: [Case<LayerSettings>] = kinds.map { $0.written }

    /// A layer of a block: of any kind but one that needs the names of a network's layers, a block of others among them.
    static let schemaInBlocks = Schema<LayerSettings>.choice(
        "layer", definedAs: "layer_of_block", casesOfOthers + [ResidualSettings.block(of: schemaOfOthers)])

    /// A layer of a block in a block: of any kind but a block.
    private static let schemaOfOthers = Schema<LayerSettings>.choice("layer", definedAs: "layer_of_inner_block", casesOfOthers)

    private static let casesOfOthers = kinds.filter { $0 != ResidualSettings.self && $0 != DenseTransposedSettings.self }.map { $0.written }

    /// The case of a kind of layer that has parameters and whose settings are a record.
    static func written<Kind: LayerKind>(_ kind: Record<Kind>, aliases: [String] = [], doc: String) -> Case<LayerSettings> {
        Case(
            Kind.key, kind.joined(with: name.joined(with: trainable)).schema, aliases: aliases, doc: doc,
            make: { LayerSettings(name: $1.0, kind: $0, isFrozen: $1.1) },
            get: { layer in (layer.kind as? Kind).map { ($0, (layer.name, layer.isFrozen)) } })
    }

    /// The case of a kind of layer without parameters whose settings are a record.
    static func withoutParameters<Kind: LayerKind>(_ kind: Record<Kind>, aliases: [String] = [], doc: String) -> Case<LayerSettings> {
        Case(
            Kind.key, kind.joined(with: name).schema, aliases: aliases, doc: doc, make: { LayerSettings(name: $1, kind: $0) },
            get: { layer in (layer.kind as? Kind).map { ($0, layer.name) } })
    }

    /// What may stand beside the settings of any layer.
    static let name = Record<String?>(
        "layer",
        Field(
            optional: "name", { $0 },
            Schema<String>.text("name").checked { name in
                let isPlain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
                return isPlain ? nil : Problem("the name \"\(name)\" holds other than letters, digits, _ and -")
            }, identifying: false, doc: "A name to address the layer by, as in model.middle.units."),
        build: { .some($0) })

    /// What may stand beside those of a layer with parameters.
    static let trainable = Record<Bool>(
        "layer",
        Field(
            optional: "trainable", { isFrozen in isFrozen ? false : nil }, .boolean, misnomers: ["requires_grad"],
            doc: "Whether its weights follow the gradient, true unless written; else batch normalization uses its running figures, too."),
        build: { !($0 ?? true) })
}
