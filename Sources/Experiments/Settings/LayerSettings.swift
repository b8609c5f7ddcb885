import Documents

/// One layer.
public struct LayerSettings: Codable, Hashable, Sendable {
    /// A name to address the layer by, as in `model.middle.units`; it does not change the result.
    public var name: String?
    /// What the layer is.
    public var kind: LayerKind

    /// A layer, with or without a name.
    public init(name: String? = nil, kind: LayerKind) {
        self.name = name
        self.kind = kind
    }
}

/// The kinds of layers.
public enum LayerKind: Codable, Hashable, Sendable {
    /// activation(input · kernel + bias).
    case dense(DenseSettings)
    /// An activation by itself.
    case activation(Activation)
}

/// A layer in which every unit sees every input.
public struct DenseSettings: Codable, Hashable, Sendable {
    /// How many units.
    public var units: Units
    /// What is applied to each unit's sum.
    public var activation: Activation
    /// Whether a trained number is added to each unit's sum.
    public var useBias: Bool
    /// The first weights.
    public var kernelInitializer: Initializer
    /// The first biases.
    public var biasInitializer: Initializer

    /// A dense layer; the defaults are those of Keras.
    public init(
        units: Units, activation: Activation = .linear, useBias: Bool = true, kernelInitializer: Initializer = .glorotUniform,
        biasInitializer: Initializer = .zeros
    ) {
        self.units = units
        self.activation = activation
        self.useBias = useBias
        self.kernelInitializer = kernelInitializer
        self.biasInitializer = biasInitializer
    }
}

/// The width of a layer.
public enum Units: Codable, Hashable, Sendable {
    /// So many.
    case count(Int)
    /// As many as the target needs: its classes under softmax, 1 under sigmoid for two classes, its width when it is numeric.
    case target
}

// MARK: - In the file

extension LayerSettings {
    /// Every kind of layer is one case here.
    static let schema = Schema<LayerSettings>.choice(
        "layer",
        Case(
            "dense", DenseSettings.record.joined(with: name).schema, doc: "activation(input · kernel + bias).",
            make: { LayerSettings(name: $1, kind: .dense($0)) },
            get: { layer in if case .dense(let settings) = layer.kind { (settings, layer.name) } else { nil } }),
        Case(
            "activation", Activation.schema, doc: "An activation by itself.", make: { LayerSettings(kind: .activation($0)) },
            get: { if case .activation(let activation) = $0.kind { activation } else { nil } }))

    private static let name = Record<String?>(
        "layer",
        Field(
            optional: "name", { $0 },
            Schema<String>.text("name").checked { name in
                let isPlain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
                return isPlain ? nil : Problem("the name \"\(name)\" holds other than letters, digits, _ and -")
            }, identifying: false, doc: "A name to address the layer by, as in model.middle.units."),
        build: { .some($0) })
}

extension DenseSettings {
    static let record = Record<DenseSettings>(
        "dense",
        Field("units", \.units, Units.schema, misnomers: ["width", "size"], doc: "How many units; classes: as many as the target needs."),
        Field("activation", \.activation, Activation.schema, default: .linear, doc: "What is applied to each unit's sum."),
        Field("use_bias", \.useBias, .boolean, default: true, misnomers: ["bias"], doc: "Whether a trained number is added to each sum."),
        Field(
            "kernel_initializer", \.kernelInitializer, Initializer.schema, default: .glorotUniform, misnomers: ["initializer"],
            doc: "The first weights."),
        Field("bias_initializer", \.biasInitializer, Initializer.schema, default: .zeros, doc: "The first biases."),
        build: DenseSettings.init)

    /// How wide a layer may be: what is larger is a slip, and would not fit into memory.
    static let widths = Bounds.atLeast(1, upTo: 1_000_000)
}

extension Units {
    static let schema = Schema<Units>.either(
        Schema<Int>.integer(DenseSettings.widths).mapped(to: Units.count, from: { if case .count(let count) = $0 { count } else { 0 } }),
        .enumeration("width", Choosable("classes", .target, aliases: ["target"], doc: "As many as the target needs.")),
        writing: { if case .count = $0 { 0 } else { 1 } })
}
