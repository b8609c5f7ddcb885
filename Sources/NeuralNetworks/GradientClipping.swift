import Settings
import TensorEngine

extension GradientClippingSettings {
    /// Adds the clipped gradients to a graph.
    func apply(to gradients: [Value], in graph: inout Graph) throws(ShapeError) -> [Value] {
        var clipped: [Value] = []
        switch self {
        case .value(let limit):
            for gradient in gradients { clipped.append(try graph.clipMagnitude(gradient, limit: Float(limit))) }
        case .norm(let limit):
            for gradient in gradients {
                let square = try graph.sum(graph.square(gradient))
                clipped.append(try scale(gradient, squaredNorm: square, limit: limit, in: &graph))
            }
        case .globalNorm(let limit):
            guard let first = gradients.first else { return [] }
            var square = try graph.sum(graph.square(first))
            for gradient in gradients.dropFirst() { square = try graph.add(square, graph.sum(graph.square(gradient))) }
            for gradient in gradients { clipped.append(try scale(gradient, squaredNorm: square, limit: limit, in: &graph)) }
        }
        return clipped
    }

    /// gradient · limit / max(norm, limit).
    private func scale(_ gradient: Value, squaredNorm: Value, limit: Double, in graph: inout Graph) throws(ShapeError) -> Value {
        let bound = try graph.constant(Float(limit))
        let factor = try graph.divide(bound, graph.maximum(graph.squareRoot(squaredNorm), bound))
        return try graph.multiply(gradient, factor)
    }
}
