import Settings
import TensorEngine

extension PenaltySettings {
    /// Adds λ₁ Σ |w| + λ₂ Σ w² of a parameter to a graph, a scalar; nil when both factors are 0.
    func of(_ parameter: Value, in graph: inout Graph) throws(ShapeError) -> Value? {
        var terms: [Value] = []
        if l1 != 0 { terms.append(try graph.scale(graph.sum(graph.absolute(parameter)), by: Float(l1))) }
        if l2 != 0 { terms.append(try graph.scale(graph.sum(graph.square(parameter)), by: Float(l2))) }
        guard let first = terms.first else { return nil }
        return terms.count == 1 ? first : try graph.add(first, terms[1])
    }
}
