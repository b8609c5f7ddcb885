import Settings
import TensorEngine

extension OptimizerSettings {
    /// The change of each parameter that a step makes.
    public var rule: any UpdateRule {
        switch self {
        case .sgd(let sgd): GradientDescent(momentum: Float(sgd.momentum), nesterov: sgd.nesterov)
        case .rmsprop(let rmsprop):
            RMSprop(
                rho: Float(rmsprop.rho), momentum: Float(rmsprop.momentum), epsilon: Float(rmsprop.epsilon), centered: rmsprop.centered)
        case .adam(let adam): Adam(beta1: Float(adam.beta1), beta2: Float(adam.beta2), epsilon: Float(adam.epsilon), weightDecay: 0)
        case .adamw(let adam, let decay):
            Adam(beta1: Float(adam.beta1), beta2: Float(adam.beta2), epsilon: Float(adam.epsilon), weightDecay: Float(decay))
        case .adagrad(let adagrad):
            Adagrad(initialAccumulator: Float(adagrad.initialAccumulator), epsilon: Float(adagrad.epsilon))
        }
    }
}
