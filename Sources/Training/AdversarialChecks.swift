import Datasets
import NeuralNetworks
import Settings
import TensorEngine

/// Refuses what only two networks that learn against each other have, of one that learns by itself.
func checkAbsenceOfPair(_ settings: TrialSettings) throws(PreparationProblem) {
    let training = settings.training
    guard settings.model.opponent == nil else { return }
    if training.loss.kind.demands.isAdversarial {
        throw PreparationProblem(
            path: "training.loss",
            message: "\(training.loss.kind.rawValue) is of two networks that learn against each other, the model is one",
            help: "write model: {generator: …, discriminator: …}, or use another loss")
    }
    for (key, isWritten) in [
        ("discriminator_optimizer", training.discriminatorOptimizer != nil), ("steps", training.steps != AdversarialSteps()),
        ("judge", training.judge != nil),
    ] where isWritten {
        throw PreparationProblem(
            path: "training.\(key)", message: "\(key) is of two networks that learn against each other, the model is one",
            help: "leave it out, or write model: {generator: …, discriminator: …}")
    }
}

/// Refuses settings that two networks which learn against each other do not have.
func checkPairSettings(_ settings: TrialSettings, data: DatasetSummary) throws(PreparationProblem) {
    let training = settings.training
    guard training.loss.kind.demands.isAdversarial else {
        throw PreparationProblem(
            path: "training.loss",
            message: "\(training.loss.kind.rawValue) is of one network, a generator and a discriminator have a loss each",
            help: "use non_saturating, least_squares or wasserstein")
    }
    guard case .inputs = data.target else {
        throw PreparationProblem(
            path: "target", message: "a generator makes rows like the inputs, the target is \"\(settings.target.column)\"",
            help: "write target: inputs, and the column of classes as labels")
    }
    if let metric = training.metrics.first {
        throw PreparationProblem(
            path: "training.metrics", message: "made examples have no targets, of which \(metric.figure) could be",
            help: "leave metrics out: real_output and generated_output are told, and with a judge class_score and others")
    }
    for (key, isWritten) in [
        ("threshold", training.threshold != nil), ("class_weight", training.classWeight != nil),
        ("gradient_norms", training.gradientNorms != .off), ("reduce_on_plateau", training.reduceOnPlateau != nil),
        ("clusters", training.clusters != nil), ("labelled", training.labelled != nil), ("pretrain", training.pretrain != nil),
    ] where isWritten {
        throw PreparationProblem(
            path: "training.\(key)", message: "\(key) does not go with two networks that learn against each other", help: "leave it out")
    }
    if training.judge != nil, training.continueFrom != nil {
        throw PreparationProblem(
            path: "training.judge", message: "a run cannot begin with the weights of another and have a judge, too",
            help: "leave continue_from or judge out")
    }
    if let start = training.continueFrom, start.layers != .all {
        throw PreparationProblem(
            path: "training.continue_from.layers", message: "two networks that learn against each other begin with all weights of others",
            help: "leave layers out")
    }
}

extension AdversarialPair {
    /// The pair of a trial whose generator is built.
    ///
    /// - Throws: ``PreparationProblem`` for a discriminator that cannot be trained, or that does not give one number.
    init(_ settings: TrialSettings, generator: Network, data: DatasetSummary) throws(PreparationProblem) {
        guard let opponent = settings.model.opponent, let model = settings.model.discriminator else {
            throw PreparationProblem(path: "model", message: "there is no discriminator")
        }
        let classes = try classesTold(settings, data: data)
        var judging = settings
        judging.model = model
        let input = data.exampleInput(for: judging)
        var layers: [Network.NamedLayer] = []
        let names = model.layerNames(behind: ModelSettings.discriminatorName + "/")
        for (place, (layer, name)) in zip(model.layers, names).enumerated() {
            guard let kind = layer.kind.resolved(targetWidth: 1) as? any Layer else {
                throw PreparationProblem(
                    path: "\(discriminatorPath)[\(place)]", message: "\(layer.kind.key) cannot be trained", help: "use another layer")
            }
            layers.append(Network.NamedLayer(name, kind, isFrozen: layer.isFrozen))
        }
        do {
            let network = try Network(layers, input: classes > 0 ? .dense([input.shape.count + classes]) : input)
            self.init(generator: generator, discriminator: network, noise: opponent.noise, classes: classes)
        } catch {
            throw PreparationProblem(
                path: "\(discriminatorPath)[\(error.place)]",
                message:
                    "layer \(error.place + 1) (\(model.layers[error.place].kind.key)) of the discriminator does not fit: \(error.error)")
        }
        try checkShapes(settings, model, data: data)
    }

    /// Refuses networks that give too many or too few numbers, a last layer of the discriminator that the loss cannot judge, layers without a gradient.
    private func checkShapes(_ settings: TrialSettings, _ model: ModelSettings, data: DatasetSummary) throws(PreparationProblem) {
        let (made, judged) = (generator.outputShape.count, discriminator.outputShape.count)
        guard made == data.featureCount else {
            throw PreparationProblem(
                path: settings.model.widthPath(settings.model.outputPlace ?? settings.model.layers.count - 1),
                message: "the generator makes \(made) numbers, the inputs have \(data.featureCount)",
                help: "end it in dense: {units: \(data.featureCount)}, or in layers that give as many")
        }
        let end = model.layers.count - 1
        guard judged == 1, let (place, activation) = model.lastActivation else {
            throw PreparationProblem(
                path: "\(discriminatorPath)[\(end)]",
                message: judged == 1
                    ? "the discriminator ends in \(model.layers[end].kind.key)" : "the discriminator gives \(judged) numbers, expected one",
                help: "end it in dense: {units: 1}")
        }
        let kind = settings.training.loss.kind
        let fits =
            switch kind {
            case .nonSaturating: activation == .linear || activation == .sigmoid
            case .wasserstein: activation == .linear
            default: activation != .softmax
            }
        guard fits else {
            throw PreparationProblem(
                path: "\(discriminatorPath)[\(place)]",
                message: "\(kind.rawValue) needs \(kind == .wasserstein ? "scores without bounds" : "a logit"), the discriminator ends in "
                    + activation.name, help: "end it in linear")
        }
        for (network, path) in [(generator, settings.model.layersPath), (discriminator, discriminatorPath)] {
            guard let place = network.layers.firstIndex(where: { !$0.layer.hasGradient }) else { continue }
            throw PreparationProblem(
                path: "\(path)[\(place)]",
                message: "\(network.layers[place].layer.lastActivation?.name ?? Activation.step.name) has no gradient",
                help: "use another activation")
        }
        guard settings.training.loss.adversarial.gradientPenalty != nil else { return }
        do { try checkSlopes() } catch {
            throw PreparationProblem(
                path: discriminatorPath,
                message: "a gradient_penalty needs the gradient of a gradient, which the discriminator does not have: \(error.operation)",
                help: "use layer_normalization for batch_normalization, strides for max pooling; or clip")
        }
    }
}

/// The setting of a discriminator's layers.
private let discriminatorPath = "model.\(ModelSettings.discriminatorName).layers"

/// How many classes a pair is told of; 0: none.
func classesTold(_ settings: TrialSettings, data: DatasetSummary) throws(PreparationProblem) -> Int {
    guard settings.model.opponent?.isConditional == true else { return 0 }
    guard case .inputs(let labels?) = data.target else {
        throw PreparationProblem(
            path: "model.\(ModelSettings.generatorName).conditional",
            message: "a conditional pair is told the classes of rows, there are none",
            help: "write labels: and the column of classes, beside target: inputs")
    }
    let path = "model.\(ModelSettings.generatorName).conditional"
    if let count = data.targetFacts.unlabelledTrainCount {
        throw PreparationProblem(
            path: path,
            message: "a conditional pair is told the class of every train row, \(count) of \(data.trainCount) have no label",
            help: "fill the labels in, or leave those rows out with split: {only: …}")
    }
    if let absent = data.targetFacts.untrainedLabels?.first {
        throw PreparationProblem(
            path: path, message: "a conditional pair would make examples of the class \"\(absent)\", which no train row has",
            help: "give each part its share of every class, or leave those rows out with split: {only: …}")
    }
    return labels.count
}
