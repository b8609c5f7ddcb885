/// A run that an experiment asks for, with all that decides its result. A class, since thousands of them are handed around.
public final class RunSpecification: Hashable, Sendable {
    /// The experiment's name, which is the name of its folder in the store.
    public let experiment: String
    /// The variant's name.
    public let variant: String
    /// The seed of all random streams.
    public let seed: Int
    /// The fold that validates, counted from 1, for an experiment with folds.
    public let fold: Int?
    /// What decides the result besides seed and fold.
    public let basis: RunBasis
    /// The run whose weights it begins with; nil for one that draws them.
    public let start: RunIdentity?
    /// What the run is known by.
    public let identity: RunIdentity

    /// The trial as canonical JSON.
    public var canonical: String { basis.canonical }
    /// The digests of the data, for this fold.
    public var digests: DataDigests { basis.digests }
    /// The engine's results version.
    public var resultsVersion: Int { basis.resultsVersion }

    /// A run of one variant, for one seed and fold.
    public init(experiment: String, variant: String, seed: Int, fold: Int? = nil, basis: RunBasis, start: RunIdentity? = nil) {
        self.experiment = experiment
        self.variant = variant
        self.seed = seed
        self.fold = fold
        self.basis = basis
        self.start = start
        self.identity = RunIdentity(basis, seed: seed, fold: fold, start: start)
    }

    /// The same run, asked for by one experiment under one name.
    public static func == (one: RunSpecification, other: RunSpecification) -> Bool {
        one === other
            || (one.identity == other.identity && one.experiment == other.experiment && one.variant == other.variant
                && one.seed == other.seed && one.fold == other.fold && one.start == other.start && one.basis == other.basis)
    }

    /// By the identity.
    public func hash(into hasher: inout Hasher) { hasher.combine(identity) }
}
