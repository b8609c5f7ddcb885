import Documents

/// What layers have in common that sum inputs times a kernel: activation(sums + bias).
public struct WeightSettings: Hashable, Sendable {
    /// What is applied to each sum.
    public var activation: Activation
    /// Whether a trained number is added to each sum.
    public var useBias: Bool
    /// The first weights.
    public var kernelInitializer: Initializer
    /// The first biases.
    public var biasInitializer: Initializer
    /// What the size of the weights adds to the loss; `nil`: nothing.
    public var kernelRegularizer: PenaltySettings?
    /// What the size of the biases adds to the loss; `nil`: nothing.
    public var biasRegularizer: PenaltySettings?
    /// What the numbers that the layer gives add to the loss; `nil`: nothing.
    public var activityRegularizer: ActivityPenaltySettings?

    /// The defaults are those of Keras.
    public init(
        activation: Activation = .linear, useBias: Bool = true, kernelInitializer: Initializer = .glorotUniform,
        biasInitializer: Initializer = .zeros, kernelRegularizer: PenaltySettings? = nil, biasRegularizer: PenaltySettings? = nil,
        activityRegularizer: ActivityPenaltySettings? = nil
    ) {
        self.activation = activation
        self.useBias = useBias
        self.kernelInitializer = kernelInitializer
        self.biasInitializer = biasInitializer
        self.kernelRegularizer = kernelRegularizer
        self.biasRegularizer = biasRegularizer
        self.activityRegularizer = activityRegularizer
    }

    private static let usual = WeightSettings()

    /// The keys; those of the kernel begin with `kernel`, or what a layer calls it.
    static func record(kernel: String = "kernel") -> Record<WeightSettings> {
        Record<WeightSettings>(
            "weights",
            Field("activation", \.activation, Activation.schema, default: usual.activation, doc: "What is applied to each sum."),
            Field(
                "use_bias", \.useBias, .boolean, default: usual.useBias, misnomers: ["bias"],
                doc: "Whether a trained number is added to each sum."),
            Field(
                "\(kernel)_initializer", \.kernelInitializer, Initializer.schema, default: usual.kernelInitializer,
                misnomers: ["initializer"], doc: "The first weights."),
            Field("bias_initializer", \.biasInitializer, Initializer.schema, default: usual.biasInitializer, doc: "The first biases."),
            Field(
                optional: "\(kernel)_regularizer", \.kernelRegularizer, PenaltySettings.schema, misnomers: ["regularizer", "weight_decay"],
                doc: "What the size of the weights adds to the loss."),
            Field(
                optional: "bias_regularizer", \.biasRegularizer, PenaltySettings.schema,
                doc: "What the size of the biases adds to the loss."),
            Field(
                optional: "activity_regularizer", \.activityRegularizer, ActivityPenaltySettings.schema,
                misnomers: ["activity_penalty", "sparsity"], doc: "What the numbers that the layer gives add to the loss."),
            build: WeightSettings.init)
    }
}

/// A layer with ``WeightSettings``.
public protocol WeightedLayerKind: LayerKind {
    /// Activation, bias, first weights and penalties.
    var weights: WeightSettings { get set }
    /// What of its own settings does not go with these.
    func problem(with weights: WeightSettings) -> Problem?
}

extension WeightedLayerKind {
    /// Nothing.
    public func problem(with weights: WeightSettings) -> Problem? { nil }
    /// What is applied to each sum.
    public var activation: Activation { weights.activation }
    /// Whether a trained number is added to each sum.
    public var useBias: Bool { weights.useBias }
    /// The activation.
    public var lastActivation: Activation? { weights.activation }
    /// `activation`.
    public static var activationKey: String? { "activation" }
    /// Without an activation.
    public var isLinear: Bool { weights.activation == .linear }
    /// Its kernel and bias.
    public static var hasParameters: Bool { true }
}

extension LayerSettings {
    /// The case of a kind of layer with ``WeightSettings``, whose other settings are a record.
    static func weighted<Kind: WeightedLayerKind>(_ kind: Record<Kind>, kernel: String = "kernel", doc: String) -> Case<LayerSettings> {
        Case(
            Kind.key,
            kind.joined(with: WeightSettings.record(kernel: kernel)).joined(with: name.joined(with: trainable)).schema.checked {
                settings, _ in
                settings.1.problem ?? settings.0.problem(with: settings.1)
            }, doc: doc,
            make: { settings, common in
                var kind = settings.0
                kind.weights = settings.1
                return LayerSettings(name: common.0, kind: kind, isFrozen: common.1)
            },
            get: { layer in (layer.kind as? Kind).map { (($0, $0.weights), (layer.name, layer.isFrozen)) } })
    }
}
