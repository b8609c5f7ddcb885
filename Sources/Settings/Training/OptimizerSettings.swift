import Documents

/// How the weights follow the gradient; the formulas and defaults are those of Keras 3.
public enum OptimizerSettings: Hashable, Sendable {
    /// Plain gradient descent, with or without momentum.
    case sgd(SGDSettings)
    /// The gradient over the root of a running mean of its squares.
    case rmsprop(RMSpropSettings)
    /// Running means of the gradient and of its squares, both corrected for their start.
    case adam(AdamSettings)
    /// Adam, whose weights also shrink at every step.
    case adamw(AdamSettings, weightDecay: Double = 0.004)
    /// Adam with the largest recent gradient in the place of the root.
    case adamax(AdamSettings)
    /// The gradient over the root of the sum of all its squares so far.
    case adagrad(AdagradSettings)

    /// How far a step goes.
    public var learningRate: LearningRateSettings {
        switch self {
        case .sgd(let settings): settings.learningRate
        case .rmsprop(let settings): settings.learningRate
        case .adam(let settings), .adamw(let settings, _), .adamax(let settings): settings.learningRate
        case .adagrad(let settings): settings.learningRate
        }
    }
}

/// Plain gradient descent.
public struct SGDSettings: Hashable, Sendable {
    /// How far a step goes.
    public var learningRate: LearningRateSettings
    /// The share of the last step that is kept.
    public var momentum: Double
    /// Whether the gradient is taken one step ahead.
    public var nesterov: Bool

    /// Gradient descent.
    public init(learningRate: LearningRateSettings = 0.01, momentum: Double = 0, nesterov: Bool = false) {
        self.learningRate = learningRate
        self.momentum = momentum
        self.nesterov = nesterov
    }
}

/// The gradient over the root of a running mean of its squares.
public struct RMSpropSettings: Hashable, Sendable {
    /// How far a step goes.
    public var learningRate: LearningRateSettings
    /// The share of the running mean that is kept.
    public var rho: Double
    /// The share of the last step that is kept.
    public var momentum: Double
    /// Keeps the divisor away from 0.
    public var epsilon: Double
    /// Whether the squared mean of the gradient is taken off.
    public var centered: Bool

    /// RMSprop.
    public init(
        learningRate: LearningRateSettings = 0.001, rho: Double = 0.9, momentum: Double = 0, epsilon: Double = 1e-7, centered: Bool = false
    ) {
        self.learningRate = learningRate
        self.rho = rho
        self.momentum = momentum
        self.epsilon = epsilon
        self.centered = centered
    }
}

/// Running means of the gradient and of its squares.
public struct AdamSettings: Hashable, Sendable {
    /// How far a step goes.
    public var learningRate: LearningRateSettings
    /// The share of the mean that is kept.
    public var beta1: Double
    /// The share of the mean of squares that is kept.
    public var beta2: Double
    /// Keeps the divisor away from 0.
    public var epsilon: Double

    /// Adam.
    public init(learningRate: LearningRateSettings = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }
}

/// The gradient over the root of the sum of all its squares so far.
public struct AdagradSettings: Hashable, Sendable {
    /// How far a step goes.
    public var learningRate: LearningRateSettings
    /// The first value of the sum of squares.
    public var initialAccumulator: Double
    /// Keeps the divisor away from 0.
    public var epsilon: Double

    /// Adagrad.
    public init(learningRate: LearningRateSettings = 0.001, initialAccumulator: Double = 0.1, epsilon: Double = 1e-7) {
        self.learningRate = learningRate
        self.initialAccumulator = initialAccumulator
        self.epsilon = epsilon
    }
}

// MARK: - In the file

extension OptimizerSettings {
    package static let schema = Schema<OptimizerSettings>.choice(
        "optimizer",
        Case(
            "sgd", SGDSettings.record.schema, doc: "Plain gradient descent, with or without momentum.", make: { .sgd($0) },
            get: { if case .sgd(let settings) = $0 { settings } else { nil } }),
        Case(
            "rmsprop", RMSpropSettings.record.schema, doc: "The gradient over the root of a running mean of its squares.",
            make: { .rmsprop($0) }, get: { if case .rmsprop(let settings) = $0 { settings } else { nil } }),
        Case(
            "adam", AdamSettings.record(of: "adam").schema,
            doc: "Running means of the gradient and of its squares, both corrected for their start.",
            make: { .adam($0) }, get: { if case .adam(let settings) = $0 { settings } else { nil } }),
        Case(
            "adamw", AdamSettings.record(of: "adamw").joined(with: weightDecay).schema,
            doc: "Adam, whose weights also shrink at every step.",
            make: { .adamw($0, weightDecay: $1) },
            get: { if case .adamw(let settings, let decay) = $0 { (settings, decay) } else { nil } }),
        Case(
            "adamax", AdamSettings.record(of: "adamax").schema, doc: "Adam with the largest recent gradient in the place of the root.",
            make: { .adamax($0) }, get: { if case .adamax(let settings) = $0 { settings } else { nil } }),
        Case(
            "adagrad", AdagradSettings.record.schema, doc: "The gradient over the root of the sum of all its squares so far.",
            make: { .adagrad($0) }, get: { if case .adagrad(let settings) = $0 { settings } else { nil } }))

    private static var usualDecay: Double { if case .adamw(_, let decay) = OptimizerSettings.adamw(AdamSettings()) { decay } else { 0 } }

    private static let weightDecay = Record<Double>(
        "adamw",
        Field(
            "weight_decay", { $0 }, .number(.atLeast(0).inSinglePrecision), default: usualDecay,
            doc: "The share of a weight that a step takes, times the rate."),
        build: { $0 })
}

extension SGDSettings {
    private static let usual = SGDSettings()

    static let record = Record<SGDSettings>(
        "sgd",
        .learningRate(\.learningRate, default: usual.learningRate),
        .share("momentum", \.momentum, default: usual.momentum, doc: "The share of the last step that is kept."),
        Field("nesterov", \.nesterov, .boolean, default: usual.nesterov, doc: "Whether the gradient is taken one step ahead."),
        build: SGDSettings.init)
}

extension RMSpropSettings {
    private static let usual = RMSpropSettings()

    static let record = Record<RMSpropSettings>(
        "rmsprop",
        .learningRate(\.learningRate, default: usual.learningRate),
        .share("rho", \.rho, default: usual.rho, doc: "The share of the running mean that is kept."),
        .share("momentum", \.momentum, default: usual.momentum, doc: "The share of the last step that is kept."),
        .epsilon(\.epsilon, default: usual.epsilon),
        Field("centered", \.centered, .boolean, default: usual.centered, doc: "Whether the squared mean of the gradient is taken off."),
        build: RMSpropSettings.init)
}

extension AdamSettings {
    private static let usual = AdamSettings()

    /// The keys that Adam and the optimizers like it have in common; `optimizer` is the one that messages name.
    static func record(of optimizer: String) -> Record<AdamSettings> {
        Record<AdamSettings>(
            optimizer,
            .learningRate(\.learningRate, default: usual.learningRate),
            .share("beta_1", \.beta1, default: usual.beta1, misnomers: ["beta1"], doc: "The share of the mean that is kept."),
            .share("beta_2", \.beta2, default: usual.beta2, misnomers: ["beta2"], doc: "The share of the mean of squares that is kept."),
            .epsilon(\.epsilon, default: usual.epsilon),
            build: AdamSettings.init)
    }
}

extension AdagradSettings {
    private static let usual = AdagradSettings()

    static let record = Record<AdagradSettings>(
        "adagrad",
        .learningRate(\.learningRate, default: usual.learningRate),
        Field(
            "initial_accumulator", \.initialAccumulator, .number(.atLeast(0).inSinglePrecision), default: usual.initialAccumulator,
            misnomers: ["initial_accumulator_value"], doc: "The first value of the sum of squares."),
        .epsilon(\.epsilon, default: usual.epsilon),
        build: AdagradSettings.init)
}

extension Field where Value == LearningRateSettings {
    fileprivate static func learningRate(_ get: @escaping @Sendable (Root) -> Value, default value: Value) -> Self {
        Field(
            "learning_rate", get, LearningRateSettings.schema, default: value, misnomers: ["lr", "rate", "learning-rate", "eta"],
            doc: "How far a step goes: a number, or a schedule.")
    }
}

extension Field where Value == Double {
    /// A share, at least 0 and below 1.
    fileprivate static func share(
        _ key: String, _ get: @escaping @Sendable (Root) -> Double, default value: Double, misnomers: [String] = [], doc: String
    ) -> Self {
        Field(key, get, .number(.from(0, below: 1).inSinglePrecision), default: value, misnomers: misnomers, doc: doc)
    }

    fileprivate static func epsilon(_ get: @escaping @Sendable (Root) -> Double, default value: Double) -> Self {
        Field(
            "epsilon", get, .number(.above(0).inSinglePrecision), default: value, misnomers: ["eps"], doc: "Keeps the divisor away from 0.")
    }
}
