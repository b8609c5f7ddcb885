import Datasets
import Settings

/// Refuses targets for which the loss has no meaning, or which the last layer cannot reach.
func checkDomain(_ settings: TrialSettings, data: DatasetSummary) throws(PreparationProblem) {
    guard let all = data.targetFacts.all, let train = data.targetFacts.train else { return }
    let target = TargetWords(settings, data)
    let (kind, demands) = (settings.training.loss.kind.rawValue, settings.training.loss.kind.demands)
    let isInputs = data.target.isInputs
    if demands.needsUnitTargets {
        // Inputs are rather to lie somewhere than to be classes: what only others have is told.
        if let outside = (isInputs ? train : all).outside(0...1) {
            throw PreparationProblem(
                path: "training.loss", message: "\(kind) needs targets from 0 to 1, \(target.has(outside))",
                help: isInputs
                    ? "scale the inputs (min-max), or use mse or mae"
                    : "encode the target as label or one-hot, or use mse or mae" + (target.isScaled ? "; or leave out scale" : ""))
        }
        let hits = settings.training.metrics.first { $0.isShareOfHits }
        if let hits, let other = all.notBinary {
            throw PreparationProblem(
                path: "training.metrics", message: "\(hits.figure) needs targets of 0 and 1, \(target.has(other))",
                help: "encode the target as label, or use mae, mse, rmse or r2")
        }
    }
    guard demands.isError, let last = settings.model.lastActivation, let reach = last.activation.reach,
        let outside = train.outside(reach.range)
    else { return }
    throw PreparationProblem(
        path: settings.model.activationPath(last.place),
        message: "\(last.activation.name) gives \(reach.words) and cannot reach the targets: \(target.has(outside))",
        help: "end the network in linear" + (reach.range.contains(0) && reach.range.contains(1) ? ", or write scale: min-max" : ""))
}

/// What is to be known of a loss that has a meaning, though not the one that is likely meant; and of targets that only rows have that do not train.
func domainNotices(_ settings: TrialSettings, outputs: Int, data: DatasetSummary) -> [String] {
    let loss = settings.training.loss
    let last = settings.model.lastActivation?.activation
    if loss.kind.demands.probabilities == .sigmoid, last == .softmax, let classes = data.classCount, classes > 2 {
        return [
            "binary_crossentropy judges each of the \(classes) numbers of the softmax by itself; the loss of a softmax is categorical_crossentropy. "
                + "In Keras, accuracy beside this loss is the share of right zeros and ones, here binary_accuracy; accuracy here is the share of "
                + "examples whose class is found."
        ]
    }
    if loss.kind.demands.needsUnitTargets, data.target.isInputs, let outside = data.targetFacts.all?.outside(0...1) {
        return ["\(TargetWords(settings, data).has(outside)), which does not train: \(loss.kind.rawValue) is for numbers from 0 to 1."]
    }
    let shares = shareNotices(settings, data: data)
    guard loss.kind.demands.isError, let last, let reach = last.reach,
        let outside = data.targetFacts.all?.outside(reach.range)
    else { return shares }
    return shares + [
        "\(TargetWords(settings, data).has(outside)), which does not train: \(last.name) gives \(reach.words) and cannot reach it."
    ]
}

/// What is to be known of an error as a share of targets that are 0, or may be near it.
private func shareNotices(_ settings: TrialSettings, data: DatasetSummary) -> [String] {
    guard settings.training.metrics.contains(.mape), let all = data.targetFacts.all,
        case .values(_, let shift, let divisor, let logarithm) = data.target
    else { return [] }
    // What is 0 but for the rounding of its scaled form is 0.
    let ends = [all.low.value, all.high.value].map { scaled in
        let value = abs(scaled * divisor + shift) <= abs(shift) * 1e-6 ? 0 : scaled * divisor + shift
        return Float(logarithm?.inverse(value) ?? value)
    }
    guard let low = ends.min(), let high = ends.max(), low <= 0, high >= 0 else { return [] }
    return [
        "mape divides by the target, and \"\(settings.target.column)\" goes from \(low.described) to \(high.described): a row at 0, or near it, "
            + "decides the figure alone. mae does not divide."
    ]
}

extension DatasetSummary.TargetKind {
    fileprivate var isInputs: Bool { if case .inputs = self { true } else { false } }
}

/// A target in messages.
private struct TargetWords {
    let name: String
    let isScaled: Bool

    init(_ settings: TrialSettings, _ data: DatasetSummary) {
        name = settings.target.column
        isScaled =
            if case .values(_, let shift, let divisor, let logarithm) = data.target { shift != 0 || divisor != 1 || logarithm != nil } else
            { false }
    }

    func has(_ place: TargetFacts.Place) -> String {
        "\"\(name)\" has \(Float(place.value).described)\(isScaled ? " once it is scaled" : "") in row \(place.row)"
    }
}

extension Float {
    /// The shortest decimals that give this number, without `.0` behind whole ones.
    var described: String {
        Int(exactly: self).map { $0.magnitude < 1_000_000 ? String($0) : description } ?? description
    }
}

extension TargetFacts.Range {
    /// The number furthest below the range, else furthest above it; nil where all lie within.
    func outside(_ range: ClosedRange<Double>) -> TargetFacts.Place? {
        low.value < range.lowerBound ? low : high.value > range.upperBound ? high : nil
    }
}
