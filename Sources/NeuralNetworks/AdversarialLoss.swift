import Settings
import TensorEngine

extension LossSettings {
    /// Keeps the root of a slope that is 0 away from it, where a root has no gradient.
    private static let leastSquaredSlope: Float = 1e-12

    /// Adds the discriminator's loss on real and made examples to a graph: the sum of the means of both batches.
    ///
    /// Non-saturating: -log D(x) - log(1 - D(G(z))). Source: Goodfellow et al., *Generative adversarial nets* (2014). Least squares:
    /// ((D(x) - 1)² + D(G(z))²) / 2. Source: Mao et al., *Least squares generative adversarial networks* (2016). Wasserstein: D(G(z)) - D(x). Source:
    /// Arjovsky et al., *Wasserstein GAN* (2017). Smoothing lowers the 1 for real examples alone.
    package func ofDiscriminator(real: LayerOutput, made: LayerOutput, in graph: inout Graph) throws(ShapeError) -> Value {
        let target = 1 - Float(adversarial.labelSmoothing)
        switch kind {
        case .leastSquares:
            let sum = try graph.add(
                graph.mean(graph.square(graph.subtract(real.output, graph.constant(target)))), graph.mean(graph.square(made.output)))
            return try graph.scale(sum, by: 0.5)
        case .wasserstein: return try graph.subtract(graph.mean(made.output), graph.mean(real.output))
        default: return try graph.add(crossEntropy(of: real, target, in: &graph), crossEntropy(of: made, 0, in: &graph))
        }
    }

    /// Adds the generator's loss to a graph: that the discriminator takes its examples for real. Non-saturating: -log D(G(z)), least squares:
    /// (D(G(z)) - 1)² / 2, Wasserstein: -D(G(z)).
    package func ofGenerator(made: LayerOutput, in graph: inout Graph) throws(ShapeError) -> Value {
        switch kind {
        case .leastSquares:
            try graph.scale(graph.mean(graph.square(graph.subtract(made.output, graph.constant(1)))), by: 0.5)
        case .wasserstein: try graph.scale(graph.mean(made.output), by: -1)
        default: try crossEntropy(of: made, 1, in: &graph)
        }
    }

    /// Adds λ times the mean of (|∂D/∂x| - 1)² over the batch, from the judgement of examples `[batch, numbers]`. It is a loss that holds a gradient.
    /// Source: Gulrajani et al., *Improved training of Wasserstein GANs* (2017).
    package func slopePenalty(
        of judgement: LayerOutput, at examples: Value, weight: Double, in graph: inout Graph
    ) throws(ShapeError) -> Value {
        let slopes = try graph.gradients(of: graph.sum(judgement.output), for: [examples])[0]
        let squares = try graph.sumOfColumns(graph.square(slopes))
        let sizes = try graph.squareRoot(graph.add(squares, graph.constant(Self.leastSquaredSlope)))
        return try graph.scale(graph.mean(graph.square(graph.subtract(sizes, graph.constant(1)))), by: Float(weight))
    }

    /// The mean of what the discriminator says of a batch: the probability that an example is real, or its score where the loss knows no probability.
    package func meanJudgement(_ judgement: LayerOutput, in graph: inout Graph) throws(ShapeError) -> Value {
        try graph.mean(kind == .nonSaturating ? graph.sigmoid(logits(of: judgement)) : judgement.output)
    }

    /// The mean of -t log p - (1 - t) log(1 - p).
    private func crossEntropy(of judgement: LayerOutput, _ target: Float, in graph: inout Graph) throws(ShapeError) -> Value {
        try graph.mean(graph.sigmoidCrossEntropy(logits: logits(of: judgement), targets: graph.constant(target)))
    }

    /// What a sigmoid is, or would be, applied to.
    private func logits(of judgement: LayerOutput) -> Value {
        guard let logits = judgement.logits, logits.activation == .sigmoid else { return judgement.output }
        return logits.value
    }
}
