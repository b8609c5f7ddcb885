import Metrics

extension LossSettings {
    /// What a network's outputs are: a loss that takes logits says that a softmax or sigmoid is still to be applied, a hinge that 0 lies between the
    /// classes.
    public var outputMeaning: OutputMeaning {
        if kind.demands.needsBothSigns { return .margins }
        guard fromLogits else { return .plain }
        return kind.demands.probabilities == .sigmoid ? .sigmoidLogits : .softmaxLogits
    }
}

extension TrialSettings {
    /// Whether the outputs, so many an example, are the probabilities of classes, or logits of them: after a softmax, or one after a sigmoid. Several
    /// sigmoids are no distribution over the classes, whatever the loss.
    public func givesProbabilities(outputs: Int) -> Bool {
        let loss = training.loss
        if loss.fromLogits { return loss.kind.demands.probabilities != .sigmoid || outputs == 1 }
        let last = model.lastActivation?.activation
        return last == .softmax || last == .sigmoid && outputs == 1
    }
}
