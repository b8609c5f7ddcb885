import Documents

/// What is reported besides the loss, in the target's own unit.
public enum Metric: String, Codable, Hashable, Sendable, CaseIterable {
    /// The share of examples whose class is found.
    case accuracy
    /// Mean absolute error.
    case mae
    /// Mean squared error.
    case mse
}

/// Which way a figure is better.
public enum Goal: String, Codable, Hashable, Sendable, CaseIterable {
    /// Larger is better.
    case maximize
    /// Smaller is better.
    case minimize
}

extension Goal {
    /// The better way of a figure, by its name: accuracies are to grow, losses and errors to shrink.
    public init(of figure: String) {
        self = figure.hasSuffix("accuracy") ? .maximize : .minimize
    }
}

// MARK: - In the file

extension Metric {
    static let schema = Schema<Metric>.enumeration(
        "metric",
        Choosable("accuracy", .accuracy, aliases: ["acc"], doc: "The share of examples whose class is found."),
        Choosable("mae", .mae, aliases: ["mean_absolute_error"], doc: "Mean absolute error."),
        Choosable("mse", .mse, aliases: ["mean_squared_error"], doc: "Mean squared error."))
}

extension Goal {
    static let schema = Schema<Goal>.enumeration(
        "goal",
        Choosable("maximize", .maximize, aliases: ["max"], doc: "Larger is better."),
        Choosable("minimize", .minimize, aliases: ["min"], doc: "Smaller is better."))
}
