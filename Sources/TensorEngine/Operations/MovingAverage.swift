/// w ← μ w + (1 - μ) x: not training, but a running figure of x that inference uses.
public struct MovingAverage: UpdateRule {
    /// μ.
    public let momentum: Float

    /// A running figure that keeps the share `momentum` at each step.
    public init(momentum: Float) { self.momentum = momentum }

    /// None.
    public var slots: [String] { [] }

    /// Every element moves.
    public var idle: IdleUpdate { .moves }

    /// μ as ``UpdateSettings/keep``.
    public var settings: UpdateSettings { UpdateSettings(keep: momentum) }

    /// The change of a run of elements.
    public var function: UpdateFunction {
        { parameter, _, figure, count, _, settings, _ in
            let take = Vector(repeating: 1 - settings.assumingMemoryBound(to: UpdateSettings.self).pointee.keep)
            updateVectors(parameter, figure, count) { w, x, _, _ in w = multiplyAdd(x - w, take, w) }
        }
    }
}
