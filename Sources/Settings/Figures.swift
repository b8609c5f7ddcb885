/// The figures that a trial reports, named as Keras names them.
public struct Figures: Hashable, Sendable {
    /// Those of every epoch: `loss`, `accuracy`, `val_loss`, `val_accuracy`.
    public let everyEpoch: [String]
    /// Those of the end: `test_loss`, `test_accuracy`, `chance_accuracy`. Whether there are test rows, the data set may decide.
    public let atTheEnd: [String]

    /// The sizes of the layers' gradients, `grad_norm/layer_1`, …, when training tells them: figures of every epoch that may stand beside
    /// printed ones, and choose nothing.
    public let gradientNorms: [String]
    /// `learning_rate`, the rate of each epoch, where training lowers it on a plateau, as Keras records it. It chooses nothing.
    public let learningRate: [String]
    /// `threshold`, where each run chooses it on its validation rows, every epoch anew. It chooses nothing.
    public let threshold: [String]
    /// The last errors of layers that are trained by themselves first, `pretrain_error/layer_1`, …. They choose nothing.
    public let pretrainErrors: [String]
    /// What the report reads off the validation curve.
    public let fromCurves: [String]
    /// What the report takes from two figures of an epoch, that of validation rows and that of train rows: `val_free_energy_gap`. They choose nothing.
    public let gaps: [String]

    /// The share of hits of labels that are shuffled.
    public static let chanceAccuracy = "chance_accuracy"
    /// The epoch from which on a network overfits, by the rule of ``CurveSettings``.
    public static let overfittingEpoch = "overfitting_epoch"
    /// The learning rate of an epoch.
    public static let learningRate = "learning_rate"
    /// The probability above which the positive one of two classes is said.
    public static let threshold = "threshold"
    /// What the names of the errors begin with that layers come to which are trained by themselves first.
    public static let pretrainErrorPrefix = "pretrain_error/"
    /// What the names of gradients' sizes begin with.
    public static let gradientNormPrefix = "grad_norm/"
    /// What the names of the sizes of gradients to a recurrent layer's steps begin with; the layer's name, `/` and the step, counted from 1, follow. They are
    /// told alone: no figure that an experiment names.
    public static let stepGradientNormPrefix = "step_grad_norm/"

    /// The figures of a trial.
    public init(of settings: TrialSettings) {
        let names = ["loss"] + settings.training.metrics.map(\.figure)
        let own = settings.ownFigures.filter { $0.gapOf == nil }
        // Made examples have no targets, and so no loss of validation rows.
        let ofParts = settings.training.loss.kind.demands.isAdversarial ? [] : names
        let parts: Set<OwnFigure.Part> = settings.hasValidation ? [.train, .validation] : [.train]
        everyEpoch =
            names + (settings.hasValidation ? ofParts.map { "val_" + $0 } : [])
            + own.filter(\.isOfEveryEpoch).flatMap { $0.names(of: parts) }
        atTheEnd =
            ofParts.map { "test_" + $0 } + own.filter { !$0.isOfEveryEpoch }.flatMap { $0.names(of: parts) }
            + own.flatMap { $0.names(of: [.test]) }
            + (settings.training.metrics.contains(where: \.isShareOfHits) ? [Self.chanceAccuracy] : [])
        gaps = settings.ownFigures.filter { $0.gapOf != nil }.flatMap { $0.names(of: parts) }
        gradientNorms =
            settings.training.gradientNorms != .off ? settings.trainedModel.trainedLayerNames.map { Self.gradientNormPrefix + $0 } : []
        learningRate = settings.training.reduceOnPlateau == nil ? [] : [Self.learningRate]
        threshold = if case .chosen = settings.training.threshold { [Self.threshold] } else { [] }
        let layers = settings.model.layerNames
        pretrainErrors =
            settings.training.pretrain == nil ? [] : settings.trainedModel.pretrainedPlaces.map { Self.pretrainErrorPrefix + layers[$0] }
        fromCurves = settings.hasValidation && !ofParts.isEmpty ? [Self.overfittingEpoch] : []
    }

    /// A regular expression of the figures of some parts, such as `val_|test_`, that any trial may have; with `trained`, of the train rows, too.
    package static func pattern(_ parts: String, trained: Bool) -> String {
        "^(\(parts))\(trained ? "?" : "")(\((["loss"] + Metric.figurePatterns + OwnFigure.all.filter { $0.gapOf == nil }.map(\.name)).joined(separator: "|")))$"
    }

    /// All that training reports.
    public var all: [String] { everyEpoch + atTheEnd }

    /// What training may watch: those of every epoch that tell good from bad.
    package var watchable: [String] { everyEpoch.filter(Self.tellsGoodFromBad) }

    /// What may choose a winner: all that tell good from bad, those of the end included.
    package var choosing: [String] { all.filter(Self.tellsGoodFromBad) }

    /// Whether a figure has a better way.
    package static func tellsGoodFromBad(_ name: String) -> Bool {
        OwnFigure(named: name).map { $0.goal != nil } ?? (name != chanceAccuracy)
    }

    /// All that may stand beside a printed figure.
    package var comparable: [String] { all + gradientNorms + learningRate + threshold + pretrainErrors + fromCurves + gaps }

    /// Those of them that every epoch has.
    package var comparableByEpoch: [String] { everyEpoch + gradientNorms + learningRate + threshold + gaps }
}
