import Documents

/// A method without a network, to stand beside the networks in the report.
public enum PlainMethod: Hashable, Sendable {
    /// The most frequent class of the train rows, with the classes' shares as probabilities.
    case majority
    /// The mean of the train rows' targets.
    case mean
    /// The target's column at the end of the window: what was is what will be.
    case persistence
    /// Exact least squares with an intercept.
    case linear
    /// Logistic regression, with several classes multinomial. `c` is scikit-learn's C: Σ −ln p + |w|² / 2C is made least, the intercept without a penalty. Nil: on
    /// dense columns next to no penalty, on sparse ones a C of 1.
    case logistic(c: Double? = nil)
    /// The five nearest train rows by Euclidean distance.
    case nearestNeighbours
    /// Least squares with a penalty: Σ (y − w·x − b)² + alpha |w|² is made least.
    case ridge(alpha: Double = 1)
    /// Least squares with a penalty that leaves columns out: Σ (y − w·x − b)² / 2n + alpha Σ |w| is made least, for y in training units.
    case lasso(alpha: Double = 0.01)
    /// A linear support vector machine, for each class one against the rest: C Σ max(0, 1 − y (w·x + b))² + (|w|² + b²) / 2 is made least.
    case linearSVM(c: Double = 1)
    /// A decision tree.
    case tree(TreeSettings = TreeSettings())
    /// Trees that are added up, each along the gradient of the loss.
    case boostedTrees(BoostedTreesSettings = BoostedTreesSettings())
    /// The inputs as so many directions of largest variance give them back.
    case pca(components: Int)
    /// The middle of the cluster that is nearest to the inputs.
    case kMeans(KMeansSettings)
}

/// A decision tree that is split where it lowers the impurity most: Gini's for classes, the squared error for numbers.
public struct TreeSettings: Hashable, Sendable {
    /// How many decisions lead to a leaf at most.
    public var maxDepth: Int
    /// How many train rows a leaf has at least.
    public var minSamplesLeaf: Int

    /// A tree.
    public init(maxDepth: Int = 5, minSamplesLeaf: Int = 1) {
        self.maxDepth = maxDepth
        self.minSamplesLeaf = minSamplesLeaf
    }
}

/// Gradient-boosted trees.
public struct BoostedTreesSettings: Hashable, Sendable {
    /// How many trees follow each other, for several classes each with one a class.
    public var rounds: Int
    /// The share of a tree's answer that is added.
    public var learningRate: Double
    /// How many decisions lead to a leaf at most.
    public var maxDepth: Int
    /// The penalty of squared leaf values.
    public var lambda: Double
    /// How large the sum of second derivatives in a leaf is at least.
    public var minChildWeight: Double

    /// Boosted trees.
    public init(rounds: Int = 100, learningRate: Double = 0.1, maxDepth: Int = 3, lambda: Double = 1, minChildWeight: Double = 1) {
        self.rounds = rounds
        self.learningRate = learningRate
        self.maxDepth = maxDepth
        self.lambda = lambda
        self.minChildWeight = minChildWeight
    }
}

/// Clusters of rows about their means.
public struct KMeansSettings: Hashable, Sendable {
    /// How many there are.
    public var clusters: Int
    /// On how many directions of largest variance rows are clustered; nil: on the inputs themselves.
    public var components: Int?

    /// Clusters.
    public init(clusters: Int, components: Int? = nil) {
        self.clusters = clusters
        self.components = components
    }
}

// MARK: - What is known of it

extension PlainMethod {
    /// Whether it predicts classes.
    public var isForClasses: Bool {
        switch self {
        case .majority, .logistic, .nearestNeighbours, .linearSVM, .tree, .boostedTrees: true
        case .mean, .persistence, .linear, .ridge, .lasso, .pca, .kMeans: false
        }
    }

    /// Whether it gives the inputs back.
    public var isForInputs: Bool {
        switch self {
        case .pca, .kMeans: true
        default: false
        }
    }

    /// Whether it predicts numbers.
    public var isForValues: Bool {
        switch self {
        case .mean, .persistence, .linear, .nearestNeighbours, .ridge, .lasso, .tree, .boostedTrees: true
        case .majority, .logistic, .linearSVM, .pca, .kMeans: false
        }
    }

    /// Whether it looks at the inputs.
    public var needsInputs: Bool { self != .majority && self != .mean }

    /// Whether the inputs must be plain numbers, without sparse columns.
    public var needsDenseInputs: Bool {
        switch self {
        case .persistence, .linear, .nearestNeighbours, .tree, .boostedTrees, .pca, .kMeans: true
        case .majority, .mean, .logistic, .ridge, .lasso, .linearSVM: false
        }
    }

    /// Its tag in experiment files, such as `ridge`.
    public var tag: String {
        switch Self.schema.encode(self, for: .brief) {
        case .map(let members): members.first?.key ?? ""
        case let tag: tag.flowText
        }
    }

    /// How experiment files write it, without what is as usual: `logistic`, `{ridge: {alpha: 0.1}}`. It tells methods apart, in the store too.
    public var name: String { Self.schema.encode(self, for: .brief).flowText }

    /// What a person calls it, with the settings that are not as usual: `ridge regression (alpha 0.1)`.
    public var words: String {
        guard case .map(let members) = Self.schema.encode(self, for: .brief), case .map(let settings)? = members.first?.value else {
            return noun
        }
        return "\(noun) (\(settings.map { "\($0.key.replacing("_", with: " ")) \($0.value.flowText)" }.joined(separator: ", ")))"
    }

    private var noun: String {
        switch self {
        case .majority: "majority class"
        case .mean: "mean of the targets"
        case .persistence: "persistence"
        case .linear: "least squares"
        case .logistic: "logistic regression"
        case .nearestNeighbours: "5 nearest neighbours"
        case .ridge: "ridge regression"
        case .lasso: "lasso"
        case .linearSVM: "linear SVM"
        case .tree: "decision tree"
        case .boostedTrees: "boosted trees"
        case .pca: "PCA"
        case .kMeans: "k-means"
        }
    }
}

extension Encoding {
    /// Whether a target encoded so has classes, one a row or several.
    public var isOfClasses: Bool {
        switch self {
        case .label, .oneHot, .parts, .next: true
        case .multiHot, .tokens, .numeric, .ordinal, .yesNo, .date, .auto, .inputs: false
        }
    }

    /// Whether a target encoded so has any number of labels a row.
    public var isOfSeveralLabels: Bool { if case .parts = self { true } else { false } }

    /// Whether the cells are multi-hot rows.
    package var isMultiHot: Bool {
        if case .multiHot = self { true } else { false }
    }
}
