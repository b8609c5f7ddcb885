import NeuralNetworks
import Settings
import TensorEngine

/// Refuses a dropout or a normalization at the end where the loss needs probabilities, or scores on both sides of 0.
private func checkEndWithoutActivation(_ settings: TrialSettings) throws(PreparationProblem) {
    let (kind, demands) = (settings.training.loss.kind.rawValue, settings.training.loss.kind.demands)
    guard let place = settings.model.lastPlace, demands.probabilities != nil && !settings.training.loss.fromLogits || demands.needsBothSigns
    else { return }
    throw PreparationProblem(
        path: "model.layers[\(place)]",
        message:
            "\(kind) needs \(demands.needsBothSigns ? "scores" : "probabilities"), the network ends in \(settings.model.layers[place].kind.key)",
        help: "end it in a dense layer with \((demands.probabilities ?? .linear).name), and put this layer before it")
}

/// Refuses a last layer whose numbers the loss cannot judge, and a softmax that can only say 1.
func checkOutput(_ settings: TrialSettings, shapes: [Shape]) throws(PreparationProblem) {
    for (place, layer) in settings.model.layers.enumerated() where layer.kind.lastActivation == .softmax && shapes[place].columns == 1 {
        throw PreparationProblem(
            path: settings.model.activationPath(place), message: "a softmax of one number is always 1", help: "write sigmoid, or linear")
    }
    guard let (place, activation) = settings.model.lastActivation else { return try checkEndWithoutActivation(settings) }
    func problem(_ message: String, _ help: String) -> PreparationProblem {
        PreparationProblem(path: settings.model.activationPath(place), message: message, help: help)
    }
    let loss = settings.training.loss
    let (kind, ending) = (loss.kind.rawValue, "the network ends in \(activation.name)")
    if loss.kind.demands.needsBothSigns, !activation.hasBothSigns {
        throw problem("\(kind) needs scores on both sides of 0, \(ending)", "end it in linear, or in tanh")
    }
    guard let proper = loss.kind.demands.probabilities else { return }
    if loss.fromLogits {
        if activation == .softmax || activation == .sigmoid {
            throw problem("\(kind) from logits applies the \(proper.name) itself, \(ending)", "end it in linear, or leave out from_logits")
        }
    } else if !activation.mayGiveProbabilities || proper == .sigmoid && activation == .softplus {
        throw problem(
            "\(kind) needs probabilities, \(ending)",
            "end it in \(proper.name)" + (loss.kind.mayTakeLogits ? ", or write {\(kind): {from_logits: true}}" : ""))
    }
}
