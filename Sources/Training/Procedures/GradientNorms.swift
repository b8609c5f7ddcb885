import NeuralNetworks

/// The sizes of the layers' gradients over the steps of an epoch.
struct GradientNorms {
    private var sums: [(layer: String, norm: Double)] = []
    private var steps = 0

    /// Takes in the step that has just run.
    mutating func add(_ step: NetworkProgram) {
        let norms = step.gradientNorms
        guard !norms.isEmpty else { return }
        if sums.isEmpty { sums = norms.map { ($0.layer, 0) } }
        for place in norms.indices { sums[place].norm += norms[place].norm }
        steps += 1
    }

    /// The mean over the steps, `grad_norm/layer_1`, …, `grad_norm/output`.
    var figures: [(String, Double)] {
        sums.map { ("grad_norm/" + $0.layer, $0.norm / Double(max(steps, 1))) }
    }
}
