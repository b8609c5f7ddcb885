/// A network as a chain of layers; the width of the input is that of the encoded data. A `mlp` in the file has become its layers here.
public struct ModelSettings: Codable, Hashable, Sendable {
    /// The layers, from input to output.
    public var layers: [LayerSettings]

    /// A chain of layers.
    public init(layers: [LayerSettings]) {
        self.layers = layers
    }
}

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

/// What is applied to the sum of a unit.
public enum Activation: String, Codable, Hashable, Sendable, CaseIterable {
    /// x.
    case linear
    /// max(0, x).
    case relu
    /// 1 / (1 + exp(−x)).
    case sigmoid
    /// tanh(x).
    case tanh
    /// exp(xᵢ) / Σ exp(xⱼ) over the units.
    case softmax
}

/// The distribution of the first weights.
public enum Initializer: Codable, Hashable, Sendable {
    /// All 0.
    case zeros
    /// Uniform between `low` and `high`; Keras' random_uniform, −0.05 … 0.05.
    case uniform(low: Double = -0.05, high: Double = 0.05)
    /// Normal; Keras' random_normal, 0 ± 0.05.
    case normal(mean: Double = 0, standardDeviation: Double = 0.05)
    /// Uniform within ±√(6 / (inputs + units)).
    case glorotUniform
    /// Normal, cut at two deviations, of variance 2 / (inputs + units).
    case glorotNormal
    /// Uniform within ±√(6 / inputs).
    case heUniform
    /// Normal, cut at two deviations, of variance 2 / inputs.
    case heNormal
}
