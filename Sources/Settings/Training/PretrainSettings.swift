import Documents

/// How the layers of a deep belief network are trained one by one before the whole: each as a restricted Boltzmann machine on what the trained ones before it
/// give, without labels. They are the sigmoid layers from the first on, up to the first layer of another kind and without the output.
///
/// Source: Hinton, Osindero and Teh, *A fast learning algorithm for deep belief nets* (2006).
public struct PretrainSettings: Hashable, Sendable {
    /// Passes over the train rows for each layer.
    public var epochs: Int
    /// How far a step of plain gradient descent goes.
    public var learningRate: Double
    /// Examples a step.
    public var batchSize: Int
    /// How often a chain goes down and up: k.
    public var steps: Int
    /// What the inputs are to the first layer.
    public var visible: RBMSettings.Visible

    /// Ten passes a layer by one step from the data, unless it is said otherwise.
    public init(
        epochs: Int = 10, learningRate: Double = 0.05, batchSize: Int = 64, steps: Int = 1, visible: RBMSettings.Visible = .bernoulli
    ) {
        self.epochs = epochs
        self.learningRate = learningRate
        self.batchSize = batchSize
        self.steps = steps
        self.visible = visible
    }
}

extension ModelSettings {
    /// The places of the layers that ``PretrainSettings`` trains one by one: dense layers of sigmoid units with a bias, and `rbm`; layers that hand on what they
    /// get may stand between.
    public var pretrainedPlaces: [Int] {
        var places: [Int] = []
        for (place, layer) in layers.enumerated() where place != outputPlace && !layer.kind.isTransparent {
            let dense = layer.kind as? DenseSettings
            guard dense.map({ $0.activation == .sigmoid && $0.useBias }) ?? (layer.kind is RBMSettings), !layer.isFrozen else { break }
            places.append(place)
        }
        return places
    }
}

// MARK: - In the file

extension PretrainSettings {
    private static let usual = PretrainSettings()

    static let schema = Record<PretrainSettings>(
        "pretrain",
        Field(
            "epochs", \.epochs, .integer(.atLeast(1, upTo: 1_000_000)), default: usual.epochs,
            doc: "Passes over the train rows for each layer."
        ),
        Field(
            "learning_rate", \.learningRate, .number(.above(0).inSinglePrecision), default: usual.learningRate, misnomers: ["lr", "rate"],
            doc: "How far a step of plain gradient descent goes."),
        Field(
            "batch_size", \.batchSize, .integer(.atLeast(1, upTo: 1_000_000)), default: usual.batchSize, misnomers: ["batch"],
            doc: "Examples a step."),
        Field(
            "steps", \.steps, .integer(ContrastiveDivergenceSettings.possibleSteps), default: usual.steps, misnomers: ["k"],
            doc: "How often a chain goes down and up before it is compared with the data."),
        Field(
            "visible", \.visible, RBMSettings.visibleSchema, default: usual.visible, doc: "What the inputs are to the first layer."),
        build: PretrainSettings.init
    ).schema
}
