/// How a network is trained.
public struct TrainingSettings: Codable, Hashable, Sendable {
    /// What training makes small.
    public var loss: LossSettings
    /// How the weights follow the gradient.
    public var optimizer: OptimizerSettings
    /// Examples a step; the last batch of an epoch may be smaller.
    public var batchSize: Int
    /// Passes over the train rows.
    public var epochs: Int
    /// What is reported besides the loss.
    public var metrics: [Metric]
    /// When to stop before the last epoch; `nil`: never.
    public var earlyStopping: EarlyStoppingSettings?

    /// Training; the defaults are those of Keras.
    public init(
        loss: LossSettings, optimizer: OptimizerSettings = .rmsprop(), batchSize: Int = 32, epochs: Int = 1, metrics: [Metric] = [],
        earlyStopping: EarlyStoppingSettings? = nil
    ) {
        self.loss = loss
        self.optimizer = optimizer
        self.batchSize = batchSize
        self.epochs = epochs
        self.metrics = metrics
        self.earlyStopping = earlyStopping
    }
}

/// What training makes small.
public struct LossSettings: Codable, Hashable, Sendable {
    /// The formula.
    public var kind: LossKind
    /// Whether the network's last layer gives logits, to which the loss applies the softmax or sigmoid itself. Only for cross-entropies.
    public var fromLogits: Bool

    /// A loss.
    public init(kind: LossKind, fromLogits: Bool = false) {
        self.kind = kind
        self.fromLogits = fromLogits
    }
}

/// The formulas of losses.
public enum LossKind: String, Codable, Hashable, Sendable, CaseIterable {
    /// Mean of (output − target)²; also written `mse`.
    case meanSquaredError = "mean_squared_error"
    /// Mean of |output − target|; also written `mae`.
    case meanAbsoluteError = "mean_absolute_error"
    /// −(t log p + (1 − t) log(1 − p)), for a sigmoid and two classes.
    case binaryCrossentropy = "binary_crossentropy"
    /// −Σ tᵢ log pᵢ, for a softmax and one-hot targets.
    case categoricalCrossentropy = "categorical_crossentropy"
    /// −log p of the right class, for a softmax and labels.
    case sparseCategoricalCrossentropy = "sparse_categorical_crossentropy"
}

/// How the weights follow the gradient; the formulas are those of Keras 3.
public enum OptimizerSettings: Codable, Hashable, Sendable {
    /// Plain gradient descent, with or without momentum.
    case sgd(learningRate: Double = 0.01, momentum: Double = 0, nesterov: Bool = false)
    /// The gradient over the root of a running mean of its squares.
    case rmsprop(learningRate: Double = 0.001, rho: Double = 0.9, momentum: Double = 0, epsilon: Double = 1e-7, centered: Bool = false)
    /// Running means of the gradient and of its squares, both corrected for their start.
    case adam(learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7)
}

/// What is reported besides the loss, in the target's own unit.
public enum Metric: String, Codable, Hashable, Sendable, CaseIterable {
    /// The share of examples whose class is found.
    case accuracy
    /// Mean absolute error.
    case mae
    /// Mean squared error.
    case mse
}

/// Stops a run when a figure no longer improves.
public struct EarlyStoppingSettings: Codable, Hashable, Sendable {
    /// The figure that is watched.
    public var monitor: String
    /// Whether a larger figure is a better one.
    public var goal: Goal
    /// Epochs without improvement after which the run stops.
    public var patience: Int
    /// Changes up to this size count as no improvement.
    public var minDelta: Double
    /// Whether the weights of the best epoch are kept, instead of those of the last.
    public var restoreBestWeights: Bool

    /// Early stopping; the defaults are those of Keras.
    public init(
        monitor: String = "val_loss", goal: Goal = .minimize, patience: Int = 0, minDelta: Double = 0, restoreBestWeights: Bool = false
    ) {
        self.monitor = monitor
        self.goal = goal
        self.patience = patience
        self.minDelta = minDelta
        self.restoreBestWeights = restoreBestWeights
    }
}

/// Which way a figure is better.
public enum Goal: String, Codable, Hashable, Sendable, CaseIterable {
    /// Larger is better.
    case maximize
    /// Smaller is better.
    case minimize
}
