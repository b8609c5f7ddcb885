import Datasets
import NeuralNetworks
import Settings

/// Fits a trial to its data: widths that follow from the target, and everything that cannot be trained is an error.
///
/// - Parameter memory: what training may take; a trial that takes more is an error.
/// - Throws: ``PreparationProblem`` with the path of the setting.
public func prepare(
    _ settings: TrialSettings, data: DatasetSummary, memory: MachineMemory = .atHand
) throws(PreparationProblem) -> PreparedTrial {
    var known = KnownNetworks()
    return try prepare(settings, data: data, memory: memory, known: &known)
}

/// The same for one of many trials, of which some have the same network.
public func prepare(
    _ settings: TrialSettings, data: DatasetSummary, memory: MachineMemory = .atHand, known: inout KnownNetworks
) throws(PreparationProblem) -> PreparedTrial {
    try checkKinds(settings, data: data)
    try checkChosenLayers(settings)
    try checkAbsenceOfPair(settings)
    if settings.model.opponent != nil { return try preparePair(settings, data: data, memory: memory, known: &known) }
    let (network, form) = try known.network(for: settings, data: data)
    try checkMemory(settings, network: network, data: data, memory: memory)
    try checkParameters(settings, network: network)
    try checkGradients(settings, network: network)
    try checkSteps(settings, network: network, data: data)
    let outputs = settings.answers(of: network)
    if settings.training.loss.kind == .contrastiveDivergence {
        try checkMachine(settings, network: network, data: data)
    } else {
        try checkLoss(settings, outputs: outputs, data: data)
        try checkOutput(settings, shapes: network.shapes)
    }
    try checkPretraining(settings, data: data)
    try checkMetrics(settings, outputs: outputs, data: data)
    try checkThreshold(settings, outputs: outputs, data: data)
    try checkDomain(settings, data: data)
    try checkAugmentation(settings, data: data)
    try checkRows(settings, data: data)
    try checkMonitors(settings, data: data)
    _ = try classWeights(of: settings, data: data)
    return PreparedTrial(
        settings: settings, network: network, data: data, signature: known.signature(of: settings, form, network, data: data),
        notices: domainNotices(settings, outputs: outputs, data: data) + undefinedNotices(settings, data: data)
            + kindNotices(data, network) + unitNotices(settings, network, data: data) + trainingNotices(network)
            + labelNotices(settings, data: data) + augmentationNotices(settings) + classNotices(settings, data: data))
}

/// The same for two networks that learn against each other.
private func preparePair(
    _ settings: TrialSettings, data: DatasetSummary, memory: MachineMemory, known: inout KnownNetworks
) throws(PreparationProblem) -> PreparedTrial {
    try checkPairSettings(settings, data: data)
    let (network, form) = try known.network(for: settings, data: data)
    let pair = try AdversarialPair(settings, generator: network, data: data)
    for network in [pair.generator, pair.discriminator] { try checkMemory(settings, network: network, data: data, memory: memory) }
    try checkParameters(settings, network: network)
    try checkAugmentation(settings, data: data)
    try checkRows(settings, data: data)
    return PreparedTrial(
        settings: settings, network: network, pair: pair, data: data,
        signature: known.signature(of: settings, "\(form) against \(pair.discriminator.input.shape)", network, data: data),
        notices: kindNotices(data, pair.discriminator) + trainingNotices(network) + judgingNotices(settings)
            + augmentationNotices(settings) + classNotices(settings, data: data))
}

/// Networks that were built from their layers once, for all trials that have them, and what was found of these and of the ways to train them.
public struct KnownNetworks {
    private var networks: [Origin: (network: Network, form: String)] = [:]
    private var trainingForms: [TrainingSettings: String] = [:]

    /// What a network follows from.
    private struct Origin: Hashable {
        let model: ModelSettings
        let input: ExampleInput
        let targetWidth: Int
    }

    /// None yet.
    public init() {}

    /// The network, and what of its model decides the program.
    fileprivate mutating func network(
        for settings: TrialSettings, data: DatasetSummary
    ) throws(PreparationProblem) -> (network: Network, form: String) {
        let model = settings.trainedModel
        let origin = Origin(model: model, input: try networkInput(settings, data), targetWidth: targetWidth(settings, data))
        if let known = networks[origin] { return known }
        let network = try Training.network(for: settings, data: data)
        let shapes = network.shapes.map(\.description).joined(separator: " ")
        let known = (network: network, form: "\(shapes); \(model.programForm)")
        networks[origin] = known
        return known
    }

    /// ``PreparedTrial/signature``.
    fileprivate mutating func signature(
        of settings: TrialSettings, _ form: String, _ network: Network, data: DatasetSummary
    ) -> String {
        let training: String
        if let known = trainingForms[settings.training] {
            training = known
        } else {
            training = settings.training.programForm
            trainingForms[settings.training] = training
        }
        let label = settings.target.encoding == .label ? " label" : ""
        let each = settings.target.each ? " each" : ""
        return "\(network.input.shape) \(data.inputKind): \(form) \(training)\(label)\(each)"
    }
}

/// What is to be known of made examples that nobody judges.
private func judgingNotices(_ settings: TrialSettings) -> [String] {
    settings.training.judge != nil
        ? []
        : [
            "the losses of two networks that learn against each other tell of their balance, not whether what is made gets better: training.judge lets a "
                + "classifier of real rows say so."
        ]
}

/// What is to be known of a network in which nothing trains.
private func trainingNotices(_ network: Network) -> [String] {
    network.parameterCount > 0
        ? [] : ["nothing trains: no layer has weights that follow the gradient, so its figures are those of the first draw."]
}

// MARK: - Layers

/// The most numbers that a network may train: more would not fit 32-bit places.
private let parameterLimit = 500_000_000

func network(for settings: TrialSettings, data: DatasetSummary) throws(PreparationProblem) -> Network {
    let layers = settings.trainedModel.layers
    guard !layers.isEmpty else {
        throw PreparationProblem(
            path: settings.model.layersPath, message: "a network needs at least one layer", help: "add a dense layer")
    }
    let (width, input) = (targetWidth(settings, data), try networkInput(settings, data))
    var named: [Network.NamedLayer] = []
    for (place, (layer, name)) in zip(layers, settings.model.layerNames).enumerated() {
        guard let kind = layer.kind.resolved(targetWidth: width) as? any Layer else {
            throw PreparationProblem(
                path: "\(settings.model.layersPath)[\(place)]", message: "\(layer.kind.key) cannot be trained", help: "use another layer")
        }
        named.append(Network.NamedLayer(name, kind, isFrozen: layer.isFrozen))
    }
    do {
        return try Network(named, input: input)
    } catch {
        throw problem(of: error, settings.model)
    }
}

private func checkParameters(_ settings: TrialSettings, network: Network) throws(PreparationProblem) {
    var parameters = 0.0
    for (place, layer) in network.layers.enumerated() {
        parameters += network.parameters(of: layer).reduce(0) { $0 + $1.shape.size }
        guard parameters <= Double(parameterLimit) else {
            let inputs = place == 0 ? network.input.shape : network.shapes[place - 1]
            throw PreparationProblem(
                path: settings.model.widthPath(place),
                message:
                    "layer \(place + 1) (\(layer.layer.key), \(network.shapes[place].columns) units) on \(inputs.columns) inputs would train "
                    + "too many numbers; at most \(parameterLimit) are possible", help: "use fewer units")
        }
    }
}

/// Refuses to train what lies before a layer through which no gradient flows.
private func checkGradients(_ settings: TrialSettings, network: Network) throws(PreparationProblem) {
    for (place, layer) in network.layers.enumerated() where !layer.layer.hasGradient {
        guard network.layers[...place].contains(where: { network.parameters(of: $0).contains(where: \.isTrained) }) else { continue }
        throw PreparationProblem(
            path: settings.model.activationPath(place),
            message: "\(layer.layer.lastActivation?.name ?? Activation.step.name) has no gradient; what lies before it cannot be trained",
            help: "use sigmoid, or write trainable: false in the layers up to this one")
    }
}

/// What the first layer sees: a row, or the noise that one is made from, with the class where the network is told it.
private func networkInput(_ settings: TrialSettings, _ data: DatasetSummary) throws(PreparationProblem) -> ExampleInput {
    guard let opponent = settings.model.opponent else { return data.exampleInput(for: settings) }
    return .dense([opponent.noise + (try classesTold(settings, data: data))])
}

private func problem(of error: LayerProblem, _ model: ModelSettings) -> PreparationProblem {
    let (path, kind) = ("\(model.layersPath)[\(error.place)]", model.layers[error.place].kind.key)
    let inner = error.inner.map { ", \($0) of the block," } ?? ""
    return PreparationProblem(path: path, message: "layer \(error.place + 1) (\(kind))\(inner) does not fit: \(error.error)")
}

/// How many numbers a target needs: `units: classes`.
private func targetWidth(_ settings: TrialSettings, _ data: DatasetSummary) -> Int {
    switch data.target {
    case .values(let width, _, _, _): return width
    case .severalLabels(let names): return names.count
    case .sequences, .inputs: return data.featureCount
    case .classes(let names):
        return !settings.training.loss.kind.demands.comparesClasses && settings.target.encoding == .label && names.count == 2
            ? 1 : names.count
    }
}

/// Layers that are chosen by name must be there.
private func checkChosenLayers(_ settings: TrialSettings) throws(PreparationProblem) {
    let training = settings.training
    for (path, choice) in [
        ("training.freeze", training.freeze), ("training.continue_from.layers", training.continueFrom?.layers),
        ("training.clusters.layer", training.clusters.map { .named([$0.layer]) }),
    ] {
        guard let choice, let problem = settings.model.problem(of: choice) else { continue }
        throw PreparationProblem(path: path, message: problem.message, help: problem.help)
    }
}

// MARK: - Rows

private func checkRows(_ settings: TrialSettings, data: DatasetSummary) throws(PreparationProblem) {
    if data.trainCount == 0 {
        throw PreparationProblem(
            path: "split", message: "no rows remain for training, of \(data.rowCount)", help: "make the other parts smaller")
    }
    if let clusters = settings.training.clusters, clusters.count > data.trainCount {
        throw PreparationProblem(
            path: "training.clusters.count",
            message: "\(clusters.count) clusters need a train row each, there are \(data.trainCount)", help: "ask for fewer")
    }
    for (path, monitor) in [
        ("training.early_stopping.monitor", settings.training.earlyStopping?.monitor),
        ("training.reduce_on_plateau.monitor", settings.training.reduceOnPlateau?.monitor),
    ] {
        guard let monitor, monitor.hasPrefix("val_"), data.validationCount == 0 else { continue }
        throw PreparationProblem(
            path: path, message: "\"\(monitor)\" needs validation rows, the split has none",
            help: "add split.validation")
    }
}
