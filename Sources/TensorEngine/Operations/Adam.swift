import CVector

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Adam: m ← m + (g - m)(1 - β₁), s ← s + (g² - s)(1 - β₂), w ← w - α m / (√s + ε) with α = η √(1 - β₂ᵗ) / (1 - β₁ᵗ) at step t.
///
/// With weight decay λ (AdamW) each step first takes w ← w - η λ w.
///
/// Sources: Loshchilov and Hutter, *Decoupled weight decay regularization* (2017);
/// Kingma and Ba, *Adam: a method for stochastic optimization* (2014), in the form before section 2.1; ε outside the root, as in Keras.
public struct Adam: UpdateRule {
    /// β₁.
    public let beta1: Float
    /// β₂.
    public let beta2: Float
    /// ε.
    public let epsilon: Float

    /// λ, 0 for plain Adam.
    public let weightDecay: Float

    /// With all its settings.
    public init(beta1: Float, beta2: Float, epsilon: Float, weightDecay: Float) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }

    /// The two running moments.
    public var slots: [String] { ["mean", "mean_square"] }

    /// The mean outlives a gradient of zero, so every element moves.
    public var idle: IdleUpdate { .moves }

    /// The betas as ``UpdateSettings/keep`` and ``UpdateSettings/keepSquare``.
    public var settings: UpdateSettings { UpdateSettings(keep: beta1, keepSquare: beta2, weightDecay: weightDecay, epsilon: epsilon) }

    /// The change of a run of elements.
    public var function: UpdateFunction {
        { parameter, slots, gradient, count, _, settings, step in
            let settings = settings.assumingMemoryBound(to: UpdateSettings.self).pointee
            let step = step.assumingMemoryBound(to: StepState.self).pointee
            let t = Double(step.iteration)
            let correction = (1 - pow(Double(settings.keepSquare), t)).squareRoot() / (1 - pow(Double(settings.keep), t))
            let alpha = Vector(repeating: step.learningRate * Float(correction))
            let (mean, square) = (slots[0], slots[1])
            let (take, takeSquare) = (Vector(repeating: 1 - settings.keep), Vector(repeating: 1 - settings.keepSquare))
            let epsilon = Vector(repeating: settings.epsilon)
            let kept = Vector(repeating: 1 - step.learningRate * settings.weightDecay)
            updateVectors(parameter, gradient, count) { p, g, i, change in
                var m = load(mean + i)
                var s = load(square + i)
                let nextMean = multiplyAdd(g - m, take, m)
                let nextSquare = multiplyAdd(multiplyAdd(g, g, -s), takeSquare, s)
                change(&m, nextMean)
                change(&s, nextSquare)
                store(m, to: mean + i)
                store(s, to: square + i)
                p = p * kept - nextMean * alpha / (cvector_sqrt(nextSquare) + epsilon)
            }
        }
    }
}
