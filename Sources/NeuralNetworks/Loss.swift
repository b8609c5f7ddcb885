import Settings
import TensorEngine

/// What the examples of a batch should give, as a graph sees it.
public enum BatchTargets: Sendable {
    /// A class number an example, `[batch]`, or a step, `[batch, steps]`, of so many classes.
    case labels(Value, classes: Int)
    /// Numbers, `[batch, width]`.
    case values(Value)
}

extension LossSettings {
    /// How near to 0 and 1 a probability may come.
    private static let probabilityMargin: Float = 1e-7

    /// Adds the mean loss of a batch to a graph, a scalar, over an example's outputs, or their sum, or over its steps, and over the batch; each target counts
    /// `weights` times, `[batch, 1]` or `[batch, steps]`, where they are given.
    ///
    /// Cross-entropies are computed from the logits whenever the network ends in the matching softmax or sigmoid, as Keras does; elsewhere
    /// probabilities are held within [1e-7, 1 - 1e-7].
    ///
    /// - Throws: `ShapeError` when outputs and targets do not fit each other.
    public func mean(
        of network: LayerOutput, targets: BatchTargets, weights: Value? = nil, in graph: inout Graph
    ) throws(ShapeError) -> Value {
        let elements = try elements(of: network.rows(for: targets, in: &graph), targets: targets, in: &graph)
        let outputs = sumsOutputs ? Float(elements.shape.count / elements.shape.dimensions[0]) : 1
        guard let weights else { return try graph.scale(graph.mean(elements), by: outputs) }
        let columns = elements.shape.rank == 1 ? try graph.reshape(elements, to: weights.shape) : elements
        return try graph.scale(graph.mean(graph.multiply(columns, weights)), by: outputs)
    }

    private func elements(of network: LayerOutput, targets: BatchTargets, in graph: inout Graph) throws(ShapeError) -> Value {
        let output = network.output
        switch kind {
        // Contrastive divergence has programs of its own; elsewhere it is the error that it tells.
        case .meanSquaredError, .contrastiveDivergence:
            return try graph.square(graph.subtract(output, values(of: targets, like: output, in: &graph)))
        case .meanAbsoluteError:
            return try graph.absolute(graph.subtract(output, values(of: targets, like: output, in: &graph)))
        case .huber:
            return try graph.huber(graph.subtract(output, values(of: targets, like: output, in: &graph)), delta: Float(delta))
        case .hinge:
            let t = try values(of: targets, like: output, in: &graph)
            return try hinge(output, targets: t, in: &graph)
        case .multiclassHinge:
            let t = try values(of: targets, like: output, in: &graph)
            let right = try graph.sumOfColumns(graph.multiply(t, output))
            let margins = try graph.relu(graph.add(graph.subtract(output, right), graph.constant(1)))
            // The right class itself adds max(0, 0 + 1) = 1.
            return try graph.subtract(graph.sumOfColumns(margins), graph.constant(1))
        case .klDivergence:
            let floor = try graph.constant(Self.probabilityMargin)
            let t = try graph.maximum(values(of: targets, like: output, in: &graph), floor)
            let p = try graph.maximum(output, floor)
            return try graph.sumOfColumns(graph.multiply(t, graph.logarithm(graph.divide(t, p))))
        case .binaryCrossentropy:
            let t = try values(of: targets, like: output, in: &graph)
            if let logits = logits(of: network, .sigmoid) {
                return try graph.sigmoidCrossEntropy(logits: logits, targets: t)
            }
            return try binary(probabilities: output, targets: t, in: &graph)
        case .categoricalCrossentropy, .sparseCategoricalCrossentropy:
            if let logits = logits(of: network, .softmax) {
                switch targets {
                case .labels(let labels, let classes):
                    guard logits.shape.columns == classes else {
                        throw ShapeError(
                            operation: "loss", shapes: [logits.shape, [labels.shape.count, classes]],
                            expected: "as many outputs as target values")
                    }
                    return try graph.softmaxCrossEntropy(logits: logits, labels: labels)
                case .values(let t): return try sumOverClasses(t, of: graph.logSoftmax(logits), in: &graph)
                }
            }
            return try categorical(probabilities: output, targets: targets, in: &graph)
        case .nonSaturating, .leastSquares, .wasserstein:
            throw ShapeError(operation: kind.rawValue, shapes: [output.shape], expected: "two networks that learn against each other")
        }
    }

    private func hinge(_ output: Value, targets: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        let one = try graph.constant(1)
        let signs = try graph.subtract(graph.scale(targets, by: 2), one)
        // On the edge itself the slope is that of the first, as in Keras.
        return try graph.maximum(graph.subtract(one, graph.multiply(signs, output)), graph.constant(0))
    }

    private func logits(of network: LayerOutput, _ activation: Activation) -> Value? {
        if fromLogits { return network.output }
        guard let logits = network.logits, logits.activation == activation else { return nil }
        return logits.value
    }

    private func binary(probabilities: Value, targets t: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        let p = try graph.clipProbability(probabilities, low: Self.probabilityMargin)
        let one = try graph.constant(1)
        let hit = try graph.multiply(t, graph.logarithm(p))
        let miss = try graph.multiply(graph.subtract(one, t), graph.logarithm(graph.subtract(one, p)))
        return try graph.scale(graph.add(hit, miss), by: -1)
    }

    private func categorical(probabilities: Value, targets: BatchTargets, in graph: inout Graph) throws(ShapeError) -> Value {
        let p: Value
        if kind == .sparseCategoricalCrossentropy {
            let clipped = try graph.clipProbability(probabilities, low: Self.probabilityMargin)
            p = try graph.divide(clipped, graph.sumOfColumns(clipped))
        } else {
            let normalised = try graph.divide(probabilities, graph.sumOfColumns(probabilities))
            p = try graph.clipProbability(normalised, low: Self.probabilityMargin)
        }
        return try sumOverClasses(values(of: targets, like: probabilities, in: &graph), of: graph.logarithm(p), in: &graph)
    }

    /// -Σ t x over the classes.
    private func sumOverClasses(_ t: Value, of x: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        try graph.scale(graph.sumOfColumns(graph.multiply(t, x)), by: -1)
    }

    private func values(of targets: BatchTargets, like output: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        let values =
            switch targets {
            case .values(let values): values
            case .labels(let labels, let classes):
                try graph.reshape(graph.oneHot(labels, classes: classes), to: [labels.shape.count, classes])
            }
        guard values.shape == output.shape else {
            throw ShapeError(operation: "loss", shapes: [output.shape, values.shape], expected: "as many outputs as target values")
        }
        return values
    }
}

extension LayerOutput {
    /// As rows that targets stand beside: an example of any shape whose target is as many numbers in a row as such a row, else the steps of sequences
    /// `[batch, steps, numbers]` one below the other, `[batch · steps, numbers]`.
    fileprivate func rows(for targets: BatchTargets, in graph: inout Graph) throws(ShapeError) -> LayerOutput {
        guard output.shape.rank > 2 else { return self }
        var shape: Shape = [output.shape.rows, output.shape.columns]
        if case .values(let values) = targets, values.shape.rank == 2, values.shape.count == output.shape.count { shape = values.shape }
        let logits = try logits.map { logits throws(ShapeError) in
            Logits(value: try graph.reshape(logits.value, to: shape), activation: logits.activation)
        }
        return LayerOutput(output: try graph.reshape(output, to: shape), logits: logits)
    }
}
