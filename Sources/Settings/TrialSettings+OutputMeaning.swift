import Metrics

extension LossSettings {
    /// What a network's outputs are: a loss that takes logits says that a softmax or sigmoid is still to be applied, a hinge that 0 lies between the
    /// classes.
    public var outputMeaning: OutputMeaning {
        switch kind {
        case .hinge: .margins
        case .binaryCrossentropy: fromLogits ? .sigmoidLogits : .plain
        case .categoricalCrossentropy, .sparseCategoricalCrossentropy: fromLogits ? .softmaxLogits : .plain
        default: .plain
        }
    }
}

extension TrialSettings {
    /// Whether the outputs, so many an example, are the probabilities of classes, or logits of them: after a softmax, or one after a sigmoid. Several
    /// sigmoids are no distribution over the classes, whatever the loss.
    public func givesProbabilities(outputs: Int) -> Bool {
        let loss = training.loss
        if loss.fromLogits { return loss.kind != .binaryCrossentropy || outputs == 1 }
        let last = model.lastActivation?.activation
        return last == .softmax || last == .sigmoid && outputs == 1
    }
}

extension ModelSettings {
    /// The activation that a network's numbers come from, and the place of its layer; nil when the last layer is of another kind.
    public var lastActivation: (place: Int, activation: Activation)? {
        for (place, layer) in layers.enumerated().reversed() {
            // Such a layer hands on what it gets.
            if layer.kind == .activation(.linear) { continue }
            return layer.kind.activation.map { (place, $0) }
        }
        return nil
    }
}

extension LayerKind {
    /// What the layer applies last; nil for layers that have no activation.
    public var activation: Activation? {
        switch self {
        case .dense(let dense): dense.activation
        case .activation(let activation): activation
        case .dropout, .batchNormalization, .layerNormalization: nil
        }
    }
}
