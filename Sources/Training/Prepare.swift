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
    let network = try network(for: settings, data: data)
    try checkMemory(settings, network: network, data: data, memory: memory)
    try checkParameters(network)
    try checkLoss(settings, outputs: network.widths.last ?? 0, data: data)
    try checkOutput(settings, widths: network.widths)
    try checkMetrics(settings, outputs: network.widths.last ?? 0, data: data)
    try checkDomain(settings, data: data)
    try checkRows(settings, data: data)
    try checkMonitors(settings, data: data)
    _ = try classWeights(of: settings, data: data)
    return PreparedTrial(
        settings: settings, network: network, data: data,
        notices: domainNotices(settings, outputs: network.widths.last ?? 0, data: data) + undefinedNotices(settings, data: data))
}

// MARK: - Layers

/// The most numbers that a network may train: more would not fit 32-bit places.
private let parameterLimit = 500_000_000

private func checkParameters(_ network: Network) throws(PreparationProblem) {
    var width = network.inputWidth
    var sum = 0.0
    for (place, layer) in network.layers.enumerated() {
        // In floating point, where a product of sizes cannot overflow.
        for parameter in layer.parameters(for: width) { sum += parameter.shape.dimensions.reduce(1.0) { $0 * Double($1) } }
        let units = layer.outputWidth(for: width)
        guard sum <= Double(parameterLimit) else {
            throw PreparationProblem(
                path: "model.layers[\(place)].units",
                message:
                    "layer \(place + 1) (\(layer.kind), \(units) units) on \(width) inputs would train too many numbers; at most \(parameterLimit) are possible",
                help: "use fewer units")
        }
        width = units
    }
}

private func network(for settings: TrialSettings, data: DatasetSummary) throws(PreparationProblem) -> Network {
    let layers = settings.model.layers
    guard !layers.isEmpty else {
        throw PreparationProblem(path: "model.layers", message: "a network needs at least one layer", help: "add a dense layer")
    }
    let names = settings.model.layerNames
    var built: [any Layer] = []
    var width = data.featureCount
    for (place, layer) in layers.enumerated() {
        let name = names[place]
        switch layer.kind {
        case .dense(let dense):
            let units = try units(of: dense, at: place, settings: settings, data: data)
            built.append(.dense(dense, name: name, units: units))
            width = units
        case .activation(let activation):
            built.append(ActivationLayer(name: name, activation: .init(activation)))
        case .dropout(let rate):
            built.append(Dropout(name: name, rate: rate))
        case .batchNormalization(let momentum, let epsilon):
            built.append(BatchNormalization(name: name, momentum: momentum, epsilon: epsilon))
        case .layerNormalization(let epsilon):
            built.append(LayerNormalization(name: name, epsilon: epsilon))
        }
        if place == 0, data.inputKind == .sparse, let first = built.first, !(first is Dense) {
            throw PreparationProblem(
                path: "model.layers[0]", message: "layer 1 (\(first.kind)) cannot take the multi-hot input of shape [\(width)]",
                help: "begin with a dense layer")
        }
    }
    return Network(layers: built, inputWidth: data.featureCount)
}

/// The width of a dense layer; `classes` becomes what the target and the activation ask for.
private func units(
    of dense: DenseSettings, at place: Int, settings: TrialSettings, data: DatasetSummary
) throws(PreparationProblem) -> Int {
    if case .count(let count) = dense.units { return count }
    switch data.target {
    case .values(let width, _, _): return width
    case .classes(let names):
        let oneProbability = dense.activation == .sigmoid || settings.training.loss.kind.takesOneNumber
        return oneProbability && settings.target.encoding == .label && names.count == 2 ? 1 : names.count
    }
}

// MARK: - Loss

private func checkLoss(_ settings: TrialSettings, outputs: Int, data: DatasetSummary) throws(PreparationProblem) {
    let loss = settings.training.loss
    let target = settings.target
    let lastLayer = lastDenseLayer(settings)
    func wrongWidth(_ expected: String, _ help: String) -> PreparationProblem {
        PreparationProblem(
            path: "model.layers[\(lastLayer)].units",
            message: "layer \(lastLayer + 1) (dense, \(outputs) units) gives [batch, \(outputs)], \(expected)", help: help)
    }
    switch data.target {
    case .classes(let names):
        let has = "the target \"\(target.column)\" has \(names.count) classes: [batch, \(names.count)]"
        switch loss.kind {
        case .categoricalCrossentropy, .sparseCategoricalCrossentropy, .klDivergence, .multiclassHinge:
            try checkEncoding(settings)
            if outputs != names.count { throw wrongWidth(has, "write \(names.count), or: units: classes") }
        case .binaryCrossentropy, .meanSquaredError, .meanAbsoluteError, .huber, .hinge:
            let single = target.encoding == .label
            if single && names.count != 2 {
                throw PreparationProblem(
                    path: "training.loss",
                    message: "\(loss.kind.rawValue) of labels needs two classes, the target \"\(target.column)\" has \(names.count)",
                    help: "use sparse_categorical_crossentropy, or encode the target one-hot")
            }
            if single && outputs != 1 {
                throw wrongWidth("the labels of \"\(target.column)\" are one number: [batch, 1]", "write 1, or encode the target one-hot")
            }
            if !single && outputs != names.count { throw wrongWidth(has, "write \(names.count), or: units: classes") }
        }
    case .values(let width, _, _):
        switch loss.kind {
        case .categoricalCrossentropy, .sparseCategoricalCrossentropy, .klDivergence, .multiclassHinge, .hinge:
            throw PreparationProblem(
                path: "training.loss", message: "\(loss.kind.rawValue) needs classes, the target \"\(target.column)\" is numeric",
                help: "use mse or mae, or encode the target as label or one-hot")
        case .binaryCrossentropy, .meanSquaredError, .meanAbsoluteError, .huber:
            if outputs != width {
                throw wrongWidth(
                    "the target \"\(target.column)\" is \(width == 1 ? "one number" : "\(width) numbers"): [batch, \(width)]",
                    "write \(width)")
            }
        }
    }
}

private func checkEncoding(_ settings: TrialSettings) throws(PreparationProblem) {
    switch (settings.training.loss.kind, settings.target.encoding) {
    case (.categoricalCrossentropy, .label), (.klDivergence, .label):
        throw PreparationProblem(
            path: "training.loss",
            message:
                "\(settings.training.loss.kind.rawValue) compares with one-hot targets, \"\(settings.target.column)\" is encoded as label",
            help: "use sparse_categorical_crossentropy, or encode: one-hot")
    case (.sparseCategoricalCrossentropy, .oneHot):
        throw PreparationProblem(
            path: "training.loss",
            message: "sparse_categorical_crossentropy compares with labels, \"\(settings.target.column)\" is encoded one-hot",
            help: "use categorical_crossentropy, or encode: label")
    default: break
    }
}

private func checkRows(_ settings: TrialSettings, data: DatasetSummary) throws(PreparationProblem) {
    if data.trainCount == 0 {
        throw PreparationProblem(
            path: "split", message: "no rows remain for training, of \(data.rowCount)", help: "make the other parts smaller")
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

private func lastDenseLayer(_ settings: TrialSettings) -> Int {
    settings.model.layers.lastIndex { if case .dense = $0.kind { true } else { false } } ?? 0
}

extension LossKind {
    /// Whether the loss compares one number an example with a label of two classes.
    var takesOneNumber: Bool {
        switch self {
        case .binaryCrossentropy, .hinge, .meanSquaredError, .meanAbsoluteError, .huber: true
        default: false
        }
    }
}
