import Documents
import Metrics

/// What training makes small.
public struct LossSettings: Hashable, Sendable {
    /// The formula.
    public var kind: LossKind
    /// Whether the network's last layer gives logits, to which the loss applies the softmax or sigmoid itself. Only for cross-entropies.
    public var fromLogits: Bool
    /// Where the Huber loss turns from a square to a line; without effect for the others.
    public var delta: Double
    /// Whether it is the sum over an example's outputs, and not their mean; without effect for losses of one class an example.
    public var sumsOutputs: Bool
    /// How contrastive divergence works; without effect for the others.
    public var contrast: ContrastiveDivergenceSettings
    /// What goes with the losses of two networks that learn against each other; without effect for the others.
    public var adversarial: AdversarialLossSettings

    /// A loss.
    public init(
        kind: LossKind, fromLogits: Bool = false, delta: Double = 1, sumsOutputs: Bool = false,
        contrast: ContrastiveDivergenceSettings = ContrastiveDivergenceSettings(),
        adversarial: AdversarialLossSettings = AdversarialLossSettings()
    ) {
        self.kind = kind
        self.fromLogits = fromLogits
        self.delta = delta
        self.sumsOutputs = sumsOutputs
        self.contrast = contrast
        self.adversarial = adversarial
    }
}

/// The formulas of losses.
public enum LossKind: String, Hashable, Sendable, CaseIterable {
    /// Mean of (output − target)²; also written `mse`.
    case meanSquaredError = "mean_squared_error"
    /// Mean of |output − target|; also written `mae`.
    case meanAbsoluteError = "mean_absolute_error"
    /// d² / 2 for |d| = |output − target| ≤ delta, else delta |d| − delta² / 2.
    case huber
    /// max(0, 1 − t y) with targets −1 and 1, for one score and two classes.
    case hinge
    /// Σ max(0, yⱼ − y + 1) over the wrong classes j, y the right one's score.
    case multiclassHinge = "multiclass_hinge"
    /// Σ t log(t / p).
    case klDivergence = "kl_divergence"
    /// −(t log p + (1 − t) log(1 − p)), for a sigmoid: two classes, or several labels.
    case binaryCrossentropy = "binary_crossentropy"
    /// −Σ tᵢ log pᵢ, for a softmax and one-hot targets.
    case categoricalCrossentropy = "categorical_crossentropy"
    /// −log p of the right class, for a softmax and labels.
    case sparseCategoricalCrossentropy = "sparse_categorical_crossentropy"
    /// Mean of F(v) − F(v′) for the free energy F of a restricted Boltzmann machine, v′ from a chain; told is the error of what it gives again.
    case contrastiveDivergence = "contrastive_divergence"
    /// Of an adversarial pair: −log D(x) − log(1 − D(G(z))) for the one that tells, −log D(G(z)) for the one that makes.
    case nonSaturating = "non_saturating"
    /// Of an adversarial pair: ((D(x) − 1)² + D(G(z))²) / 2, and (D(G(z)) − 1)² / 2.
    case leastSquares = "least_squares"
    /// Of an adversarial pair: D(G(z)) − D(x), where D is to be smooth, and −D(G(z)).
    case wasserstein
}

extension LossKind {
    /// Whether the figure that is told is what is made small, with its settings and all penalties; else it is the same error whatever these are.
    public var isTold: Bool { self != .contrastiveDivergence }

    /// Why a lower one does not mean a better network; nil: it does.
    public var reservation: String? {
        demands.isAdversarial
            ? "A generator's loss tells how it fares against its own discriminator, and not how good what it makes is; training.judge gives "
                + "figures that do."
            : nil
    }
}

// MARK: - What a loss asks for

/// What a loss asks of the targets and of the network's last layer.
public struct LossDemands: Sendable {
    /// Whether it compares as many outputs as there are classes, instead of one number, or a number for each target value.
    public var comparesClasses = false
    /// Whether it has a meaning for numeric targets.
    public var takesNumbers = false
    /// The one encoding of classes that it compares with; nil: label and one-hot.
    public var encoding: ClassEncoding?
    /// The activation whose outputs are the probabilities that it needs; nil: any numbers do.
    public var probabilities: Activation?
    /// Whether it needs scores on both sides of 0.
    public var needsBothSigns = false
    /// Whether it is the size of output − target, which should come near 0.
    public var isError = false
    /// Whether targets must lie between 0 and 1.
    public var needsUnitTargets = false
    /// The metric that is the same figure without penalties, where there is one.
    public var metric: Metric?
    /// Whether it is of two networks that learn against each other.
    public var isAdversarial = false

    /// How classes are encoded as targets.
    public enum ClassEncoding: Sendable {
        /// One number.
        case label
        /// A number for each class.
        case oneHot
    }
}

extension LossKind {
    /// Whether it can apply the softmax or sigmoid itself.
    public var mayTakeLogits: Bool { demands.probabilities != nil && self != .klDivergence }

    /// What the loss asks for.
    public var demands: LossDemands {
        switch self {
        case .meanSquaredError: LossDemands(takesNumbers: true, isError: true, metric: .mse)
        case .meanAbsoluteError: LossDemands(takesNumbers: true, isError: true, metric: .mae)
        case .huber: LossDemands(takesNumbers: true, isError: true)
        case .hinge: LossDemands(needsBothSigns: true)
        case .multiclassHinge: LossDemands(comparesClasses: true)
        case .klDivergence: LossDemands(comparesClasses: true, encoding: .oneHot, probabilities: .softmax, metric: .logLoss)
        case .binaryCrossentropy: LossDemands(takesNumbers: true, probabilities: .sigmoid, needsUnitTargets: true, metric: .logLoss)
        case .categoricalCrossentropy: LossDemands(comparesClasses: true, encoding: .oneHot, probabilities: .softmax, metric: .logLoss)
        case .sparseCategoricalCrossentropy: LossDemands(comparesClasses: true, encoding: .label, probabilities: .softmax, metric: .logLoss)
        case .contrastiveDivergence: LossDemands(takesNumbers: true, metric: .mse)
        case .nonSaturating, .leastSquares, .wasserstein: LossDemands(isAdversarial: true)
        }
    }
}

// MARK: - In the file

extension LossSettings {
    private static let usual = LossSettings(kind: .huber)

    package static let schema = Schema<LossSettings>.choice(
        "loss",
        error(.meanSquaredError, alias: "mse", doc: "Mean of (output − target)²."),
        error(.meanAbsoluteError, alias: "mae", doc: "Mean of |output − target|."),
        Case(
            "huber", huber.schema, doc: "d² / 2 for |d| = |output − target| ≤ delta, else delta |d| − delta² / 2.",
            make: { $0 }, get: { $0.kind == .huber ? $0 : nil }),
        Case(
            "hinge", LossSettings(kind: .hinge),
            doc: "max(0, 1 − t y) with targets −1 and 1, for one score and two classes; a score above 0 says the second."),
        Case(
            "multiclass_hinge", LossSettings(kind: .multiclassHinge),
            doc: "Σ max(0, yⱼ − y + 1) over the wrong classes j, y the right one's score."),
        Case("kl_divergence", LossSettings(kind: .klDivergence), aliases: ["kl"], doc: "Σ t log(t / p)."),
        Case(
            LossKind.binaryCrossentropy.rawValue, binaryCrossentropy.schema,
            doc: "−(t log p + (1 − t) log(1 − p)), for a sigmoid: two classes, or several labels.", make: { $0 },
            get: { $0.kind == .binaryCrossentropy ? $0 : nil }),
        crossentropy(.categoricalCrossentropy, doc: "−Σ tᵢ log pᵢ, for a softmax and one-hot targets."),
        crossentropy(.sparseCategoricalCrossentropy, doc: "−log p of the right class, for a softmax and labels."),
        Case(
            "contrastive_divergence", ContrastiveDivergenceSettings.schema, aliases: ["cd"],
            doc:
                "Raises the likelihood of the inputs under one layer rbm; the loss that is told is the mean square of input − what it gives again.",
            make: { LossSettings(kind: .contrastiveDivergence, contrast: $0) },
            get: { $0.kind == .contrastiveDivergence ? $0.contrast : nil }),
        adversarial(
            .nonSaturating, AdversarialLossSettings.smoothed(.nonSaturating),
            doc: "Of an adversarial pair, by logits: −log D(x) − log(1 − D(G(z))) for the discriminator, −log D(G(z)) for the generator."),
        adversarial(
            .leastSquares, AdversarialLossSettings.smoothed(.leastSquares),
            doc: "Of an adversarial pair: ((D(x) − 1)² + D(G(z))²) / 2 for the discriminator, (D(G(z)) − 1)² / 2 for the generator."),
        adversarial(
            .wasserstein, AdversarialLossSettings.constrained,
            doc: "Of an adversarial pair: D(G(z)) − D(x) for the discriminator, which must be kept smooth, −D(G(z)) for the generator."))

    private static func adversarial(_ kind: LossKind, _ record: Record<AdversarialLossSettings>, doc: String) -> Case<LossSettings> {
        Case(
            kind.rawValue, record.schema, doc: doc, make: { LossSettings(kind: kind, adversarial: $0) },
            get: { $0.kind == kind ? $0.adversarial : nil })
    }

    private static let reduction = Field<LossSettings, Bool>(
        "reduction", \.sumsOutputs,
        Schema<Bool>.enumeration(
            "reduction",
            Choosable("mean", false, doc: "The mean over an example's outputs."),
            Choosable("sum", true, doc: "Their sum.")),
        unlessWritten: usual.sumsOutputs,
        doc: "What becomes of an example's outputs, of which there may be many; over examples it is the mean")

    private static let fromLogits = Field<LossSettings, Bool>(
        "from_logits", \.fromLogits, .boolean, default: usual.fromLogits,
        doc: "Whether the last layer gives logits, to which the loss applies the softmax or sigmoid itself.")

    private static let huber = Record<LossSettings>(
        "huber",
        Field("delta", \.delta, .number(.above(0).inSinglePrecision), default: usual.delta, doc: "Where the square turns into a line."),
        reduction, build: { LossSettings(kind: .huber, delta: $0, sumsOutputs: $1) })

    private static let binaryCrossentropy = Record<LossSettings>(
        LossKind.binaryCrossentropy.rawValue, fromLogits, reduction,
        build: { LossSettings(kind: .binaryCrossentropy, fromLogits: $0, sumsOutputs: $1) })

    private static func error(_ kind: LossKind, alias: String, doc: String) -> Case<LossSettings> {
        let record = Record<LossSettings>(kind.rawValue, reduction, build: { LossSettings(kind: kind, sumsOutputs: $0) })
        return Case(kind.rawValue, record.schema, aliases: [alias], doc: doc, make: { $0 }, get: { $0.kind == kind ? $0 : nil })
    }

    private static func crossentropy(_ kind: LossKind, doc: String) -> Case<LossSettings> {
        let record = Record<LossSettings>(kind.rawValue, fromLogits, build: { LossSettings(kind: kind, fromLogits: $0) })
        return Case(kind.rawValue, record.schema, doc: doc, make: { $0 }, get: { $0.kind == kind ? $0 : nil })
    }
}

// MARK: - Of stored outputs

extension LossSettings {
    /// The loss of outputs, without penalties, over examples that are added batch by batch; nil where it is not of outputs and targets.
    public var sum: MetricSum? {
        formula.map { MetricSum(ExampleLoss($0, sumsOutputs: sumsOutputs && kind.demands.takesNumbers)) }
    }

    private var formula: ExampleLoss.Formula? {
        switch kind {
        case .meanSquaredError, .contrastiveDivergence: .squared
        case .meanAbsoluteError: .absolute
        case .huber: .huber(delta: delta)
        case .hinge: .hinge
        case .multiclassHinge: .multiclassHinge
        // With classes as targets Σ t log(t / p) is −log p.
        case .klDivergence, .categoricalCrossentropy, .sparseCategoricalCrossentropy: .categorical
        case .binaryCrossentropy: .binary
        case .nonSaturating, .leastSquares, .wasserstein: nil
        }
    }
}
