import Documents

/// What is reported besides the loss, in the target's own unit.
public enum Metric: Codable, Hashable, Sendable {
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
    /// Area under the receiver operating characteristic, for two classes.
    case rocAUC
    /// The mean of −log p of the right class.
    case logLoss
    /// Mean absolute error.
    case mae
    /// Mean squared error.
    case mse
    /// The root of the mean squared error.
    case rmse
    /// The share of the target's variance that is explained.
    case r2
}

/// Of which classes a precision, recall or F1 is.
public enum ClassAverage: String, Codable, Hashable, Sendable, CaseIterable {
    /// Of the positive one of two classes: the one that the target names, else the second.
    case positive
    /// The plain mean over the classes that occur or are predicted.
    case macro
    /// All classes' counts together.
    case micro

    fileprivate var suffix: String { self == .positive ? "" : "_" + rawValue }
}

extension Metric {
    /// The name of the figure, such as `accuracy`, `top_5_accuracy`, `f1_macro`.
    public var figure: String {
        switch self {
        case .accuracy: "accuracy"
        case .binaryAccuracy: "binary_accuracy"
        case .topKAccuracy(let k): "top_\(k)_accuracy"
        case .precision(let average): "precision" + average.suffix
        case .recall(let average): "recall" + average.suffix
        case .f1(let average): "f1" + average.suffix
        case .rocAUC: "roc_auc"
        case .logLoss: "log_loss"
        case .mae: "mae"
        case .mse: "mse"
        case .rmse: "rmse"
        case .r2: "r2"
        }
    }

    /// Whether it is of one of two classes, the positive one.
    public var isOfPositiveClass: Bool {
        switch self {
        case .precision(.positive), .recall(.positive), .f1(.positive), .rocAUC: true
        default: false
        }
    }

    /// Whether it is the plain share of hits, which a shuffle of the labels has too.
    public var isShareOfHits: Bool {
        switch self {
        case .accuracy, .binaryAccuracy: true
        default: false
        }
    }
}

/// Which way a figure is better.
public enum Goal: String, Codable, Hashable, Sendable, CaseIterable {
    /// Larger is better.
    case maximize
    /// Smaller is better.
    case minimize
}

extension Goal {
    /// The better way of a figure, by its name: accuracies, precision, recall, F1, ROC AUC and R² are to grow, losses and errors to shrink.
    public init(of figure: String) {
        let part = ["val_", "test_"].first { figure.hasPrefix($0) } ?? ""
        let quantity = figure.dropFirst(part.count)
        let isToGrow =
            quantity.hasSuffix("accuracy") || ["roc_auc", "r2"].contains(quantity)
            || ["precision", "recall", "f1"].contains { quantity == $0 || quantity.hasPrefix($0 + "_") }
        self = isToGrow ? .maximize : .minimize
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
                Case("roc_auc", .rocAUC, aliases: ["auc"], doc: "Area under the receiver operating characteristic, for two classes."),
                Case("log_loss", .logLoss, doc: "The mean of −log p of the right class."),
                Case("mae", .mae, aliases: ["mean_absolute_error"], doc: "Mean absolute error."),
                Case("mse", .mse, aliases: ["mean_squared_error"], doc: "Mean squared error."),
                Case("rmse", .rmse, aliases: ["root_mean_squared_error"], doc: "The root of the mean squared error."),
                Case("r2", .r2, aliases: ["r2_score"], doc: "The share of the target's variance that is explained."),
            ])

    /// The metrics of a file: no figure twice.
    package static let listSchema = Schema<[Metric]>.list(of: schema).checked { metrics in
        Set(metrics.map(\.figure)).count == metrics.count ? nil : Problem("% name a figure twice", help: "name each once")
    }

    private static let threshold = Record<Double>(
        "binary_accuracy", Field("threshold", { $0 }, .number(), default: 0.5, doc: "An output above it says 1."), build: { $0 })

    private static let topK = Record<Int>(
        "top_k_accuracy", Field("k", { $0 }, .integer(.atLeast(1, upTo: 1_000_000)), default: 5, doc: "How many classes count."),
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
