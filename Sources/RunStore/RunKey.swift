/// What a stale run shares with the one that is asked for in its place.
public struct RunKey: Hashable, Sendable {
    private let variant: String
    private let seed: Int
    private let fold: Int?

    /// That of a run that is asked for.
    public init(_ run: RunSpecification) { (variant, seed, fold) = (run.variant, run.seed, run.fold) }

    /// That of a stored run.
    public init(_ record: Record) { (variant, seed, fold) = (record.variant, record.seed, record.fold) }
}

extension StoredRun {
    /// Whether the experiment's file asked for the run as it stood then, without changes given beside it: others are never stale.
    public var isOfFile: Bool { record.provenance.changes.isEmpty }
}
