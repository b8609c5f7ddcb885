import Documents

/// activation(input · kernelᵀ + bias), with the kernel of an earlier dense layer: as many units as that has inputs.
public struct DenseTransposedSettings: LayerKind {
    /// What weights call the layer whose kernel it is, such as `layer_2`; in a file its own name does as well.
    public var source: String
    /// What is applied to each sum.
    public var activation: Activation
    /// Whether a trained number is added to each sum.
    public var useBias: Bool
    /// The first biases.
    public var biasInitializer: Initializer
    /// What the size of the biases adds to the loss; nil: nothing.
    public var biasRegularizer: PenaltySettings?

    /// A layer on the kernel of another.
    public init(
        of source: String, activation: Activation = .linear, useBias: Bool = true, biasInitializer: Initializer = .zeros,
        biasRegularizer: PenaltySettings? = nil
    ) {
        self.source = source
        self.activation = activation
        self.useBias = useBias
        self.biasInitializer = biasInitializer
        self.biasRegularizer = biasRegularizer
    }
}

// MARK: - What follows

extension DenseTransposedSettings {
    /// Its bias; the kernel is the other's.
    public static var hasParameters: Bool { true }
    /// As many numbers come out as go into the other.
    public static var setsWidth: Bool { true }
    /// The other layer says it.
    public static var widthKey: String { "of" }
    /// The activation.
    public var lastActivation: Activation? { activation }
    /// `activation`.
    public static var activationKey: String? { "activation" }
    /// Without an activation.
    public var isLinear: Bool { activation == .linear }
    /// The other layer.
    public var kernelSource: String? { source }
}

extension ModelSettings {
    /// The same with names by which layers call the owners of their kernels replaced by those of weights, which do not change with what a file calls a layer.
    func resolvingKernelSources() -> ModelSettings {
        var model = self
        for place in layers.indices {
            guard var tied = layers[place].kind as? DenseTransposedSettings,
                let owner = layers[..<place].firstIndex(where: { $0.name == tied.source })
            else { continue }
            tied.source = "layer_\(owner + 1)"
            model.layers[place].kind = tied
        }
        return model
    }

    /// A layer on the kernel of one that does not stand before it, or has none.
    var kernelSourceProblem: Problem? {
        let names = layerNames
        for (place, layer) in layers.enumerated() {
            guard let source = layer.kind.kernelSource else { continue }
            let owners = layers[..<place].indices.filter { layers[$0].kind is DenseSettings }
            if owners.contains(where: { names[$0] == source }) { continue }
            let known = owners.map { layers[$0].name ?? names[$0] }
            return Problem(
                "\(layer.kind.key) of \"\(source)\": there is no dense layer of that name before it",
                help: known.isEmpty ? "put a dense layer before it" : Suggestion.help(for: source, among: known, called: "there are"))
        }
        return nil
    }
}

// MARK: - In the file

extension DenseTransposedSettings {
    /// `dense_transposed`.
    public static var key: String { "dense_transposed" }

    /// `dense transposed`.
    public static var spokenKey: String { "dense transposed" }

    private static let usual = DenseTransposedSettings(of: "")

    /// `dense_transposed: {of: code, activation: sigmoid}`.
    public static let written = LayerSettings.written(
        Record<DenseTransposedSettings>(
            key,
            Field(
                "of", \.source, .text("layer's name"), misnomers: ["layer", "tied_to", "source"],
                doc: "The earlier dense layer, by its name or as weights call it, such as layer_2."),
            Field("activation", \.activation, Activation.schema, default: usual.activation, doc: "What is applied to each sum."),
            Field(
                "use_bias", \.useBias, .boolean, default: usual.useBias, misnomers: ["bias"],
                doc: "Whether a trained number is added to each sum."),
            Field("bias_initializer", \.biasInitializer, Initializer.schema, default: usual.biasInitializer, doc: "The first biases."),
            Field(
                optional: "bias_regularizer", \.biasRegularizer, PenaltySettings.schema,
                doc: "What the size of the biases adds to the loss."),
            build: DenseTransposedSettings.init(of:activation:useBias:biasInitializer:biasRegularizer:)),
        doc: "activation(input · kernelᵀ + bias), with the kernel of an earlier dense layer, which follows the gradients of both.")
}
