import Documents

/// An autoencoder in few words; it becomes its layers: the encoder's, the code, the decoder's, and an output as wide as the inputs.
struct AutoencoderSettings {
    var encoder: [LayerSettings]
    var code: Code
    /// What a code applies that is given as a number.
    var activation: Activation
    var decoder: Decoder
    var isTied: Bool
    var output: Activation?

    /// The layer in the middle.
    enum Code {
        /// A dense one of so many units.
        case units(Int)
        /// Any.
        case layer(LayerSettings)
    }

    /// The layers behind the code.
    enum Decoder {
        /// The encoder's, the other way round.
        case mirror
        /// These.
        case layers([LayerSettings])
    }

    /// What the middle is called.
    static let codeName = "code"

    private static let usual = AutoencoderSettings(
        encoder: [], code: .units(1), activation: .relu, decoder: .mirror, isTied: false, output: nil)
}

// MARK: - As layers

extension AutoencoderSettings {
    var layers: [LayerSettings] { encoder + [middle] + behindCode + end }

    private var middle: LayerSettings {
        switch code {
        case .units(let units):
            return LayerSettings(name: Self.codeName, kind: DenseSettings(units: .count(units), activation: activation))
        case .layer(var layer):
            layer.name = layer.name ?? Self.codeName
            return layer
        }
    }

    /// The dense layers of the encoder and their places.
    private var dense: [(place: Int, settings: DenseSettings)] {
        encoder.enumerated().compactMap { place, layer in (layer.kind as? DenseSettings).map { (place, $0) } }
    }

    private var behindCode: [LayerSettings] {
        switch decoder {
        case .layers(let layers): layers
        case .mirror: dense.reversed().enumerated().map { step, layer in mirrored(step, layer.settings.units, of: layer.settings) }
        }
    }

    private var end: [LayerSettings] {
        guard let output else { return [] }
        var last = DenseSettings(units: .target, activation: output)
        guard case .mirror = decoder else { return [LayerSettings(kind: last)] }
        last.weights.kernelInitializer = kernelSource(dense.count).initializer
        last.weights.kernelRegularizer = kernelSource(dense.count).penalty
        return [isTied ? tied(dense.count, of: last.weights) : LayerSettings(kind: last)]
    }

    /// The layer of a step behind the code that gives what `layer` gives.
    private func mirrored(_ step: Int, _ units: Units, of layer: DenseSettings) -> LayerSettings {
        if isTied { return tied(step, of: layer.weights) }
        let kernel = kernelSource(step)
        return LayerSettings(
            kind: DenseSettings(
                units: units, activation: layer.activation, useBias: layer.useBias, kernelInitializer: kernel.initializer,
                biasInitializer: layer.weights.biasInitializer, kernelRegularizer: kernel.penalty,
                biasRegularizer: layer.weights.biasRegularizer))
    }

    private func tied(_ step: Int, of weights: WeightSettings) -> LayerSettings {
        let place = step == 0 ? encoder.count : dense[dense.count - step].place
        return LayerSettings(
            kind: DenseTransposedSettings(
                of: "layer_\(place + 1)", activation: weights.activation, useBias: weights.useBias,
                biasInitializer: weights.biasInitializer, biasRegularizer: weights.biasRegularizer))
    }

    /// First weights and penalty of the kernel that a step behind the code turns round.
    private func kernelSource(_ step: Int) -> (initializer: Initializer, penalty: PenaltySettings?) {
        guard step == 0 else {
            let weights = dense[dense.count - step].settings.weights
            return (weights.kernelInitializer, weights.kernelRegularizer)
        }
        switch middle.kind {
        case let code as DenseSettings: return (code.weights.kernelInitializer, code.weights.kernelRegularizer)
        case let code as VariationalSettings: return (code.kernelInitializer, code.kernelRegularizer)
        default: return (WeightSettings().kernelInitializer, nil)
        }
    }

    /// What does not go together.
    var problem: Problem? {
        guard case .mirror = decoder else {
            return isTied
                ? Problem("tied is of decoder: mirror", help: "write dense_transposed: {of: code} in the decoder", at: "tied") : nil
        }
        let written = "write decoder: [layers], which ends in what the inputs are"
        if let other = encoder.first(where: { !($0.kind is DenseSettings) && !type(of: $0.kind).takesAnyShape }) {
            return Problem("decoder: mirror turns dense layers round, the encoder has \(other.kind.key)", help: written, at: "encoder")
        }
        if !(middle.kind is DenseSettings || middle.kind is VariationalSettings) {
            return Problem("decoder: mirror begins behind a dense or variational code, not \(middle.kind.key)", help: written, at: "code")
        }
        if isTied, !(middle.kind is DenseSettings) {
            return Problem("\(middle.kind.key) has no kernel that a decoder could be tied to", help: "leave out tied", at: "tied")
        }
        if output == nil {
            return Problem(
                "decoder: mirror needs output, what the last layer applies",
                help: "write output: sigmoid for inputs between 0 and 1, or output: linear")
        }
        return nil
    }
}

// MARK: - In the file

extension AutoencoderSettings {
    private static let list = Schema<[LayerSettings]>.list(of: LayerSettings.schema, upTo: ModelSettings.mostLayers)

    static let schema = Record<AutoencoderSettings>(
        "autoencoder",
        Field("encoder", \.encoder, list, default: usual.encoder, doc: "The layers before the code; [] for none."),
        Field(
            "code", \.code, Code.schema, misnomers: ["latent", "bottleneck"],
            doc: "The layer in the middle, which is called code: the units of a dense one, or any layer, such as {variational: {units: 2}}."
        ),
        Field(
            "activation", \.activation, Activation.schema, default: usual.activation,
            doc: "What a code applies that is given as a number."),
        Field(
            "decoder", \.decoder, Decoder.schema, default: usual.decoder,
            doc: "The layers behind the code: mirror, the encoder's dense ones the other way round, or a list."),
        Field(
            "tied", \.isTied, .boolean, default: usual.isTied, misnomers: ["tied_weights"],
            doc: "Whether a mirrored decoder uses the encoder's kernels, transposed."),
        Field(
            optional: "output", \.output, Activation.schema,
            doc:
                "What the last layer applies, a dense one as wide as the inputs; without it the network ends with the last layer of the decoder."
        ),
        build: AutoencoderSettings.init
    ).schema.checked { $0.problem }
}

extension AutoencoderSettings.Code {
    fileprivate static let schema = Schema<Self>.either(
        Schema<Int>.integer(DenseSettings.widths).mapped(to: Self.units, from: { if case .units(let units) = $0 { units } else { 0 } }),
        LayerSettings.schema.mapped(
            to: Self.layer, from: { if case .layer(let layer) = $0 { layer } else { LayerSettings(kind: FlattenSettings()) } }),
        writing: { if case .units = $0 { 0 } else { 1 } })
}

extension AutoencoderSettings.Decoder {
    fileprivate static let schema = Schema<Self>.either(
        Schema<Bool>.enumeration("decoder", Choosable("mirror", true, doc: "The encoder's dense layers, the other way round."))
            .mapped(to: { _ in .mirror }, from: { _ in true }),
        Schema<[LayerSettings]>.list(of: LayerSettings.schema, upTo: ModelSettings.mostLayers).mapped(
            to: Self.layers, from: { if case .layers(let layers) = $0 { layers } else { [] } }),
        writing: { if case .mirror = $0 { 0 } else { 1 } })
}

extension ModelSettings {
    /// The setting of an `autoencoder`, given as its node, that a setting of one of its layers came from: where the layer stands, and what leads on from there.
    package static func autoencoderSetting(of autoencoder: Node, layer: Int, rest: [SettingPath.Step]) -> [SettingPath.Step] {
        let encoder = autoencoder["encoder"]?.items ?? []
        if layer < encoder.count { return [.key("encoder"), .index(layer)] + rest }
        let behind = layer - encoder.count - 1
        if behind < 0 { return [.key("code")] + rest }
        if let written = autoencoder["decoder"]?.items {
            return behind < written.count ? [.key("decoder"), .index(behind)] + rest : [.key("output")]
        }
        let dense = encoder.indices.filter { encoder[$0][DenseSettings.key] != nil }
        return behind < dense.count ? [.key("encoder"), .index(dense[dense.count - 1 - behind])] + rest : [.key("output")]
    }
}
