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
    /// In training, each number is 0 with this probability.
    case dropout(rate: Double)
    /// Each column centred and scaled by figures of the batch.
    case batchNormalization(momentum: Double = 0.99, epsilon: Double = 0.001)
    /// Each example centred and scaled by its own figures.
    case layerNormalization(epsilon: Double = 0.001)
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
    /// What the size of the weights adds to the loss; `nil`: nothing.
    public var kernelRegularizer: PenaltySettings?
    /// What the size of the biases adds to the loss; `nil`: nothing.
    public var biasRegularizer: PenaltySettings?

    /// A dense layer; the defaults are those of Keras.
    public init(
        units: Units, activation: Activation = .linear, useBias: Bool = true, kernelInitializer: Initializer = .glorotUniform,
        biasInitializer: Initializer = .zeros, kernelRegularizer: PenaltySettings? = nil, biasRegularizer: PenaltySettings? = nil
    ) {
        self.units = units
        self.activation = activation
        self.useBias = useBias
        self.kernelInitializer = kernelInitializer
        self.biasInitializer = biasInitializer
        self.kernelRegularizer = kernelRegularizer
        self.biasRegularizer = biasRegularizer
    }
}

/// l1 Σ |w| + l2 Σ w², added to the loss.
public struct PenaltySettings: Codable, Hashable, Sendable {
    /// The factor of Σ |w|.
    public var l1: Double
    /// The factor of Σ w².
    public var l2: Double

    /// A penalty.
    public init(l1: Double = 0, l2: Double = 0) {
        self.l1 = l1
        self.l2 = l2
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
    package static let schema = Schema<LayerSettings>.choice("layer", cases)

    /// An item of a list of layers: one layer, or some of them several times.
    package static let itemSchema = Schema<[LayerSettings]>.choice(
        "layer",
        cases.map { $0.mapped(to: { [$0] }, from: { $0.count == 1 ? $0[0] : nil }) } + [
            Case(
                "repeat", repetition.schema, doc: "Layers that stand several times, one group after another.",
                make: { times, layers in (1...max(1, times)).flatMap { group in layers.map { $0.numbered(group) } } }, get: { _ in nil })
        ])

    /// The same layer in a group of its own; its name gets the group's number, so that no two are the same.
    private func numbered(_ group: Int) -> LayerSettings {
        LayerSettings(name: name.map { "\($0)_\(group)" }, kind: kind)
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

    /// Every kind of layer is one case here.
    private static let cases: [Case<LayerSettings>] = [
        Case(
            "dense", DenseSettings.record.joined(with: name).schema, doc: "activation(input · kernel + bias).",
            make: { LayerSettings(name: $1, kind: .dense($0)) },
            get: { layer in if case .dense(let settings) = layer.kind { (settings, layer.name) } else { nil } }),
        Case(
            "activation", Activation.schema, doc: "An activation by itself.", make: { LayerSettings(kind: .activation($0)) },
            get: { if case .activation(let activation) = $0.kind { activation } else { nil } }),
        Case(
            "dropout", dropout, doc: "In training, each number is 0 with this probability.", make: { $0 },
            get: { if case .dropout = $0.kind { $0 } else { nil } }),
        Case(
            "batch_normalization", batchNormalization.joined(with: name).schema, aliases: ["batch_norm"],
            doc: "Each column centred and scaled by figures of the batch.",
            make: { LayerSettings(name: $1, kind: .batchNormalization(momentum: $0.momentum, epsilon: $0.epsilon)) },
            get: { layer in
                guard case .batchNormalization(let momentum, let epsilon) = layer.kind else { return nil }
                return ((momentum, epsilon), layer.name)
            }),
        Case(
            "layer_normalization", layerNormalization.joined(with: name).schema, aliases: ["layer_norm"],
            doc: "Each example centred and scaled by its own figures.",
            make: { LayerSettings(name: $1, kind: .layerNormalization(epsilon: $0)) },
            get: { layer in if case .layerNormalization(let epsilon) = layer.kind { (epsilon, layer.name) } else { nil } }),
    ]

    /// `dropout: 0.3`, or with a name `dropout: {rate: 0.3, name: first}`.
    private static let dropout = Schema<LayerSettings>.either(
        rate.mapped(to: { LayerSettings(kind: .dropout(rate: $0)) }, from: \.rate),
        Record<Double>(
            "dropout", Field("rate", { $0 }, rate, doc: "The probability of 0."), build: { $0 }
        ).joined(with: name).schema.mapped(to: { LayerSettings(name: $1, kind: .dropout(rate: $0)) }, from: { ($0.rate, $0.name) }),
        writing: { _ in 0 })

    private static let rate = Schema<Double>.number(.from(0, below: 1).inSinglePrecision)

    private var rate: Double { if case .dropout(let rate) = kind { rate } else { 0 } }

    private static let batchNormalization = Record<(momentum: Double, epsilon: Double)>(
        "batch_normalization",
        Field(
            "momentum", \.momentum, .number(.from(0, below: 1).inSinglePrecision), default: 0.99,
            doc: "The share of the running figures that a step keeps."),
        Field(
            "epsilon", \.epsilon, .number(.above(0).inSinglePrecision), default: 0.001, misnomers: ["eps"],
            doc: "Keeps the divisor away from 0."),
        build: { ($0, $1) })

    private static let layerNormalization = Record<Double>(
        "layer_normalization",
        Field(
            "epsilon", { $0 }, .number(.above(0).inSinglePrecision), default: 0.001, misnomers: ["eps"],
            doc: "Keeps the divisor away from 0."),
        build: { $0 })

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
    package static let record = Record<DenseSettings>(
        "dense",
        Field("units", \.units, Units.schema, misnomers: ["width", "size"], doc: "How many units; classes: as many as the target needs."),
        Field("activation", \.activation, Activation.schema, default: .linear, doc: "What is applied to each unit's sum."),
        Field("use_bias", \.useBias, .boolean, default: true, misnomers: ["bias"], doc: "Whether a trained number is added to each sum."),
        Field(
            "kernel_initializer", \.kernelInitializer, Initializer.schema, default: .glorotUniform, misnomers: ["initializer"],
            doc: "The first weights."),
        Field("bias_initializer", \.biasInitializer, Initializer.schema, default: .zeros, doc: "The first biases."),
        Field(
            optional: "kernel_regularizer", \.kernelRegularizer, PenaltySettings.schema, misnomers: ["regularizer", "weight_decay"],
            doc: "What the size of the weights adds to the loss."),
        Field(
            optional: "bias_regularizer", \.biasRegularizer, PenaltySettings.schema, doc: "What the size of the biases adds to the loss."),
        build: DenseSettings.init)

    /// How wide a layer may be: what is larger is a slip, and would not fit into memory.
    package static let widths = Bounds.atLeast(1, upTo: 1_000_000)
}

extension PenaltySettings {
    package static let schema = Record<PenaltySettings>(
        "regularizer",
        Field("l1", \.l1, .number(.atLeast(0).inSinglePrecision), default: 0, doc: "The factor of Σ |w|."),
        Field("l2", \.l2, .number(.atLeast(0).inSinglePrecision), default: 0, doc: "The factor of Σ w²."),
        build: PenaltySettings.init
    ).schema
}

extension Units {
    package static let schema = Schema<Units>.either(
        Schema<Int>.integer(DenseSettings.widths).mapped(to: Units.count, from: { if case .count(let count) = $0 { count } else { 0 } }),
        .enumeration("width", Choosable("classes", .target, aliases: ["target"], doc: "As many as the target needs.")),
        writing: { if case .count = $0 { 0 } else { 1 } })
}
