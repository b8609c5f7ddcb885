import TensorEngine

/// λ₁ Σ |w| + λ₂ Σ w², added to the loss.
public struct Penalty: Sendable, Hashable {
    /// λ₁.
    public let l1: Double
    /// λ₂.
    public let l2: Double

    /// A penalty; 0 is none.
    public init(l1: Double = 0, l2: Double = 0) {
        self.l1 = l1
        self.l2 = l2
    }

    /// Adds the penalty of a parameter to a graph, a scalar; nil when there is none.
    func of(_ parameter: Value, in graph: inout Graph) throws(ShapeError) -> Value? {
        var terms: [Value] = []
        if l1 != 0 { terms.append(try graph.scale(graph.sum(graph.absolute(parameter)), by: Float(l1))) }
        if l2 != 0 { terms.append(try graph.scale(graph.sum(graph.square(parameter)), by: Float(l2))) }
        guard let first = terms.first else { return nil }
        return terms.count == 1 ? first : try graph.add(first, terms[1])
    }
}
