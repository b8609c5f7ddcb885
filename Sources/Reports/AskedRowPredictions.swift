import RunStore

/// What the networks of finished runs, and methods without one, answer for the rows that an experiment asks about.
public struct AskedRowPredictions: Sendable {
    /// What the numbers of an answer are.
    public enum Kind: Hashable, Sendable {
        /// One for each of these classes: probabilities, or plain scores. Of two, the one of the number `positive` is told.
        case classes([String], areProbabilities: Bool, positive: Int = 1)
        /// One for each of these labels, of which a row has any number: probabilities, or plain scores.
        case severalLabels([String], areProbabilities: Bool)
        /// Values in the target's own unit.
        case values
    }

    /// The predictions of a variant's runs.
    public struct OfVariant: Sendable {
        /// What the numbers are.
        public var kind: Kind
        /// The predictions of each run, one a row in the experiment's order.
        public var runs: [RunIdentity: [[Double]]]
        /// The linear function that the variant's network is, if it is one.
        public var function: LinearFunction?

        /// Answers of a variant's runs.
        public init(kind: Kind, runs: [RunIdentity: [[Double]]], function: LinearFunction? = nil) {
            self.kind = kind
            self.runs = runs
            self.function = function
        }
    }

    /// A function `constant + Σ coefficient · column` in the raw columns and the target's own unit.
    public struct LinearFunction: Sendable {
        /// The columns.
        public var columns: [String]
        /// The constant, then a coefficient a column, for each run.
        public var runs: [RunIdentity: [Double]]
        /// The same for exact least squares on the same train rows, where that was computed.
        public var exact: [Double]?

        /// The functions of a variant's runs.
        public init(columns: [String], runs: [RunIdentity: [Double]], exact: [Double]?) {
            self.columns = columns
            self.runs = runs
            self.exact = exact
        }
    }

    /// The predictions of a method without a network.
    public struct OfMethod: Sendable, Codable {
        /// Its name in experiment files, such as `logistic`.
        public var name: String
        /// The predictions, one a row in the experiment's order.
        public var predictions: [[Double]]

        /// A method's predictions.
        public init(name: String, predictions: [[Double]]) {
            self.name = name
            self.predictions = predictions
        }
    }

    /// The target column's name.
    public var target: String
    /// By the variant's name.
    public var variants: [String: OfVariant]
    /// Methods without a network.
    public var methods: [OfMethod]

    /// Answers; by default none.
    public init(target: String = "", variants: [String: OfVariant] = [:], methods: [OfMethod] = []) {
        self.target = target
        self.variants = variants
        self.methods = methods
    }

    /// The number that stands for an answer: the value, or the probability of the positive one of two classes; nil for more classes, and for labels.
    static func number(_ answer: [Double], _ kind: Kind) -> Double? {
        switch kind {
        case .values: answer.first
        case .severalLabels: nil
        case .classes(let names, _, let positive):
            names.count == 2 && answer.count == 2 && answer.indices.contains(positive) ? answer[positive] : nil
        }
    }
}
