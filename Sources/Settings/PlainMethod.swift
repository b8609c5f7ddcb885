import Documents

/// A method without a network, to stand beside the networks in the report.
public enum PlainMethod: String, Codable, Hashable, Sendable, CaseIterable {
    /// The most frequent class of the train rows, with the classes' shares as probabilities.
    case majority
    /// The mean of the train rows' targets.
    case mean
    /// Exact least squares with an intercept.
    case linear
    /// Logistic regression to convergence, with several classes multinomial.
    case logistic
    /// The five nearest train rows by Euclidean distance.
    case nearestNeighbours = "nearest_neighbours"

    /// Whether it predicts classes.
    public var isForClasses: Bool { self == .majority || self == .logistic || self == .nearestNeighbours }
    /// Whether it predicts numbers.
    public var isForValues: Bool { self == .mean || self == .linear || self == .nearestNeighbours }
    /// Whether it looks at the inputs, which must then be plain numbers.
    public var needsDenseInputs: Bool { self != .majority && self != .mean }
}

// MARK: - In the file

extension PlainMethod {
    package static let listSchema = Schema<[PlainMethod]>.list(of: schema).checked {
        Set($0).count == $0.count ? nil : Problem("% name one twice", help: "name each once")
    }

    private static let schema = Schema<PlainMethod>.enumeration(
        "baseline",
        Choosable("majority", .majority, doc: "The most frequent class."),
        Choosable("mean", .mean, doc: "The mean of the targets."),
        Choosable("linear", .linear, aliases: ["least_squares"], doc: "Exact least squares with an intercept."),
        Choosable("logistic", .logistic, aliases: ["logistic_regression"], doc: "Logistic regression to convergence."),
        Choosable(
            "nearest_neighbours", .nearestNeighbours, aliases: ["nearest_neighbors", "knn"], doc: "The five nearest train rows."))
}

extension Encoding {
    /// Whether a target encoded so has classes, one a row or several.
    public var isOfClasses: Bool {
        switch self {
        case .label, .oneHot, .parts: true
        case .multiHot, .numeric, .ordinal, .yesNo, .date, .auto: false
        }
    }

    /// Whether a target encoded so has any number of labels a row.
    public var isOfSeveralLabels: Bool { if case .parts = self { true } else { false } }

    /// Whether the cells are multi-hot rows.
    package var isMultiHot: Bool {
        if case .multiHot = self { true } else { false }
    }
}
