import Datasets
import NeuralNetworks
import Settings

/// Refuses contrastive divergence of anything but one layer `rbm` that learns its inputs, and settings that have no part in it.
func checkMachine(_ settings: TrialSettings, network: Network, data: DatasetSummary) throws(PreparationProblem) {
    let training = settings.training
    guard let machine = BoltzmannMachine(network) else {
        throw PreparationProblem(
            path: "training.loss",
            message: "contrastive_divergence trains one layer rbm, the network has "
                + (settings.model.layers.count == 1 ? "another" : "\(settings.model.layers.count) layers"),
            help: "write layers: [{rbm: {units: 128}}]; training.pretrain trains sigmoid layers one by one")
    }
    guard case .inputs = data.target else {
        throw PreparationProblem(
            path: "target", message: "contrastive_divergence learns the inputs, the target is \"\(settings.target.column)\"",
            help: "write target: inputs")
    }
    if machine.visible == .bernoulli { try checkUnits(at: "model.layers[0].visible", data.targetFacts.train) }
    let without: [(String, Bool)] = [
        ("gradient_clipping", training.gradientClipping != nil), ("gradient_norms", training.gradientNorms != .off),
        ("class_weight", training.classWeight != nil), ("threshold", training.threshold != nil), ("augment", training.augment != nil),
        ("augment_validation", training.augmentValidation != nil), ("labelled", training.labelled != nil),
    ]
    for (key, isWritten) in without where isWritten {
        throw PreparationProblem(
            path: "training.\(key)", message: "\(key) has no part in contrastive_divergence", help: "leave it out")
    }
}

/// Refuses numbers in rows that train which Bernoulli units cannot have.
private func checkUnits(at path: String, _ range: TargetFacts.Range?) throws(PreparationProblem) {
    guard let outside = range?.outside(0...1) else { return }
    throw PreparationProblem(noBernoulliUnit: outside.value, row: outside.row, at: path)
}

extension PreparationProblem {
    /// A number in a row, counted from 1, that a Bernoulli unit cannot have.
    init(noBernoulliUnit value: Double, row: Int, at path: String) {
        self.init(
            path: path, message: "bernoulli units are from 0 to 1, row \(row) has \(Float(value).described)",
            help: "scale the inputs (min-max), or write visible: gaussian and scale: standard")
    }
}

/// What is to be known of rows that do not train and have numbers which Bernoulli units cannot have.
func unitNotices(_ settings: TrialSettings, _ network: Network, data: DatasetSummary) -> [String] {
    guard settings.training.loss.kind == .contrastiveDivergence, BoltzmannMachine(network)?.visible == .bernoulli,
        let outside = data.targetFacts.all?.outside(0...1)
    else { return [] }
    return [
        "Row \(outside.row), which does not train, has \(Float(outside.value).described) once it is scaled: bernoulli units are from 0 to 1."
    ]
}

/// Refuses pretraining where no layer can be trained so.
func checkPretraining(_ settings: TrialSettings, data: DatasetSummary) throws(PreparationProblem) {
    guard let pretrain = settings.training.pretrain else { return }
    if pretrain.visible == .bernoulli { try checkUnits(at: "training.pretrain", data.targetFacts.trainInputs) }
    guard settings.training.loss.kind != .contrastiveDivergence else {
        throw PreparationProblem(
            path: "training.pretrain", message: "the loss contrastive_divergence trains the only layer itself", help: "leave pretrain out")
    }
    guard settings.trainedModel.pretrainedPlaces.isEmpty else { return }
    guard settings.model.pretrainedPlaces.isEmpty else {
        throw PreparationProblem(
            path: "training.pretrain", message: "the first layer that could be trained by itself is frozen (training.freeze)",
            help: "leave pretrain out, or do not freeze the first layers")
    }
    throw PreparationProblem(
        path: "training.pretrain",
        message:
            "no layer can be trained by itself: the network does not begin with a dense layer of sigmoid units with a bias before its output",
        help: "use sigmoid in the hidden layers, or leave pretrain out")
}

/// What is to be known of rows whose labels are not used.
func labelNotices(_ settings: TrialSettings, data: DatasetSummary) -> [String] {
    guard let labelled = settings.training.labelled else { return [] }
    guard labelled < data.trainCount else { return ["labelled: \(labelled) is all \(data.trainCount) train rows."] }
    if let classes = data.classCount, labelled < classes {
        return [
            "\(labelled) of \(data.trainCount) train rows are trained on with their labels: \(classes - labelled) classes or more have none."
        ]
    }
    return ["\(labelled) of \(data.trainCount) train rows are trained on\(data.classCount == nil ? "" : " with their labels")."]
}
