import Settings
import TensorEngine

/// activation(x W + b): `[…, inputs]` → `[…, units]`, with the kernel W `[inputs, units]` and the bias b `[units]`, on the innermost axis.
///
/// `contractive_regularizer` λ adds λ times the mean over examples of the squared Frobenius norm of the outputs' derivatives by x to the loss.
///
/// On sparse rows the product is the sum of the kernel's rows that each example names, each times its number.
extension DenseSettings: Layer {
    /// Each step by itself.
    public static var keepsSteps: Bool { true }

    /// Adds product, bias and activation.
    ///
    /// - Throws: `ShapeError` when the number of units is not known yet.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        guard case .count(let units) = units else {
            throw ShapeError(operation: key, shapes: [signal.shape], expected: "a number of units; classes is one once the target is known")
        }
        switch signal {
        case .sparse(let table, let rows):
            let kernel = try kernel(inputs: table.columns, units: units, in: &builder)
            return try finish(builder.graph.sparseProduct(table, rows, kernel), kernel, in: &builder)
        case .dense, .tokens:
            return try builder.asRows(signal.numbers(in: &builder.graph)) { x, builder throws(ShapeError) in
                let kernel = try kernel(inputs: x.shape.columns, units: units, in: &builder)
                return try finish(builder.graph.product(x, kernel), kernel, in: &builder)
            }
        }
    }

    private func finish(_ product: Value, _ kernel: Value, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let sum = try weights.biased(product, in: &builder)
        let output = try weights.activated(sum, in: &builder)
        if let factor = contractiveRegularizer { try contract(output.output, by: sum, kernel, factor: factor, in: &builder) }
        return output
    }

    /// factor / examples · Σ over examples and units of f'(sum)² Σ over inputs of W²: what an input's derivative is, f being the activation of each sum
    /// by itself.
    ///
    /// Source: Rifai et al., *Contractive auto-encoders* (2011).
    private func contract(
        _ output: Value, by sum: Value, _ kernel: Value, factor: Double, in builder: inout NetworkBuilder
    ) throws(ShapeError) {
        guard activation != .softmax else {
            throw ShapeError(
                operation: key, shapes: [output.shape], expected: "an activation of each number by itself under contractive_regularizer")
        }
        let total = try builder.graph.sum(output)
        let slopes = try builder.graph.gradients(of: total, for: [sum])[0]
        let lengths = try builder.graph.sumOfRows(builder.graph.square(kernel))
        let norms = try builder.graph.sum(builder.graph.multiply(builder.graph.square(slopes), lengths))
        builder.addLoss(try builder.graph.scale(norms, by: Float(factor / Double(builder.examples))))
    }

    private func kernel(inputs: Int, units: Int, in builder: inout NetworkBuilder) throws(ShapeError) -> Value {
        try weights.kernel([inputs, units], in: &builder)
    }
}
