import NeuralNetworks
import Settings

extension Layer where Self == Dense {
    /// A dense layer by its settings, `units` wide.
    static func dense(_ settings: DenseSettings, name: String, units: Int) -> Dense {
        Dense(
            name: name, units: units, activation: .init(settings.activation), useBias: settings.useBias,
            kernelInitializer: .init(settings.kernelInitializer), biasInitializer: .init(settings.biasInitializer),
            kernelPenalty: .init(settings.kernelRegularizer), biasPenalty: .init(settings.biasRegularizer))
    }
}

extension Penalty {
    fileprivate init(_ settings: PenaltySettings?) { self.init(l1: settings?.l1 ?? 0, l2: settings?.l2 ?? 0) }
}

extension NeuralNetworks.Activation {
    init(_ activation: Settings.Activation) {
        switch activation {
        case .linear: self = .linear
        case .relu: self = .relu
        case .sigmoid: self = .sigmoid
        case .tanh: self = .tanh
        case .softmax: self = .softmax
        case .leakyRelu(let slope): self = .leakyRelu(slope: slope)
        case .elu: self = .elu
        case .selu: self = .selu
        case .gelu: self = .gelu
        case .silu: self = .silu
        case .softplus: self = .softplus
        }
    }
}

extension NeuralNetworks.Initializer {
    init(_ initializer: Settings.Initializer) {
        switch initializer {
        case .zeros: self = .zeros
        case .uniform(let low, let high): self = .uniform(low: Float(low), high: Float(high))
        case .normal(let mean, let deviation): self = .normal(mean: mean, standardDeviation: deviation)
        case .glorotUniform: self = .glorotUniform
        case .glorotNormal: self = .glorotNormal
        case .heUniform: self = .heUniform
        case .heNormal: self = .heNormal
        case .lecunUniform: self = .lecunUniform
        case .lecunNormal: self = .lecunNormal
        case .fanInNormal(let gain): self = .fanInNormal(gain: gain)
        case .constant(let value): self = .constant(Float(value))
        }
    }
}

extension Loss {
    init(_ settings: LossSettings) {
        switch settings.kind {
        case .meanSquaredError: self = .meanSquaredError
        case .meanAbsoluteError: self = .meanAbsoluteError
        case .huber: self = .huber(delta: settings.delta)
        case .hinge: self = .hinge
        case .multiclassHinge: self = .multiclassHinge
        case .klDivergence: self = .klDivergence
        case .binaryCrossentropy: self = .binaryCrossentropy(fromLogits: settings.fromLogits)
        case .categoricalCrossentropy: self = .categoricalCrossentropy(fromLogits: settings.fromLogits)
        case .sparseCategoricalCrossentropy: self = .sparseCategoricalCrossentropy(fromLogits: settings.fromLogits)
        }
    }
}

extension Optimizer {
    init(_ settings: TrainingSettings) {
        let rate: LearningRateSettings
        switch settings.optimizer {
        case .sgd(let learningRate, let momentum, let nesterov):
            rate = learningRate
            self = .sgd(learningRate: rate.first, momentum: momentum, nesterov: nesterov)
        case .rmsprop(let learningRate, let rho, let momentum, let epsilon, let centered):
            rate = learningRate
            self = .rmsprop(learningRate: rate.first, rho: rho, momentum: momentum, epsilon: epsilon, centered: centered)
        case .adam(let learningRate, let beta1, let beta2, let epsilon):
            rate = learningRate
            self = .adam(learningRate: rate.first, beta1: beta1, beta2: beta2, epsilon: epsilon)
        case .adamw(let learningRate, let beta1, let beta2, let epsilon, let decay):
            rate = learningRate
            self = .adamw(learningRate: rate.first, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decay)
        case .adagrad(let learningRate, let accumulator, let epsilon):
            rate = learningRate
            self = .adagrad(learningRate: rate.first, initialAccumulator: accumulator, epsilon: epsilon)
        }
        schedule = rate.schedule
        clipping = settings.gradientClipping.map { bound in
            switch bound {
            case .value(let limit): .value(limit)
            case .norm(let limit): .norm(limit)
            case .globalNorm(let limit): .globalNorm(limit)
            }
        }
    }
}

extension LearningRateSettings {
    /// The rate as a function of the step; nil when it is constant.
    fileprivate var schedule: LearningRateSchedule? {
        switch self {
        case .constant: nil
        case .exponentialDecay(let initial, let steps, let rate, let staircase):
            .exponentialDecay(initial: initial, steps: steps, rate: rate, staircase: staircase)
        case .cosineDecay(let initial, let steps, let alpha, let target, let warmup):
            .cosineDecay(initial: initial, steps: steps, alpha: alpha, warmupTarget: target, warmupSteps: warmup)
        case .piecewiseConstant(let boundaries, let values): .piecewiseConstant(boundaries: boundaries, values: values)
        }
    }

    /// The rate of the first step.
    fileprivate var first: Double {
        if case .constant(let rate) = self { rate } else { schedule?.rate(at: 0) ?? 0 }
    }
}
