import Documents

/// What an experiment claims of its figures before any run: held, failed or undecided by their intervals.
public struct StatedClaim: Hashable, Sendable {
    /// A figure of a variant.
    public struct Subject: Hashable, Sendable {
        /// Such as `val_accuracy`.
        public let figure: String
        /// The epoch, counted from 1; nil: the run's final figure.
        public let epoch: Int?
        /// The variant's name.
        public let variant: String

        /// A figure of a variant.
        public init(figure: String, epoch: Int?, variant: String) {
            self.figure = figure
            self.epoch = epoch
            self.variant = variant
        }
    }

    /// One term of a sum.
    public struct Term: Hashable, Sendable {
        /// What the figure counts.
        public let factor: Double
        /// Whose figure it is.
        public let subject: Subject

        /// A figure times a factor.
        public init(factor: Double, subject: Subject) {
            self.factor = factor
            self.subject = subject
        }
    }

    /// One comparison: a sum of figures and a number, and where it is to lie.
    public struct Statement: Hashable, Sendable {
        /// What is added up.
        public let terms: [Term]
        /// The number beside them.
        public let constant: Double
        /// Where the sum is to lie.
        public let relation: ClaimText.Relation

        /// A sum and where it is to lie.
        public init(terms: [Term], constant: Double, relation: ClaimText.Relation) {
            self.terms = terms
            self.constant = constant
            self.relation = relation
        }
    }

    /// As the file has it.
    public let text: String
    /// All that it says.
    public let statements: [Statement]

    /// A claim that was read.
    public init(text: String, statements: [Statement]) {
        self.text = text
        self.statements = statements
    }

    /// The variants that it speaks of.
    public var variants: Set<String> { Set(statements.flatMap(\.terms).map(\.subject.variant)) }
}

extension StatedClaim.Subject {
    /// Figures of every run besides what training measures.
    public static let parameters = "parameters"
    /// The seconds that training took.
    public static let trainSeconds = "train_seconds"
    static let facts = [parameters, trainSeconds]
}
