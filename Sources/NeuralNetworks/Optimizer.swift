import TensorEngine

/// How the weights follow the gradient: a rule of the engine and its learning rate. Formulas and defaults are Keras's.
public struct Optimizer: Sendable {
    /// The change of each parameter.
    public let rule: any UpdateRule
    /// η, at the start where there is a schedule.
    public let learningRate: Double
    /// η by step; nil leaves it as it is.
    public var schedule: LearningRateSchedule?
    /// What is done to gradients first.
    public var clipping: GradientClipping?

    /// A rule with its learning rate.
    public init(rule: any UpdateRule, learningRate: Double) {
        self.rule = rule
        self.learningRate = learningRate
    }

    /// Stochastic gradient descent, with or without momentum.
    public static func sgd(learningRate: Double = 0.01, momentum: Double = 0, nesterov: Bool = false) -> Optimizer {
        Optimizer(rule: GradientDescent(momentum: Float(momentum), nesterov: nesterov), learningRate: learningRate)
    }

    /// The gradient over the root of a running mean of its square.
    public static func rmsprop(
        learningRate: Double = 0.001, rho: Double = 0.9, momentum: Double = 0, epsilon: Double = 1e-7, centered: Bool = false
    ) -> Optimizer {
        let rule = RMSprop(rho: Float(rho), momentum: Float(momentum), epsilon: Float(epsilon), centered: centered)
        return Optimizer(rule: rule, learningRate: learningRate)
    }

    /// Running means of the gradient and of its square, corrected for their start.
    public static func adam(learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7) -> Optimizer {
        Optimizer(rule: Adam(beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon)), learningRate: learningRate)
    }

    /// ``adam(learningRate:beta1:beta2:epsilon:)`` with decoupled weight decay.
    public static func adamw(
        learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7, weightDecay: Double = 0.004
    ) -> Optimizer {
        let rule = Adam(beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon), weightDecay: Float(weightDecay))
        return Optimizer(rule: rule, learningRate: learningRate)
    }

    /// The gradient over the root of the sum of all its squares so far.
    public static func adagrad(learningRate: Double = 0.001, initialAccumulator: Double = 0.1, epsilon: Double = 1e-7) -> Optimizer {
        let rule = Adagrad(initialAccumulator: Float(initialAccumulator), epsilon: Float(epsilon))
        return Optimizer(rule: rule, learningRate: learningRate)
    }
}
