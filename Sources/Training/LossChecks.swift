import Datasets
import Settings

/// Refuses a loss that has no meaning for the target, and a network that gives it too many or too few numbers.
func checkLoss(_ settings: TrialSettings, outputs: Int, data: DatasetSummary) throws(PreparationProblem) {
    let (kind, demands) = (settings.training.loss.kind.rawValue, settings.training.loss.kind.demands)
    let target = settings.target
    // Images that are to come out again may end in a convolution.
    let ending = if case .inputs = data.target { settings.model.lastPlace } else { settings.model.outputPlace }
    guard let place = ending else {
        throw PreparationProblem(
            path: "model.layers", message: "no layer says how many numbers come out", help: "end the network in dense: {units: classes}")
    }
    func checkWidth(_ expected: Int, _ what: String, _ help: String) throws(PreparationProblem) {
        guard outputs != expected else { return }
        throw PreparationProblem(
            path: settings.model.widthPath(place),
            message: "layer \(place + 1) (\(settings.model.layers[place].kind.key), \(outputs) units) gives [batch, \(outputs)], "
                + "\(what): [batch, \(expected)]", help: help)
    }
    switch data.target {
    case .classes(let names):
        try checkEncoding(settings)
        if target.encoding == .label && !demands.comparesClasses {
            guard names.count == 2 else {
                throw PreparationProblem(
                    path: "training.loss",
                    message: "\(kind) of labels needs two classes, the target \"\(target.column)\" has \(names.count)",
                    help: "use sparse_categorical_crossentropy, or encode the target one-hot")
            }
            try checkWidth(1, "the labels of \"\(target.column)\" are one number", "write 1, or encode the target one-hot")
        } else {
            try checkWidth(
                names.count, "the target \"\(target.column)\" has \(names.count) classes", "write \(names.count), or: units: classes")
        }
    case .severalLabels(let names):
        try checkLabels(settings)
        try checkWidth(
            names.count, "the target \"\(target.column)\" has \(names.count) labels", "write \(names.count), or: units: classes")
    case .sequences: break
    case .inputs:
        guard demands.takesNumbers else {
            throw PreparationProblem(
                path: "training.loss", message: "\(kind) needs classes, the target is the inputs",
                help: "use mse, or binary_crossentropy for inputs from 0 to 1")
        }
        try checkWidth(data.featureCount, "the target is the inputs", "write \(data.featureCount), or: units: inputs")
    case .values(let width, _, _, _):
        guard demands.takesNumbers else {
            throw PreparationProblem(
                path: "training.loss", message: "\(kind) needs classes, the target \"\(target.column)\" is numeric",
                help: "use mse or mae, or encode the target as label or one-hot")
        }
        try checkWidth(width, "the target \"\(target.column)\" is \(width == 1 ? "one number" : "\(width) numbers")", "write \(width)")
    }
}

private func checkEncoding(_ settings: TrialSettings) throws(PreparationProblem) {
    let kind = settings.training.loss.kind.rawValue
    let target = settings.target.column
    switch (settings.training.loss.kind.demands.encoding, settings.target.encoding) {
    case (.oneHot, .label):
        throw PreparationProblem(
            path: "training.loss", message: "\(kind) compares with one-hot targets, \"\(target)\" is encoded as label",
            help: "use sparse_categorical_crossentropy, or encode: one-hot")
    case (.label, .oneHot):
        throw PreparationProblem(
            path: "training.loss", message: "\(kind) compares with labels, \"\(target)\" is encoded one-hot",
            help: "use categorical_crossentropy, or encode: label")
    default: break
    }
}
