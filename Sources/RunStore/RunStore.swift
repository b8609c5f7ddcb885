import FoundationEssentials

/// What is on disk: the runs of all experiments below one results folder, `ROOT/NAME/runs/ID/`.
///
/// The store holds no state of its own, so any number of processes may look at one folder at a time; writers exclude each other run by run.
public struct RunStore: Sendable {
    /// The results folder.
    public let root: String
    let clock: @Sendable () -> Date

    /// The store in the folder `root`, which need not exist yet. `clock` gives the times that records carry.
    public init(root: String, clock: @escaping @Sendable () -> Date = { Date() }) {
        self.root = root
        self.clock = clock
    }

    /// The folder of an experiment: its report, figures and runs.
    public func experimentFolder(_ experiment: String) -> String {
        root + "/" + experiment
    }

    /// The folder in which an experiment's run is trained.
    public func folder(of identity: RunIdentity, in experiment: String) -> RunFolder {
        RunFolder(path: "\(runsFolder(experiment))/\(identity.hex)")
    }

    /// Takes the run's lock and writes a record that says it is running. What an earlier attempt left, but its log, is removed.
    ///
    /// Throws ``StoreError/locked(_:)`` when a live process trains the run, ``StoreError/alreadyFinished(_:)`` when it is done.
    public func begin(_ specification: RunSpecification, provenance: Provenance) throws(StoreError) -> RunWriter {
        let folder = folder(of: specification.identity, in: specification.experiment)
        return try RunWriter(specification, folder: folder, provenance: provenance, clock: clock)
    }

    func runsFolder(_ experiment: String) -> String {
        experimentFolder(experiment) + "/runs"
    }
}
