import Documents

/// What stands beside a network that makes examples from noise: another that learns to tell them from real ones.
public struct OpponentSettings: Hashable, Sendable {
    /// How many random numbers, each of the standard normal distribution, an example is made from.
    public var noise: Int
    /// Whether both networks are told the class of an example, as ones and zeros beside what they see.
    public var isConditional: Bool
    /// The other network's layers, from an example to one number.
    public var layers: [LayerSettings]

    /// An opponent.
    public init(noise: Int, isConditional: Bool = false, layers: [LayerSettings]) {
        self.noise = noise
        self.isConditional = isConditional
        self.layers = layers
    }
}

extension ModelSettings {
    /// What the names of the weights of a network that makes examples, and of the other, begin with.
    package static let (generatorName, discriminatorName) = ("generator", "discriminator")

    /// The network that tells made examples from real ones, where there is one.
    public var discriminator: ModelSettings? { opponent.map { ModelSettings(layers: $0.layers) } }
}

// MARK: - In the file

extension ModelSettings {
    /// The two networks of an adversarial pair.
    static let pair = Record<ModelSettings>(
        "model",
        Field(generatorName, { $0 }, generator, doc: "The network that makes examples from noise; it is trained to be taken for real."),
        Field(
            discriminatorName, { $0.opponent?.layers ?? [] }, opponentLayers,
            doc: "The network that is trained to tell made examples from real ones; it gives one number."),
        build: { generator, layers in
            var model = generator
            model.opponent?.layers = layers
            return model
        })

    /// A generator, whose opponent has no layers yet.
    private static let generator = Record<ModelSettings>(
        generatorName,
        Field(
            "noise", { $0.opponent?.noise ?? 0 }, .integer(.atLeast(1, upTo: Double(LayerSettings.widest))),
            misnomers: ["latent", "latent_dim"],
            doc: "How many random numbers, each of the standard normal distribution, an example is made from."),
        Field("layers", \.layers, chain, doc: "Layers from the noise to an example; the last gives as many numbers as the inputs have."),
        Field(
            "conditional", { $0.opponent?.isConditional ?? false }, .boolean, unlessWritten: false,
            doc: "Whether both networks are told the class of an example, which the experiment's labels name"),
        build: { noise, layers, isConditional in
            ModelSettings(layers: layers, opponent: OpponentSettings(noise: noise, isConditional: isConditional, layers: []))
        }
    ).schema

    private static let opponentLayers = Record<[LayerSettings]>(
        discriminatorName,
        Field("layers", { $0 }, chain, doc: "Layers from an example to one number: the last is dense: {units: 1}."), build: { $0 }
    ).schema

    /// Layers one behind the other.
    static let chain = Schema<[[LayerSettings]]>.list(of: LayerSettings.itemSchema, atLeast: 1, upTo: mostLayers).mapped(
        to: { $0.flatMap(\.self) }, from: { $0.map { [$0] } })
}
