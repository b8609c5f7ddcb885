/// Stochastic gradient descent: w ← w - η g; with momentum μ: v ← μ v - η g, w ← w + v; in Nesterov's form w ← w + μ v - η g.
///
/// Source: Sutskever et al., *On the importance of initialization and momentum in deep learning* (2013), as Keras has it.
public struct GradientDescent: UpdateRule {
    /// μ, 0 for plain descent.
    public let momentum: Float
    /// Whether the gradient is taken, to first order, where the momentum will lead.
    public let nesterov: Bool

    /// Plain descent unless `momentum` is given.
    public init(momentum: Float, nesterov: Bool) {
        self.momentum = momentum
        self.nesterov = nesterov
    }

    /// The velocity, with momentum.
    public var slots: [String] { momentum == 0 ? [] : ["velocity"] }

    /// Plain descent leaves elements without gradient alone.
    public var idle: IdleUpdate { momentum == 0 ? .nothing : .moves }

    /// Momentum as ``UpdateSettings/keep``.
    public var settings: UpdateSettings { UpdateSettings(keep: momentum, variant: nesterov) }

    /// The change of a run of elements.
    public var function: UpdateFunction {
        if momentum == 0 {
            return { parameter, _, gradient, count, _, _, step in
                let rate = Vector(repeating: -step.assumingMemoryBound(to: StepState.self).pointee.learningRate)
                updateVectors(parameter, gradient, count) { p, g, _, _ in p = multiplyAdd(rate, g, p) }
            }
        }
        return { parameter, slots, gradient, count, _, settings, step in
            let settings = settings.assumingMemoryBound(to: UpdateSettings.self).pointee
            let rate = Vector(repeating: -step.assumingMemoryBound(to: StepState.self).pointee.learningRate)
            let (velocity, keep) = (slots[0], Vector(repeating: settings.keep))
            updateVectors(parameter, gradient, count) { p, g, i, change in
                var v = load(velocity + i)
                let next = multiplyAdd(keep, v, rate * g)
                change(&v, next)
                store(v, to: velocity + i)
                p += settings.variant ? multiplyAdd(keep, next, rate * g) : next
            }
        }
    }
}
