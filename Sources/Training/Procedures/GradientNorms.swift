import NeuralNetworks

/// The sizes of gradients over the updates of an epoch.
struct GradientNorms {
    private var sums: [(figure: String, norm: Double)] = []
    private var steps = 0

    /// Takes in the step that has just run.
    mutating func add(_ step: NetworkProgram) {
        let norms = step.gradientNorms
        guard !norms.isEmpty else { return }
        if sums.isEmpty { sums = norms.map { ($0.figure, 0) } }
        for place in norms.indices { sums[place].norm += norms[place].norm }
        steps += 1
    }

    /// The mean over the updates, `grad_norm/layer_1`, …, `grad_norm/output`, `step_grad_norm/layer_2/1`, ….
    var figures: [(String, Double)] { sums.map { ($0.figure, $0.norm / Double(max(steps, 1))) } }
}
