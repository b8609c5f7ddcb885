import Documents

/// How the weights follow the gradient; the formulas are those of Keras 3.
public enum OptimizerSettings: Codable, Hashable, Sendable {
    /// Plain gradient descent, with or without momentum.
    case sgd(learningRate: LearningRateSettings = 0.01, momentum: Double = 0, nesterov: Bool = false)
    /// The gradient over the root of a running mean of its squares.
    case rmsprop(
        learningRate: LearningRateSettings = 0.001, rho: Double = 0.9, momentum: Double = 0, epsilon: Double = 1e-7, centered: Bool = false)
    /// Running means of the gradient and of its squares, both corrected for their start.
    case adam(learningRate: LearningRateSettings = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7)
    /// Adam, whose weights also shrink at every step.
    case adamw(
        learningRate: LearningRateSettings = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7,
        weightDecay: Double = 0.004)
    /// The gradient over the root of the sum of all its squares so far.
    case adagrad(learningRate: LearningRateSettings = 0.001, initialAccumulator: Double = 0.1, epsilon: Double = 1e-7)
}

extension OptimizerSettings {
    /// How far a step goes.
    public var learningRate: LearningRateSettings {
        switch self {
        case .sgd(let rate, _, _), .rmsprop(let rate, _, _, _, _), .adam(let rate, _, _, _), .adamw(let rate, _, _, _, _),
            .adagrad(let rate, _, _):
            rate
        }
    }
}

// MARK: - In the file

extension OptimizerSettings {
    package static let schema = Schema<OptimizerSettings>.choice(
        "optimizer",
        Case(
            "sgd", sgd.schema, doc: "Plain gradient descent, with or without momentum.",
            make: { .sgd(learningRate: $0.rate, momentum: $0.momentum, nesterov: $0.nesterov) },
            get: { if case .sgd(let rate, let momentum, let nesterov) = $0 { (rate, momentum, nesterov) } else { nil } }),
        Case(
            "rmsprop", rmsprop.schema, doc: "The gradient over the root of a running mean of its squares.",
            make: { .rmsprop(learningRate: $0.rate, rho: $0.rho, momentum: $0.momentum, epsilon: $0.epsilon, centered: $0.centered) },
            get: {
                guard case .rmsprop(let rate, let rho, let momentum, let epsilon, let centered) = $0 else { return nil }
                return (rate, rho, momentum, epsilon, centered)
            }),
        Case(
            "adam", adam.schema, doc: "Running means of the gradient and of its squares, both corrected for their start.",
            make: { .adam(learningRate: $0.rate, beta1: $0.beta1, beta2: $0.beta2, epsilon: $0.epsilon) },
            get: { if case .adam(let rate, let beta1, let beta2, let epsilon) = $0 { (rate, beta1, beta2, epsilon) } else { nil } }),
        Case(
            "adamw", adam.joined(with: weightDecay).schema, doc: "Adam, whose weights also shrink at every step.",
            make: { .adamw(learningRate: $0.rate, beta1: $0.beta1, beta2: $0.beta2, epsilon: $0.epsilon, weightDecay: $1) },
            get: {
                guard case .adamw(let rate, let beta1, let beta2, let epsilon, let decay) = $0 else { return nil }
                return ((rate, beta1, beta2, epsilon), decay)
            }),
        Case(
            "adagrad", adagrad.schema, doc: "The gradient over the root of the sum of all its squares so far.",
            make: { .adagrad(learningRate: $0.rate, initialAccumulator: $0.accumulator, epsilon: $0.epsilon) },
            get: { if case .adagrad(let rate, let accumulator, let epsilon) = $0 { (rate, accumulator, epsilon) } else { nil } }))

    private static let sgd = Record<(rate: LearningRateSettings, momentum: Double, nesterov: Bool)>(
        "sgd",
        learningRate(\.rate, default: 0.01),
        Field(
            "momentum", \.momentum, .number(.from(0, below: 1).inSinglePrecision), default: 0,
            doc: "The share of the last step that is kept."),
        Field("nesterov", \.nesterov, .boolean, default: false, doc: "Whether the gradient is taken one step ahead."),
        build: { ($0, $1, $2) })

    private static let rmsprop = Record<(rate: LearningRateSettings, rho: Double, momentum: Double, epsilon: Double, centered: Bool)>(
        "rmsprop",
        learningRate(\.rate, default: 0.001),
        Field(
            "rho", \.rho, .number(.from(0, below: 1).inSinglePrecision), default: 0.9, doc: "The share of the running mean that is kept."),
        Field(
            "momentum", \.momentum, .number(.from(0, below: 1).inSinglePrecision), default: 0,
            doc: "The share of the last step that is kept."),
        epsilon(\.epsilon),
        Field("centered", \.centered, .boolean, default: false, doc: "Whether the squared mean of the gradient is taken off."),
        build: { ($0, $1, $2, $3, $4) })

    private static let adam = Record<(rate: LearningRateSettings, beta1: Double, beta2: Double, epsilon: Double)>(
        "adam",
        learningRate(\.rate, default: 0.001),
        Field(
            "beta_1", \.beta1, .number(.from(0, below: 1).inSinglePrecision), default: 0.9, misnomers: ["beta1"],
            doc: "The share of the mean that is kept."),
        Field(
            "beta_2", \.beta2, .number(.from(0, below: 1).inSinglePrecision), default: 0.999, misnomers: ["beta2"],
            doc: "The share of the mean of squares that is kept."),
        epsilon(\.epsilon),
        build: { ($0, $1, $2, $3) })

    private static let weightDecay = Record<Double>(
        "adamw",
        Field(
            "weight_decay", { $0 }, .number(.atLeast(0).inSinglePrecision), default: 0.004,
            doc: "The share of a weight that a step takes, times the rate."),
        build: { $0 })

    private static let adagrad = Record<(rate: LearningRateSettings, accumulator: Double, epsilon: Double)>(
        "adagrad",
        learningRate(\.rate, default: 0.001),
        Field(
            "initial_accumulator", \.accumulator, .number(.atLeast(0).inSinglePrecision), default: 0.1,
            misnomers: ["initial_accumulator_value"],
            doc: "The first value of the sum of squares."),
        epsilon(\.epsilon),
        build: { ($0, $1, $2) })

    private static func learningRate<Root>(
        _ get: @escaping @Sendable (Root) -> LearningRateSettings, default value: LearningRateSettings
    ) -> Field<Root, LearningRateSettings> {
        Field(
            "learning_rate", get, LearningRateSettings.schema, default: value, misnomers: ["lr", "rate", "learning-rate", "eta"],
            doc: "How far a step goes: a number, or a schedule.")
    }

    private static func epsilon<Root>(_ get: @escaping @Sendable (Root) -> Double) -> Field<Root, Double> {
        Field(
            "epsilon", get, .number(.above(0).inSinglePrecision), default: 1e-7, misnomers: ["eps"], doc: "Keeps the divisor away from 0.")
    }
}
