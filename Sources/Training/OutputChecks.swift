import NeuralNetworks
import Settings

/// Refuses a last layer whose numbers the loss cannot judge, and a softmax that can only say 1.
func checkOutput(_ settings: TrialSettings, widths: [Int]) throws(PreparationProblem) {
    for (place, layer) in settings.model.layers.enumerated() where layer.kind.activation == .softmax && widths[place] == 1 {
        throw PreparationProblem(
            path: layer.kind.activationPath(place), message: "a softmax of one number is always 1", help: "write sigmoid, or linear")
    }
    guard let (place, activation) = settings.model.lastActivation else { return }
    func problem(_ message: String, _ help: String) -> PreparationProblem {
        PreparationProblem(path: settings.model.layers[place].kind.activationPath(place), message: message, help: help)
    }
    let loss = settings.training.loss
    let (kind, ending) = (loss.kind.rawValue, "the network ends in \(activation.name)")
    switch loss.kind {
    case .hinge:
        if [.sigmoid, .softmax, .relu, .softplus].contains(activation) {
            throw problem("hinge needs scores on both sides of 0, \(ending)", "end it in linear, or in tanh")
        }
    case .binaryCrossentropy, .categoricalCrossentropy, .sparseCategoricalCrossentropy, .klDivergence:
        let proper = loss.kind == .binaryCrossentropy ? "sigmoid" : "softmax"
        if loss.fromLogits {
            if activation == .softmax || activation == .sigmoid {
                throw problem("\(kind) from logits applies the \(proper) itself, \(ending)", "end it in linear, or leave out from_logits")
            }
        } else if ![.softmax, .sigmoid, .softplus].contains(activation) || loss.kind == .binaryCrossentropy && activation == .softplus {
            throw problem(
                "\(kind) needs probabilities, \(ending)",
                "end it in \(proper)" + (loss.kind == .klDivergence ? "" : ", or write {\(kind): {from_logits: true}}"))
        }
    case .meanSquaredError, .meanAbsoluteError, .huber, .multiclassHinge: break
    }
}

extension LayerKind {
    /// The setting of the activation of the layer at this place.
    func activationPath(_ place: Int) -> String {
        if case .dense = self { "model.layers[\(place)].activation" } else { "model.layers[\(place)]" }
    }
}
