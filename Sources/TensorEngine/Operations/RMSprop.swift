import CVector

/// RMSprop: s ← ρ s + (1 - ρ) g², w ← w - η g / √(s + ε); centred, the denominator is √(s - m² + ε) with m ← ρ m + (1 - ρ) g;
/// with momentum μ: v ← μ v + η g / √(…), w ← w - v.
///
/// Source: Hinton, *Neural Networks for Machine Learning*, lecture 6e (2012); ε inside the root, as in Keras.
public struct RMSprop: UpdateRule {
    /// ρ.
    public let rho: Float
    /// μ.
    public let momentum: Float
    /// ε.
    public let epsilon: Float
    /// Whether the second moment is taken about the running mean.
    public let centered: Bool

    /// With all its settings.
    public init(rho: Float, momentum: Float, epsilon: Float, centered: Bool) {
        self.rho = rho
        self.momentum = momentum
        self.epsilon = epsilon
        self.centered = centered
    }

    /// The mean square, the velocity with momentum, the mean gradient when centred.
    public var slots: [String] {
        ["mean_square"] + (momentum > 0 ? ["velocity"] : []) + (centered ? ["mean_gradient"] : [])
    }

    /// In the plain form an element without gradient stays, and its mean square is owed ρ for each step.
    public var idle: IdleUpdate { momentum == 0 && !centered ? .decays(rho) : .moves }

    /// ρ as ``UpdateSettings/keep``, momentum as ``UpdateSettings/keepSquare``.
    public var settings: UpdateSettings {
        UpdateSettings(keep: rho, keepSquare: momentum, epsilon: epsilon, variant: centered)
    }

    /// The change of a run of elements.
    public var function: UpdateFunction { momentum == 0 && !centered ? Self.plain : Self.general }

    private static let plain: UpdateFunction = { parameter, slots, gradient, count, owed, settings, step in
        let settings = settings.assumingMemoryBound(to: UpdateSettings.self).pointee
        let rate = Vector(repeating: step.assumingMemoryBound(to: StepState.self).pointee.learningRate)
        let (square, keep) = (slots[0], Vector(repeating: settings.keep * owed))
        let (take, epsilon) = (Vector(repeating: 1 - settings.keep), Vector(repeating: settings.epsilon))
        // Where the root is above 0, a step of 0 is the gradient itself, sign and all, and needs neither root nor division. So it is for about half
        // of the weights behind a relu at batch 1: those of a unit that gives 0.
        let restIsNothing = settings.epsilon >= .leastNormalMagnitude
        for start in stride(from: 0, to: count, by: run) {
            let length = min(run, count - start)
            let (p, g, s) = (parameter + start, gradient + start, square + start)
            if restIsNothing && length == run && isZero(g) {
                for i in stride(from: 0, to: run, by: lanes) {
                    store(keep * load(s + i), to: s + i)
                    store(load(p + i) - load(g + i), to: p + i)
                }
            } else {
                updateVectors(p, g, length) { p, g, i, change in
                    var moment = load(s + i)
                    let next = multiplyAdd(keep, moment, take * g * g)
                    change(&moment, next)
                    store(moment, to: s + i)
                    p -= rate * g / cvector_sqrt(next + epsilon)
                }
            }
        }
    }

    /// Elements that are looked at together for gradients of 0.
    private static let run = 4 * lanes

    /// Whether a whole run of gradients is 0.
    @inline(__always)
    private static func isZero(_ g: UnsafePointer<Float>) -> Bool {
        cvector_are_zero(load(g), load(g + lanes), load(g + 2 * lanes), load(g + 3 * lanes)) != 0
    }

    private static let general: UpdateFunction = { parameter, slots, gradient, count, _, settings, step in
        let settings = settings.assumingMemoryBound(to: UpdateSettings.self).pointee
        let rate = Vector(repeating: step.assumingMemoryBound(to: StepState.self).pointee.learningRate)
        let (keep, take) = (Vector(repeating: settings.keep), Vector(repeating: 1 - settings.keep))
        let (square, hasMomentum) = (slots[0], settings.keepSquare > 0)
        let (velocity, mean) = (slots[1], hasMomentum ? slots[2] : slots[1])
        let (momentum, epsilon) = (Vector(repeating: settings.keepSquare), Vector(repeating: settings.epsilon))
        updateVectors(parameter, gradient, count) { p, g, i, change in
            var s = load(square + i)
            let next = multiplyAdd(keep, s, take * g * g)
            change(&s, next)
            store(s, to: square + i)
            var denominator = next + epsilon
            if settings.variant {
                var m = load(mean + i)
                let nextMean = multiplyAdd(keep, m, take * g)
                change(&m, nextMean)
                store(m, to: mean + i)
                denominator -= nextMean * nextMean
            }
            var increment = rate * g / cvector_sqrt(denominator)
            if hasMomentum {
                var v = load(velocity + i)
                increment = multiplyAdd(momentum, v, increment)
                change(&v, increment)
                store(v, to: velocity + i)
            }
            p -= increment
        }
    }
}
