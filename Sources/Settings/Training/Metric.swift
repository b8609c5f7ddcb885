import Documents
import Metrics

/// What is reported besides the loss, in the target's own unit.
public enum Metric: Hashable, Sendable {
    /// The share of examples whose class is found.
    case accuracy
    /// The share of outputs on the target's side of a threshold.
    case binaryAccuracy(threshold: Double = 0.5)
    /// The share of examples whose class is among the `k` most probable.
    case topKAccuracy(k: Int = 5)
    /// Of the examples that are predicted to be of a class, the share that is.
    case precision(ClassAverage = .positive)
    /// Of the examples that are of a class, the share that is predicted to be.
    case recall(ClassAverage = .positive)
    /// The harmonic mean of precision and recall.
    case f1(ClassAverage = .positive)
    /// The mean of the classes' recalls.
    case balancedAccuracy
    /// The correlation of the true classes with those that are said.
    case matthewsCorrelation
    /// The share of hits beyond what the classes' shares give by chance.
    case cohenKappa
    /// Area under the receiver operating characteristic, for two classes.
    case rocAUC
    /// The mean of the classes' areas, each against the rest.
    case rocAUCMacro
    /// Area under precision over recall (average precision), for two classes.
    case prAUC
    /// The mean of the classes' areas, each against the rest.
    case prAUCMacro
    /// The mean of −log p of the right class.
    case logLoss
    /// The mean square of what probabilities are away from 1 for what is true and 0 for what is not.
    case brierScore
    /// Mean absolute error.
    case mae
    /// Mean absolute error as a share of the target.
    case mape
    /// Mean squared error.
    case mse
    /// The root of the mean squared error.
    case rmse
    /// The share of the target's variance that is explained.
    case r2
}

extension Metric {
    /// The figure over examples that are added batch by batch.
    ///
    /// - Parameters:
    ///   - positive: the number of the positive one of two classes.
    ///   - threshold: what its probability is above where it is said; nil for the class of the larger one. ``binaryAccuracy(threshold:)`` has its own.
    public func sum(positive: Int, threshold: Double? = nil) -> MetricSum {
        let threshold = threshold.map { ClassThreshold(of: positive, above: $0) }
        return switch self {
        case .accuracy: MetricSum(HitShare(threshold.map { .classThreshold($0) } ?? .largest))
        case .binaryAccuracy(let threshold): MetricSum(HitShare(.threshold(threshold)))
        case .topKAccuracy(let k): MetricSum(HitShare(.top(k)))
        case .precision(let average): MetricSum(ConfusionFigure(.precision, average, positive: positive, at: threshold))
        case .recall(let average): MetricSum(ConfusionFigure(.recall, average, positive: positive, at: threshold))
        case .f1(let average): MetricSum(ConfusionFigure(.f1, average, positive: positive, at: threshold))
        case .balancedAccuracy: MetricSum(ClassAgreement(.balancedAccuracy, at: threshold))
        case .matthewsCorrelation: MetricSum(ClassAgreement(.matthews, at: threshold))
        case .cohenKappa: MetricSum(ClassAgreement(.kappa, at: threshold))
        case .rocAUC: MetricSum(RankedScores(.receiverOperating, of: positive))
        case .rocAUCMacro: MetricSum(RankedScores(.receiverOperating, of: nil))
        case .prAUC: MetricSum(RankedScores(.precisionRecall, of: positive))
        case .prAUCMacro: MetricSum(RankedScores(.precisionRecall, of: nil))
        case .logLoss: MetricSum(LogLoss())
        case .brierScore: MetricSum(BrierScore())
        case .mae: MetricSum(ErrorMean(.absolute))
        case .mape: MetricSum(ErrorMean(.absoluteShare))
        case .mse: MetricSum(ErrorMean(.squared))
        case .rmse: MetricSum(ErrorMean(.rootOfSquared))
        case .r2: MetricSum(ExplainedShare())
        }
    }

    /// What is known of it apart from its computation.
    private var facts: Facts {
        switch self {
        case .accuracy: .share("accuracy", needs: .hits)
        case .binaryAccuracy: .share("binary_accuracy", needs: .hitsOfThreshold)
        case .topKAccuracy(let k): .share("top_\(k)_accuracy", needs: .moreClasses(than: k))
        case .precision(let average): .share("precision", average)
        case .recall(let average): .share("recall", average)
        case .f1(let average): .share("f1", words: "F1", average)
        case .balancedAccuracy: .share("balanced_accuracy", needs: .oneClassEach)
        case .matthewsCorrelation: .correlation("matthews_correlation", words: "Matthews correlation")
        case .cohenKappa: .correlation("cohen_kappa", words: "Cohen's kappa")
        case .rocAUC: .share("roc_auc", words: "ROC AUC", needs: .twoClasses, isUndefinedFor: .oneClass)
        case .rocAUCMacro: .share("roc_auc_macro", words: "macro-ROC AUC", needs: .classes, isUndefinedFor: .oneClass)
        case .prAUC: .share("pr_auc", words: "PR AUC", needs: .twoClasses, isUndefinedFor: .oneClass)
        case .prAUCMacro: .share("pr_auc_macro", words: "macro-PR AUC", needs: .classes, isUndefinedFor: .oneClass)
        case .logLoss: .error("log_loss", words: "log loss", needs: .probabilities)
        case .brierScore: .error("brier_score", words: "Brier score", atMost: 2, needs: .probabilities)
        case .mae: .error("mae", words: "MAE", needs: .anything)
        case .mape: .error("mape", words: "MAPE", needs: .numbers)
        case .mse: .error("mse", words: "MSE", needs: .anything)
        case .rmse: .error("rmse", words: "RMSE", needs: .anything)
        case .r2: Facts("r2", words: "R²", goal: .maximize, possible: -.infinity...1, needs: .numbers, isUndefinedFor: .oneRow)
        }
    }

    /// The name of the figure, such as `accuracy`, `top_5_accuracy`, `f1_macro`.
    public var figure: String { facts.figure }

    /// The figure as a person says it, such as `top 5 accuracy`, `macro-F1`.
    public var words: String { facts.words }

    /// Which way it is better.
    public var goal: Goal { facts.goal }

    /// What values it can have at all.
    public var possible: ClosedRange<Double> { facts.possible }

    /// What target and network it needs.
    public var needs: MetricNeeds { facts.needs }

    /// Rows for which it is not defined, whatever the network answers.
    public var isUndefinedFor: NarrowRows? { facts.isUndefinedFor }

    /// Whether it is of one of two classes, the positive one.
    public var isOfPositiveClass: Bool { needs == .positiveClass || needs == .twoClasses }

    /// Whether it is the plain share of hits, which a shuffle of the labels has too.
    public var isShareOfHits: Bool { needs == .hits || needs == .hitsOfThreshold }

    /// The metric of a figure's name; settings that the name does not tell have their defaults.
    public init?(figure: String) {
        let top = figure.split(separator: "_").dropFirst().first.flatMap { Int($0) }.map { Metric.topKAccuracy(k: $0) }
        guard let found = (Self.withoutNumbers + [top].compactMap { $0 }).first(where: { $0.figure == figure }) else { return nil }
        self = found
    }

    /// Regular expressions of all figures' names.
    static var figurePatterns: [String] { withoutNumbers.map(\.figure) + ["top_[0-9]+_accuracy"] }

    private static let withoutNumbers: [Metric] =
        [
            .accuracy, .binaryAccuracy(), .balancedAccuracy, .matthewsCorrelation, .cohenKappa, .rocAUC, .rocAUCMacro, .prAUC, .prAUCMacro,
            .logLoss, .brierScore, .mae, .mape, .mse, .rmse, .r2,
        ]
        + ClassAverage.allCases.flatMap { [.precision($0), .recall($0), .f1($0)] }
}

/// What a metric needs of the target and the network.
public enum MetricNeeds: Hashable, Sendable {
    /// Any target: classes, labels or numbers.
    case anything
    /// Classes, or numbers that are 0 and 1.
    case hits
    /// The same, with outputs that are compared with a threshold.
    case hitsOfThreshold
    /// Numbers.
    case numbers
    /// Classes, of which a row may have several.
    case classes
    /// One class a row.
    case oneClassEach
    /// Two classes, of which one is the positive one.
    case positiveClass
    /// Two classes.
    case twoClasses
    /// More classes than so many.
    case moreClasses(than: Int)
    /// Probabilities of classes.
    case probabilities
}

/// Rows that have too little for some figures.
public enum NarrowRows: Hashable, Sendable {
    /// Rows of a single class.
    case oneClass
    /// A single row.
    case oneRow
}

private struct Facts {
    let figure: String
    let words: String
    let goal: Goal
    let possible: ClosedRange<Double>
    let needs: MetricNeeds
    let isUndefinedFor: NarrowRows?

    init(
        _ figure: String, words: String? = nil, goal: Goal, possible: ClosedRange<Double>, needs: MetricNeeds, isUndefinedFor: NarrowRows?
    ) {
        self.figure = figure
        self.words = words ?? figure.replacing("_", with: " ")
        self.goal = goal
        self.possible = possible
        self.needs = needs
        self.isUndefinedFor = isUndefinedFor
    }

    /// A share, which is to grow.
    static func share(_ figure: String, words: String? = nil, needs: MetricNeeds, isUndefinedFor: NarrowRows? = nil) -> Facts {
        Facts(figure, words: words, goal: .maximize, possible: 0...1, needs: needs, isUndefinedFor: isUndefinedFor)
    }

    /// A share of one class or over all, such as `f1` or `f1_macro`.
    static func share(_ figure: String, words: String? = nil, _ average: ClassAverage) -> Facts {
        let words = words ?? figure
        return switch average {
        case .positive: share(figure, words: words, needs: .positiveClass)
        case .macro, .micro: share("\(figure)_\(average.rawValue)", words: "\(average.rawValue)-\(words)", needs: .classes)
        }
    }

    /// An error, which is to shrink.
    static func error(_ figure: String, words: String, atMost: Double = .infinity, needs: MetricNeeds) -> Facts {
        Facts(figure, words: words, goal: .minimize, possible: 0...atMost, needs: needs, isUndefinedFor: nil)
    }

    /// A correlation of two classifications, which is to grow; 0 is chance.
    static func correlation(_ figure: String, words: String) -> Facts {
        Facts(figure, words: words, goal: .maximize, possible: -1...1, needs: .oneClassEach, isUndefinedFor: .oneClass)
    }
}

/// Which way a figure is better.
public enum Goal: String, Hashable, Sendable, CaseIterable {
    /// Larger is better.
    case maximize
    /// Smaller is better.
    case minimize
}

extension Goal {
    /// The better way of a figure, by its name: losses and errors are to shrink, shares of hits and the like to grow.
    public init(of figure: String) {
        let part = ["val_", "test_"].first { figure.hasPrefix($0) } ?? ""
        let quantity = String(figure.dropFirst(part.count))
        self =
            Metric(figure: quantity)?.goal ?? OwnFigure(named: figure)?.goal ?? (quantity == Figures.chanceAccuracy ? .maximize : .minimize)
    }
}

// MARK: - In the file

extension Metric {
    package static let schema = Schema<Metric>.choice(
        "metric",
        [
            Case("accuracy", .accuracy, aliases: ["acc"], doc: "The share of examples whose class is found."),
            Case(
                "binary_accuracy", threshold.schema, doc: "The share of outputs on the target's side of a threshold.",
                make: { .binaryAccuracy(threshold: $0) }, get: { if case .binaryAccuracy(let threshold) = $0 { threshold } else { nil } }),
            Case(
                "top_k_accuracy", topK.schema,
                doc: "The share of examples whose class is among the k most probable; the figure is top_5_accuracy for k = 5.",
                make: { .topKAccuracy(k: $0) }, get: { if case .topKAccuracy(let k) = $0 { k } else { nil } }),
        ] + averages("precision", Metric.precision, of: "Of the examples predicted to be of a class, the share that is")
            + averages("recall", Metric.recall, of: "Of the examples of a class, the share that is predicted to be")
            + averages("f1", Metric.f1, of: "The harmonic mean of precision and recall") + [
                Case("balanced_accuracy", .balancedAccuracy, doc: "The mean of the recalls of the classes that occur."),
                Case(
                    "matthews_correlation", .matthewsCorrelation, aliases: ["mcc", "matthews_corrcoef"],
                    doc: "The correlation of the true classes with those that are said, from −1 to 1; 0 is chance."),
                Case(
                    "cohen_kappa", .cohenKappa, aliases: ["kappa", "cohen_kappa_score"],
                    doc: "Cohen's kappa: (hits − hits by chance) / (1 − hits by chance), from −1 to 1; 0 is chance."),
                Case("roc_auc", .rocAUC, aliases: ["auc"], doc: "Area under the receiver operating characteristic, for two classes."),
                Case(
                    "roc_auc_macro", .rocAUCMacro, aliases: ["roc_auc_ovr"],
                    doc: "The same of each class or label against the rest, the mean over those that some rows have and others have not."),
                Case(
                    "pr_auc", .prAUC, aliases: ["average_precision", "auprc"],
                    doc: "Area under precision over recall, for two classes: scikit-learn's average precision, Σ (Rₙ − Rₙ₋₁) Pₙ."),
                Case(
                    "pr_auc_macro", .prAUCMacro,
                    doc: "The same of each class or label against the rest, the mean over those that some rows have and others have not."),
                Case("log_loss", .logLoss, doc: "The mean of −log p of the right class."),
                Case(
                    "brier_score", .brierScore, aliases: ["brier"],
                    doc: "The mean of (p − y)² for two classes, of Σ (p − y)² over the classes for more; y is 1 for the true class, else 0."
                ),
                Case("mae", .mae, aliases: ["mean_absolute_error"], doc: "Mean absolute error."),
                Case(
                    "mape", .mape, aliases: ["mean_absolute_percentage_error"],
                    doc: "The mean of |y − t| / |t|, a share and not percent. A target of 0 makes it huge, as in scikit-learn."),
                Case("mse", .mse, aliases: ["mean_squared_error"], doc: "Mean squared error."),
                Case("rmse", .rmse, aliases: ["root_mean_squared_error"], doc: "The root of the mean squared error."),
                Case("r2", .r2, aliases: ["r2_score"], doc: "The share of the target's variance that is explained."),
            ])

    /// The metrics of a file: no figure twice.
    package static let listSchema = Schema<[Metric]>.list(of: schema).checked { metrics in
        Set(metrics.map(\.figure)).count == metrics.count ? nil : Problem("% name a figure twice", help: "name each once")
    }

    private static var usualThreshold: Double { if case .binaryAccuracy(let threshold) = Metric.binaryAccuracy() { threshold } else { 0 } }
    private static var usualK: Int { if case .topKAccuracy(let k) = Metric.topKAccuracy() { k } else { 0 } }

    private static let threshold = Record<Double>(
        "binary_accuracy", Field("threshold", { $0 }, .number(), default: usualThreshold, doc: "An output above it says 1."), build: { $0 })

    private static let topK = Record<Int>(
        "top_k_accuracy", Field("k", { $0 }, .integer(.atLeast(1, upTo: 1_000_000)), default: usualK, doc: "How many classes count."),
        build: { $0 })

    private static func averages(
        _ name: String, _ make: (ClassAverage) -> Metric, of meaning: String
    ) -> [Case<Metric>] {
        [
            Case(
                name, make(.positive),
                doc: "\(meaning), for the positive one of two classes: the one that the target names as positive, else the second."),
            Case(name + "_macro", make(.macro), doc: "\(meaning), the mean over the classes that occur or are predicted."),
            Case(name + "_micro", make(.micro), doc: "\(meaning), all classes counted together."),
        ]
    }
}

extension Goal {
    package static let schema = Schema<Goal>.enumeration(
        "goal",
        Choosable("maximize", .maximize, aliases: ["max"], doc: "Larger is better."),
        Choosable("minimize", .minimize, aliases: ["min"], doc: "Smaller is better."))
}
