import Datasets
import NeuralNetworks
import Settings

/// Refuses targets that no loss can judge yet.
func checkKinds(_ settings: TrialSettings, data: DatasetSummary) throws(PreparationProblem) {
    if let labels = settings.labels, settings.target.encoding != .inputs {
        throw PreparationProblem(
            path: "labels", message: "the labels \"\(labels)\" stand beside a target that is a column itself",
            help: "leave labels out, or write target: inputs")
    }
    switch data.target {
    case .sequences:
        throw PreparationProblem(
            path: "target", message: "the target \"\(settings.target.column)\" is a sequence, which no loss judges yet",
            help: "predict classes or numbers")
    case .inputs:
        guard data.inputKind == .dense else {
            throw PreparationProblem(
                path: "target", message: "the inputs are words, which no network gives again as numbers",
                help: "encode numbers or an image, or name a column")
        }
        guard settings.inputs.pad == 0 else {
            throw PreparationProblem(
                path: "target", message: "the inputs have zeros around them that are not in the data", help: "leave out pad")
        }
    case .classes, .severalLabels, .values: break
    }
}

/// What is to be known of inputs of a shape that the network does not see.
func kindNotices(_ data: DatasetSummary, _ network: Network) -> [String] {
    guard data.inputKind == .dense, data.inputShape.count > 1, data.window == nil, network.input.shape.rank == 1 else { return [] }
    return ["The inputs of shape \(data.inputShape) are taken as \(data.featureCount) numbers in a row: the first layer uses no shape."]
}

/// Refuses losses and last layers that cannot judge several labels, each by itself.
func checkLabels(_ settings: TrialSettings) throws(PreparationProblem) {
    let kind = settings.training.loss.kind
    guard kind.demands.takesNumbers else {
        throw PreparationProblem(
            path: "training.loss",
            message: "\(kind.rawValue) is of one class a row, the target \"\(settings.target.column)\" has several labels",
            help: "use binary_crossentropy, and end the network in sigmoid")
    }
    guard let (place, activation) = settings.model.lastActivation, activation == .softmax else { return }
    throw PreparationProblem(
        path: settings.model.activationPath(place),
        message:
            "the numbers of a softmax add up to 1, the target \"\(settings.target.column)\" has several labels, each with a probability of its own",
        help: "end the network in sigmoid")
}

extension TrialSettings {
    /// Whether the outputs for several labels are the probabilities of each, or logits of them.
    var givesProbabilitiesOfLabels: Bool {
        training.loss.fromLogits || model.lastActivation?.activation == .sigmoid
    }
}
