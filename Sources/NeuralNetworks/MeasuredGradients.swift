import Settings
import TensorEngine

/// The squared sizes of gradients that a training step tells, and the names of their figures.
struct MeasuredGradients {
    /// As many as there are squares.
    let figures: [String]
    let squares: Value

    /// The sum of each layer's squared gradients, in order.
    static func ofLayers(
        _ parameters: [ParameterSpecification], _ gradients: [Value], in graph: inout Graph
    ) throws(ShapeError) -> [MeasuredGradients] {
        var sums: [(layer: String, value: Value)] = []
        for (parameter, gradient) in zip(parameters, gradients) {
            let square = try graph.sum(graph.square(gradient))
            if let place = sums.firstIndex(where: { $0.layer == parameter.layer }) {
                sums[place].value = try graph.add(sums[place].value, square)
            } else {
                sums.append((parameter.layer, square))
            }
        }
        return sums.map { MeasuredGradients(figures: [Figures.gradientNormPrefix + $0.layer], squares: $0.value) }
    }

    /// The sum over examples and numbers of the squared gradients to what a layer reads at each step, `[steps, batch, numbers]`. A layer that reads in both
    /// directions has two, which are added first.
    static func ofSteps(_ layers: [String], _ gradients: [Value], in graph: inout Graph) throws(ShapeError) -> [MeasuredGradients] {
        var sums: [(layer: String, value: Value)] = []
        for (layer, gradient) in zip(layers, gradients) {
            if let place = sums.firstIndex(where: { $0.layer == layer }) {
                sums[place].value = try graph.add(sums[place].value, gradient)
            } else {
                sums.append((layer, gradient))
            }
        }
        return try sums.map { layer, gradient throws(ShapeError) in
            let steps = gradient.shape.dimensions[0]
            let rows = try graph.reshape(gradient, to: [steps, gradient.shape.count / steps])
            return MeasuredGradients(
                figures: (1...steps).map { "\(Figures.stepGradientNormPrefix)\(layer)/\($0)" },
                squares: try graph.sumOfColumns(graph.square(rows)))
        }
    }
}
