import Settings
import TensorEngine

/// activation(x W + b): `[…, inputs]` → `[…, units]`, with the kernel W `[inputs, units]` and the bias b `[units]`, on the innermost axis.
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
            return try weights.finish(builder.graph.sparseProduct(table, rows, kernel), in: &builder)
        case .dense, .tokens:
            return try builder.asRows(signal.numbers(in: &builder.graph)) { x, builder throws(ShapeError) in
                let kernel = try kernel(inputs: x.shape.columns, units: units, in: &builder)
                return try weights.finish(builder.graph.product(x, kernel), in: &builder)
            }
        }
    }

    private func kernel(inputs: Int, units: Int, in builder: inout NetworkBuilder) throws(ShapeError) -> Value {
        try weights.kernel([inputs, units], in: &builder)
    }
}
