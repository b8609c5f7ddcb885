import Settings
import TensorEngine

/// The gradients of a batch, and what its chains have come to.
struct ContrastiveGradients {
    let kernel: Value
    let bias: Value
    let visibleBias: Value
    /// The hidden states that persistent chains go on from.
    let chains: Value?
}

extension ContrastiveDivergenceSettings {
    /// Adds the gradients of mean F(v) - mean F(v′) to a graph, F the free energy of the machine, v the batch `[batch, visible]` and v′ where chains have come
    /// to, held fixed: for the kernel mean v′ᵀ p(h | v′) - mean vᵀ p(h | v), and so for the biases.
    ///
    /// A chain begins at hidden states that are drawn for the batch, or at `chains`, and makes ``steps`` steps h → v → h, each with numbers of its own from
    /// the streams of the seed and `path`. The last hidden units count by their probabilities. What is asked of the mean activity of hidden units is
    /// added.
    func gradients(
        of machine: MachineValues, on v: Value, chains: Value?, seed: Int, path: String, in graph: inout Graph
    ) throws(ShapeError) -> ContrastiveGradients {
        let sums = try machine.sums(v, in: &graph)
        let data = try graph.sigmoid(sums)
        var (visible, last) = (v, data)
        var states = if let chains { chains } else { try graph.bernoulli(data, seed: seed, path: path + "/hidden") }
        for step in 1...steps {
            visible = try machine.visible(states, in: &graph)
            if self.visible == .states {
                visible = try machine.drawn(visible, seed: seed, path: "\(path)/visible_\(step)", in: &graph)
            }
            last = try machine.hidden(visible, in: &graph)
            if step < steps || persistent { states = try graph.bernoulli(last, seed: seed, path: "\(path)/hidden_\(step)") }
        }
        // The gradient with respect to v W + b, on the rows of both sides.
        let (n, m) = (Float(v.shape.rows), Float(visible.shape.rows))
        var upstream = try graph.scale(data, by: -1 / n)
        if let sparsity {
            let mean = try graph.scale(graph.sumOfRows(data), by: 1 / n)
            let away = try graph.subtract(mean, graph.constant(Float(sparsity.target)))
            let penalty = try graph.scale(graph.sum(graph.square(away)), by: Float(sparsity.weight))
            upstream = try graph.add(upstream, graph.gradients(of: penalty, for: [sums])[0])
        }
        let both = try graph.stackRows(upstream, graph.scale(last, by: 1 / m))
        let visibleBias =
            v.shape == visible.shape
            ? try graph.scale(graph.sumOfRows(graph.subtract(visible, v)), by: 1 / n)
            : try graph.subtract(
                graph.scale(graph.sumOfRows(visible), by: 1 / m), graph.scale(graph.sumOfRows(v), by: 1 / n))
        return ContrastiveGradients(
            kernel: try graph.product(graph.stackRows(v, visible), both, transposeA: true), bias: try graph.sumOfRows(both),
            visibleBias: visibleBias, chains: persistent ? states : nil)
    }
}
