import Experiments
import NeuralNetworks

extension Layer where Self == Dense {
    /// A dense layer by its settings, `units` wide.
    static func dense(_ settings: DenseSettings, name: String, units: Int) -> Dense {
        Dense(
            name: name, units: units, activation: .init(settings.activation), useBias: settings.useBias,
            kernelInitializer: .init(settings.kernelInitializer), biasInitializer: .init(settings.biasInitializer))
    }
}

extension NeuralNetworks.Activation {
    init(_ activation: Experiments.Activation) {
        switch activation {
        case .linear: self = .linear
        case .relu: self = .relu
        case .sigmoid: self = .sigmoid
        case .tanh: self = .tanh
        case .softmax: self = .softmax
        }
    }
}

extension NeuralNetworks.Initializer {
    init(_ initializer: Experiments.Initializer) {
        switch initializer {
        case .zeros: self = .zeros
        case .uniform(let low, let high): self = .uniform(low: Float(low), high: Float(high))
        case .normal(let mean, let deviation): self = .normal(mean: mean, standardDeviation: deviation)
        case .glorotUniform: self = .glorotUniform
        case .glorotNormal: self = .glorotNormal
        case .heUniform: self = .heUniform
        case .heNormal: self = .heNormal
        }
    }
}

extension Loss {
    init(_ settings: LossSettings) {
        switch settings.kind {
        case .meanSquaredError: self = .meanSquaredError
        case .meanAbsoluteError: self = .meanAbsoluteError
        case .binaryCrossentropy: self = .binaryCrossentropy(fromLogits: settings.fromLogits)
        case .categoricalCrossentropy: self = .categoricalCrossentropy(fromLogits: settings.fromLogits)
        case .sparseCategoricalCrossentropy: self = .sparseCategoricalCrossentropy(fromLogits: settings.fromLogits)
        }
    }
}

extension Optimizer {
    init(_ settings: OptimizerSettings) {
        switch settings {
        case .sgd(let rate, let momentum, let nesterov):
            self = .sgd(learningRate: rate, momentum: momentum, nesterov: nesterov)
        case .rmsprop(let rate, let rho, let momentum, let epsilon, let centered):
            self = .rmsprop(learningRate: rate, rho: rho, momentum: momentum, epsilon: epsilon, centered: centered)
        case .adam(let rate, let beta1, let beta2, let epsilon):
            self = .adam(learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
        }
    }
}

extension NeuralNetworks.Metric {
    init(_ metric: Experiments.Metric) {
        switch metric {
        case .accuracy: self = .accuracy
        case .mae: self = .meanAbsoluteError
        case .mse: self = .meanSquaredError
        }
    }
}
