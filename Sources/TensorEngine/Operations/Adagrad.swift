import CVector

/// AdaGrad: s ← s + g², w ← w - η g / √(s + ε), s starting at `initialAccumulator`.
///
/// Source: Duchi et al., *Adaptive subgradient methods* (2011); ε inside the root, as in Keras.
public struct Adagrad: UpdateRule {
    /// The first value of the sum of squares.
    public let initialAccumulator: Float
    /// ε.
    public let epsilon: Float

    /// With all its settings.
    public init(initialAccumulator: Float, epsilon: Float) {
        self.initialAccumulator = initialAccumulator
        self.epsilon = epsilon
    }

    /// The sum of squares.
    public var slots: [String] { ["sum_of_squares"] }

    /// The first value of the sum of squares.
    public var initialSlotValue: Float { initialAccumulator }

    /// Elements without gradient are left alone.
    public var idle: IdleUpdate { .nothing }

    /// Only ε.
    public var settings: UpdateSettings { UpdateSettings(epsilon: epsilon) }

    /// The change of a run of elements.
    public var function: UpdateFunction {
        { parameter, slots, gradient, count, _, settings, step in
            let epsilon = Vector(repeating: settings.assumingMemoryBound(to: UpdateSettings.self).pointee.epsilon)
            let rate = Vector(repeating: step.assumingMemoryBound(to: StepState.self).pointee.learningRate)
            let sum = slots[0]
            updateVectors(parameter, gradient, count) { p, g, i, change in
                var s = load(sum + i)
                let next = multiplyAdd(g, g, s)
                change(&s, next)
                store(s, to: sum + i)
                p -= rate * g / cvector_sqrt(next + epsilon)
            }
        }
    }
}
