import Documents

/// A multi-layer perceptron in few words; it becomes its layers.
struct MLPSettings {
    var hidden: [Int]
    var activation: Activation
    var output: Activation
    var dropout: Double
    var isNormalized: Bool
    var kernelInitializer: Initializer
    var kernelRegularizer: PenaltySettings?

    var layers: [LayerSettings] {
        hidden.flatMap { hiddenLayer(of: $0) } + [dense(.target, output)]
    }

    /// A dense layer with its activation, and what goes with it.
    private func hiddenLayer(of width: Int) -> [LayerSettings] {
        let layer =
            isNormalized
            ? [
                dense(.count(width), .linear), LayerSettings(kind: BatchNormalizationSettings()),
                LayerSettings(kind: ActivationSettings(activation)),
            ] : [dense(.count(width), activation)]
        return dropout == 0 ? layer : layer + [LayerSettings(kind: DropoutSettings(rate: dropout))]
    }

    private func dense(_ units: Units, _ activation: Activation) -> LayerSettings {
        LayerSettings(
            kind: DenseSettings(
                units: units, activation: activation, kernelInitializer: kernelInitializer, kernelRegularizer: kernelRegularizer))
    }

    static let schema = Record<MLPSettings>(
        "mlp",
        Field(
            "hidden", \.hidden, .list(of: .integer(DenseSettings.widths), upTo: ModelSettings.mostLayers),
            doc: "The widths of the hidden layers; [] for none."),
        Field("activation", \.activation, Activation.schema, default: .relu, doc: "What the hidden layers apply."),
        Field("output", \.output, Activation.schema, doc: "What the last layer applies."),
        Field(
            "dropout", \.dropout, DropoutSettings.probability, default: 0, misnomers: ["dropout_rate"],
            doc: "In training, each number that a hidden layer gives is 0 with this probability; 0 for no dropout."),
        Field(
            "batch_norm", \.isNormalized, .boolean, default: false,
            misnomers: ["batch_normalization", "batchnorm", "use_batch_norm", "norm"],
            doc: "Whether batch normalization stands between each hidden layer's product and its activation; dropout follows that."),
        Field(
            "kernel_initializer", \.kernelInitializer, Initializer.schema, default: WeightSettings().kernelInitializer,
            misnomers: ["initializer"],
            doc: "The first weights of all layers."),
        Field(
            optional: "kernel_regularizer", \.kernelRegularizer, PenaltySettings.schema, misnomers: ["regularizer", "weight_decay"],
            doc: "What the size of all layers' weights adds to the loss."),
        build: MLPSettings.init
    ).schema
}

extension ModelSettings {
    /// The setting of a `mlp`, given as its node, that a setting of one of its layers came from: where the layer stands, and the last key of the address.
    package static func mlpSetting(of mlp: Node, layer: Int, key: String?) -> [SettingPath.Step] {
        let widths = mlp["hidden"]?.items?.count ?? 0
        let isNormalized = mlp["batch_norm"]?.scalar?.meaning == .boolean(true)
        let rate: Double? =
            switch mlp["dropout"]?.scalar?.meaning {
            case .number(let rate): rate
            default: nil
            }
        // The layers that each width becomes, by what they came from.
        let group = [["hidden"], isNormalized ? ["batch_norm", "activation"] : [], rate ?? 0 > 0 ? ["dropout"] : []].flatMap(\.self)
        let isHidden = layer < widths * group.count
        if key == "kernel_initializer" || key == "kernel_regularizer" { return [.key(key ?? "")] }
        guard isHidden else { return [.key("output")] }
        let source = group[layer % group.count]
        guard source == "hidden" else { return [.key(source)] }
        return key == "activation" ? [.key("activation")] : [.key("hidden"), .index(layer / group.count)]
    }
}
