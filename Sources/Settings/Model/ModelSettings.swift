import Documents

/// A network as a chain of layers; the width of the input is that of the encoded data. A `mlp` or `autoencoder` in the file has become its layers here.
public struct ModelSettings: Hashable, Sendable {
    /// The layers, from input to output.
    public var layers: [LayerSettings]
    /// The network that they learn against, where they make examples from noise.
    public var opponent: OpponentSettings?

    /// A chain of layers.
    public init(layers: [LayerSettings], opponent: OpponentSettings? = nil) {
        self.layers = layers
        self.opponent = opponent
    }

    /// The setting of the layers.
    public var layersPath: String { opponent == nil ? "model.layers" : "model.\(Self.generatorName).layers" }

    /// Whether the network is one linear function: dense layers without activation, however many.
    public var isLinear: Bool { layers.allSatisfy(\.kind.isLinear) }

    /// The activation that a network's numbers come from, and the place of its layer; nil when the last layer is of another kind.
    public var lastActivation: (place: Int, activation: Activation)? {
        guard let place = lastPlace else { return nil }
        return layers[place].kind.lastActivation.map { (place, $0) }
    }

    /// The place of the layer that a network's numbers come from.
    public var lastPlace: Int? { layers.lastIndex { !$0.kind.isTransparent } }

    /// The place of the layer that says how many numbers come out.
    public var outputPlace: Int? { layers.lastIndex { type(of: $0.kind).setsWidth } }

    /// The layers whose width is a count, but for the output: their places and widths.
    public var hiddenWidths: [(place: Int, width: Int)] {
        layers.indices.compactMap { place in place == outputPlace ? nil : layers[place].kind.width.map { (place, $0) } }
    }

    /// What streams of random numbers, weights and gradients call the layers: `layer_1`, …, and `output` for the last that says how many numbers come out;
    /// behind `generator/` where they have an opponent.
    public var layerNames: [String] { layerNames(behind: opponent == nil ? "" : Self.generatorName + "/") }

    /// The same behind what tells them from those of another network.
    package func layerNames(behind prefix: String) -> [String] {
        let output = outputPlace
        return layers.indices.map { prefix + ($0 == output ? Self.outputName : "layer_\($0 + 1)") }
    }

    /// What the layer is called that says how many numbers come out.
    static let outputName = "output"

    /// The names of the layers that have something to train.
    public var trainedLayerNames: [String] {
        zip(layers, layerNames).compactMap { type(of: $0.kind).hasParameters && !$0.isFrozen && !$0.kind.isFrozenWithin ? $1 : nil }
    }

    /// The setting of the activation of the layer at a place, such as `model.layers[1].activation`.
    public func activationPath(_ place: Int) -> String {
        let layer = "\(layersPath)[\(place)]"
        return type(of: layers[place].kind).activationKey.map { "\(layer).\($0)" } ?? layer
    }
}

extension ModelSettings {
    /// The setting of the width of the layer at a place, such as `model.layers[1].units`; the layer where it has none.
    public func widthPath(_ place: Int) -> String {
        let kind = layers[place].kind
        return "\(layersPath)[\(place)]" + (kind.width != nil || type(of: kind).setsWidth ? ".\(type(of: kind).widthKey)" : "")
    }
}

// MARK: - In the file

extension ModelSettings {
    /// The same network in which chosen layers stay as they are.
    public func freezing(_ choice: LayerChoice?) -> ModelSettings {
        guard let choice else { return self }
        var model = self
        for place in places(of: choice).places where type(of: layers[place].kind).hasParameters { model.layers[place].isFrozen = true }
        return model
    }
}

extension TrialSettings {
    /// The network as it is trained: with what stays as it is.
    public var trainedModel: ModelSettings { model.freezing(training.freeze) }
}

extension ModelSettings {
    /// Far beyond what trains, and few enough to look at.
    package static let mostLayers = 1000

    package static let schema = Schema<ModelSettings>.choice(
        "model", orKeys: pair, where: { $0.opponent != nil },
        Case(
            "mlp", MLPSettings.schema, doc: "Hidden layers of one kind and an output as wide as the target needs.",
            make: { ModelSettings(layers: $0.layers) }, get: { _ in nil }),
        Case(
            "autoencoder", AutoencoderSettings.schema, doc: "An encoder, a code, and a decoder as wide as the inputs.",
            make: { ModelSettings(layers: $0.layers).resolvingKernelSources() }, get: { _ in nil }),
        Case(
            "layers", chain, doc: "Layers from input to output.",
            make: { ModelSettings(layers: $0).resolvingKernelSources() }, get: { $0.layers })
    ).checked { model in
        let layers = model.layers + (model.opponent?.layers ?? [])
        guard layers.count <= mostLayers else {
            return Problem("% has \(layers.count) layers, at most \(mostLayers) are possible")
        }
        var names: Set<String> = []
        let twice = layers.compactMap(\.name).first { !names.insert($0).inserted }
        return twice.map { Problem("two layers have the name \"\($0)\"", help: "give one of them another name") }
            ?? model.kernelSourceProblem
    }
}
