import Settings
import TensorEngine

/// In training m + e^(l/2) e, in use m: `[…, inputs]` → `[…, units]`, with the mean m = x W₁ + b₁, the log variance l = x W₂ + b₂, and e of the standard normal
/// distribution, drawn from a stream of the layer's name. A frozen layer draws, too.
///
/// `kl_weight` times the mean over examples of KL(q ‖ N(0, 1)) = -½ Σ (1 + l - m² - e^l) is added to the loss, in training and in use. A loss that is a mean over an
/// example's outputs stands to it as if that weight were their count times as large; under `reduction: sum` and weight 1 their sum is the negative evidence
/// lower bound. Parameters: `mean_kernel`, `mean_bias`, `log_variance_kernel`, `log_variance_bias`.
///
/// Source: Kingma and Welling, *Auto-encoding variational Bayes* (2013).
extension VariationalSettings: Layer {
    /// Each step by itself.
    public static var keepsSteps: Bool { true }

    /// Mean, log variance, variance, deviation and what is drawn.
    public func numbersBeside(output: Shape, input: Shape) -> Double { 5 * output.size }

    /// Adds both heads, what is drawn, and the divergence.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        switch signal {
        case .sparse(let table, let rows):
            return try code(inputs: table.columns, in: &builder) { kernel, builder throws(ShapeError) in
                try builder.graph.sparseProduct(table, rows, kernel)
            }
        case .dense, .tokens:
            return try builder.asRows(signal.numbers(in: &builder.graph)) { x, builder throws(ShapeError) in
                try code(inputs: x.shape.columns, in: &builder) { kernel, builder throws(ShapeError) in try builder.graph.product(x, kernel)
                }
            }
        }
    }

    private func code(
        inputs: Int, in builder: inout NetworkBuilder, _ product: (Value, inout NetworkBuilder) throws(ShapeError) -> Value
    ) throws(ShapeError) -> LayerOutput {
        func head(_ name: String, _ builder: inout NetworkBuilder) throws(ShapeError) -> Value {
            let kernel = try builder.parameter("\(name)_kernel", [inputs, units], kernelInitializer, penalty: kernelRegularizer)
            let bias = try builder.parameter("\(name)_bias", [units], biasInitializer)
            return try builder.graph.add(product(kernel, &builder), bias)
        }
        let mean = try head("mean", &builder)
        let logVariance = try head("log_variance", &builder)
        if divergenceWeight > 0 {
            let variance = try builder.graph.exponential(logVariance)
            let squares = try builder.graph.add(builder.graph.square(mean), variance)
            let rest = try builder.graph.subtract(squares, builder.graph.add(logVariance, builder.graph.constant(1)))
            let share = divergenceWeight / 2 / Double(builder.examples)
            builder.addLoss(try builder.graph.scale(builder.graph.sum(rest), by: Float(share)))
        }
        guard case .training(let seed) = builder.phase else { return LayerOutput(output: mean, logits: nil) }
        let deviation = try builder.graph.exponential(builder.graph.scale(logVariance, by: 0.5))
        let drawn = try builder.graph.normalNumbers(mean.shape, seed: seed, path: builder.path)
        return LayerOutput(output: try builder.graph.add(mean, builder.graph.multiply(deviation, drawn)), logits: nil)
    }
}
