/// w ← x: a step in which a tensor becomes what the graph has computed for it. With ``Graph/learningRate()`` an optimizer can be put together from
/// operations, which fuse like all others.
public struct Assignment: UpdateRule {
    /// The rule, which has no settings.
    public init() {}

    /// None.
    public var slots: [String] { [] }

    /// Every element moves.
    public var idle: IdleUpdate { .moves }

    /// None.
    public var settings: UpdateSettings { UpdateSettings() }

    /// The change of a run of elements.
    public var function: UpdateFunction {
        { parameter, _, value, count, _, _, _ in parameter.update(from: value, count: count) }
    }
}

/// η of the step that is being made, a scalar.
package struct LearningRate: SourceOperation {
    /// Whose; a place of ``Graph/optimizer``.
    package let optimizer: Int
    package var name: String { "learning rate" }
    package func shape(of inputs: [Shape]) -> Shape { [] }

    func place(_ emitter: Emitter, shape: Shape) throws(ShapeError) -> UnsafeMutableRawPointer {
        try emitter.optimizer(optimizer).learningRatePlace
    }
}

extension Graph {
    /// η, the learning rate of the step that is being made, by ``optimizer``: a scalar.
    public mutating func learningRate() throws(ShapeError) -> Value { try add(LearningRate(optimizer: optimizer)) }
}
