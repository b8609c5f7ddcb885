import Settings
import TensorEngine

/// How a step changes a parameter.
public enum StepRule: Sendable {
    /// By a kernel of the engine, which fuses with the gradient.
    case kernel(any UpdateRule)
    /// By operations of a graph, on tensors that are carried along, each of the parameter's shape or one number, and that begin with zeros.
    case composed([(name: String, isNumber: Bool)], change: @Sendable (Composition, inout Graph) throws(ShapeError) -> [Value])

    /// What a composed step is made from.
    public struct Composition: Sendable {
        /// The parameter.
        public let parameter: Value
        /// Its gradient.
        public let gradient: Value
        /// What is carried along, in its order.
        public let carried: [Value]
    }

    /// How many tensors of the parameter's shape are carried along.
    public var tensorsCarried: Int {
        switch self {
        case .kernel(let rule): rule.slots.count
        case .composed(let carried, _): carried.count { !$0.isNumber }
        }
    }

    /// Whether a parameter moves also where its gradient is 0, so that no row of a table may be left out.
    public var movesIdleRows: Bool { if case .kernel(let rule) = self { rule.idle == .moves } else { true } }
}

extension OptimizerSettings {
    /// The change of each parameter that a step makes.
    public var rule: StepRule {
        switch self {
        case .sgd(let sgd): .kernel(GradientDescent(momentum: Float(sgd.momentum), nesterov: sgd.nesterov))
        case .rmsprop(let rmsprop):
            .kernel(
                RMSprop(
                    rho: Float(rmsprop.rho), momentum: Float(rmsprop.momentum), epsilon: Float(rmsprop.epsilon), centered: rmsprop.centered)
            )
        case .adam(let adam): .kernel(adam.rule(weightDecay: 0))
        case .adamw(let adam, let decay): .kernel(adam.rule(weightDecay: decay))
        case .adamax(let adam): adam.adamax
        case .adagrad(let adagrad):
            .kernel(Adagrad(initialAccumulator: Float(adagrad.initialAccumulator), epsilon: Float(adagrad.epsilon)))
        }
    }
}

extension AdamSettings {
    fileprivate func rule(weightDecay: Double) -> Adam {
        Adam(beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon), weightDecay: Float(weightDecay))
    }

    /// m ← m + (g - m)(1 - β₁), u ← max(β₂ u, |g|), w ← w - η m / ((1 - β₁ᵗ)(u + ε)) at step t, where 1 - β₁ᵗ is carried along as
    /// c ← 1 - β₁ (1 - c). Source: Kingma and Ba, *Adam: a method for stochastic optimization* (2014), section 7.1, with Keras's ε.
    fileprivate var adamax: StepRule {
        .composed([("mean", false), ("largest", false), ("correction", true)]) { step, graph throws(ShapeError) in
            let (mean, largest, correction) = (step.carried[0], step.carried[1], step.carried[2])
            let nextMean = try graph.add(mean, graph.scale(graph.subtract(step.gradient, mean), by: Float(1 - beta1)))
            let nextLargest = try graph.maximum(graph.scale(largest, by: Float(beta2)), graph.absolute(step.gradient))
            let nextCorrection = try graph.add(graph.scale(correction, by: Float(beta1)), graph.constant(Float(1 - beta1)))
            let rate = try graph.divide(graph.learningRate(), nextCorrection)
            let change = try graph.divide(graph.multiply(nextMean, rate), graph.add(nextLargest, graph.constant(Float(epsilon))))
            return [try graph.subtract(step.parameter, change), nextMean, nextLargest, nextCorrection]
        }
    }
}

extension Graph {
    /// Declares that a step changes a parameter by a rule. What is carried along is called as the optimizer calls it.
    mutating func update(
        _ parameter: ParameterSpecification, with gradient: Value, by rule: StepRule, of optimizer: OptimizerState, in store: ParameterStore
    ) throws(ShapeError) {
        try update(parameter.value, called: parameter.path, with: gradient, by: rule, of: optimizer, in: store)
    }

    /// The same for the parameter that the store calls `path`.
    mutating func update(
        _ parameter: Value, called name: String, with gradient: Value, by rule: StepRule, of optimizer: OptimizerState,
        in store: ParameterStore
    ) throws(ShapeError) {
        switch rule {
        case .kernel(let rule): try update(parameter, with: gradient, by: rule)
        case .composed(let slots, let change):
            var tensors = [parameter]
            for slot in slots {
                let (path, shape) = (optimizer.path(of: slot.name, for: name), slot.isNumber ? [] : parameter.shape)
                try store.declare(path, shape)
                tensors.append(try self.parameter(path, shape))
            }
            let carried = Array(tensors.dropFirst())
            let next = try change(.init(parameter: parameter, gradient: gradient, carried: carried), &self)
            for (tensor, value) in zip(tensors, next) { try update(tensor, with: value, by: Assignment()) }
        }
    }
}
