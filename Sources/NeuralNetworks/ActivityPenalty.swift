import Settings
import TensorEngine

extension ActivityPenaltySettings {
    /// How near to 0 and 1 a unit's mean may come.
    private static let margin: Float = 1e-7

    /// Adds what the numbers that a layer gives, `[…, units]`, cost to the losses of `builder`: sums over all of them, divided by the examples as in Keras,
    /// and the divergence of the units' means, which are over examples and places.
    ///
    /// Source of the latter: Ng, *Sparse autoencoder* (2011).
    func add(of output: Value, in builder: inout NetworkBuilder) throws(ShapeError) {
        let share = 1 / Double(builder.examples)
        if let sums = try PenaltySettings(l1: l1 * share, l2: l2 * share).of(output, in: &builder.graph) { builder.addLoss(sums) }
        guard let sparsity, sparsity.weight > 0 else { return }
        let (hit, miss) = (Float(sparsity.target), Float(1 - sparsity.target))
        let mean = try builder.graph.clipProbability(builder.graph.meanOfRows(output), low: Self.margin)
        let rest = try builder.graph.subtract(builder.graph.constant(1), mean)
        let near = try builder.graph.scale(builder.graph.logarithm(builder.graph.scale(mean, by: 1 / hit)), by: -hit)
        let far = try builder.graph.scale(builder.graph.logarithm(builder.graph.scale(rest, by: 1 / miss)), by: -miss)
        let divergence = try builder.graph.sum(builder.graph.add(near, far))
        builder.addLoss(try builder.graph.scale(divergence, by: Float(sparsity.weight)))
    }
}
