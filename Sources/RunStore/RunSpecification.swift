import Settings

/// A run that an experiment asks for, with all that decides its result.
public struct RunSpecification: Hashable, Sendable {
    /// The experiment's name, which is the name of its folder in the store.
    public let experiment: String
    /// The variant's name.
    public let variant: String
    /// The seed of all random streams.
    public let seed: Int
    /// The fold that validates, counted from 1, for an experiment with folds.
    public let fold: Int?
    /// The trial as canonical JSON: what decides the result, keys sorted, no names, and where the data lie.
    public let canonical: String
    /// The digests of the data, for this fold.
    public let digests: DataDigests
    /// The engine's results version, which grows whenever the same settings would give other bits.
    public let resultsVersion: Int
    /// What the run is known by.
    public let identity: RunIdentity

    /// A run of one variant, for one seed and fold.
    public init(
        experiment: String, variant: String, seed: Int, fold: Int? = nil, canonical: String, digests: DataDigests, resultsVersion: Int
    ) {
        self.experiment = experiment
        self.variant = variant
        self.seed = seed
        self.fold = fold
        self.canonical = canonical
        self.digests = digests
        self.resultsVersion = resultsVersion
        self.identity = RunIdentity(canonical: canonical, digests: digests, seed: seed, fold: fold, resultsVersion: resultsVersion)
    }
}
