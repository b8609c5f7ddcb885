import FileSystem
import FoundationEssentials

/// What is on disk: the runs of all experiments below one results folder, `ROOT/NAME/runs/ID/`.
///
/// The store holds no state of its own, so any number of processes may look at one folder at a time; writers exclude each other run by run.
/// Below the root no link is followed, for reading, writing or removal.
public struct RunStore: Sendable {
    /// The results folder.
    public let root: String
    let disk: Disk
    let clock: @Sendable () -> Date
    let watch: ClaimWatch

    /// The store in the folder `root` of a disk, which need not exist yet. `clock` gives the times that records carry; `watch` keeps in mind what was seen of
    /// other machines' claims, as long as it lives.
    public init(
        root: String, on disk: Disk = .system, watch: ClaimWatch = ClaimWatch(), clock: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.watch = watch
        self.root = root
        self.disk = disk
        self.clock = clock
    }

    /// The folder of an experiment: its report, figures and runs.
    public func experimentFolder(_ experiment: String) -> String {
        root + "/" + experiment
    }

    /// The same folder, to write into.
    public func output(of experiment: String) -> OutputFolder {
        OutputFolder(root: root, on: disk, experiment)
    }

    /// The folder in which an experiment's run is trained.
    public func folder(of identity: RunIdentity, in experiment: String) -> RunFolder {
        RunFolder(path: "\(runsFolder(experiment))/\(identity.hex)", on: disk)
    }

    /// Takes the run's claim and writes a record that says it is running. What an earlier attempt left, but its log and its checkpoint, is removed; files of
    /// other names stay.
    ///
    /// A finished run that lacks files (``Record/removed``) is trained again with `restoringFiles`: it counts as finished meanwhile, and keeps what it then has.
    ///
    /// Throws ``StoreError/locked(_:_:)`` when a live process trains the run, for this experiment or another; ``StoreError/alreadyFinished(_:)`` when it is
    /// done; and ``StoreError/damaged(_:)`` when what is there must not be replaced (``DamagedFile/mayBeReplaced``).
    public func begin(
        _ specification: RunSpecification, provenance: Provenance, restoringFiles: Bool = false
    ) throws(StoreError) -> RunWriter {
        try RunWriter(specification, store: self, provenance: provenance, restoringFiles: restoringFiles)
    }

    /// Makes the folder of an experiment's runs; throws when nothing can be written into it.
    public func prepare(_ experiment: String) throws(StoreError) {
        try stored { () throws(FileFault) in try makeRuns(of: experiment).checkWritable() }
    }

    /// Makes durable what writers have left to be made so (``RunWriter/finish(_:durably:)``), of this experiment and of others on the same file system.
    public func settle(_ experiment: String) throws(StoreError) {
        try stored { () throws(FileFault) in try openRuns(of: experiment).syncAll() }
    }

    /// Whether a run may still be lost with the machine's power.
    public func isUnsettled(_ run: StoredRun) -> Bool { run.record.start != nil && run.record.start == disk.start }

    /// Does `body` while no other process does the same for this experiment: a report that is made from the runs found within it is never
    /// older than the one that it replaces.
    public func whileReporting<Value>(on experiment: String, _ body: () throws -> Value) throws -> Value {
        let lock = try stored { () throws(FileFault) in try FileLock.wait(for: makeRuns(of: experiment)) }
        defer { withExtendedLifetime(lock) {} }
        return try body()
    }

    /// Opens the log of a run to write at its end; the folder is made when there is none. The descriptor is the caller's to close.
    public func openLog(of identity: RunIdentity, in experiment: String) throws(StoreError) -> Int32 {
        try stored { () throws(FileFault) in
            try makeRuns(of: experiment).makeFolder(identity.hex).openLog(RunFolder.FileName.log)
        }
    }

    /// Removes the folder of a run that was tried and never begun, unless its log says something or somebody holds it.
    public func removeEmptyTrace(of identity: RunIdentity, in experiment: String) {
        guard let runs = try? openRuns(of: experiment), let folder = try? runs.folder(identity.hex),
            case .taken(let claim)? = try? HeldClaim.take(folder, now: clock(), watch: watch)
        else { return }
        defer { claim.end() }
        guard let names = try? folder.names(),
            Set(names).isSubset(of: [RunFolder.FileName.lock, RunFolder.FileName.claim, RunFolder.FileName.log]),
            (try? folder.status(of: RunFolder.FileName.log))?.length ?? 0 == 0
        else { return }
        for name in names { try? folder.remove(name) }
        _ = try? runs.removeFolder(identity.hex)
    }

    // MARK: - Folders

    static let runs = "runs"

    func runsFolder(_ experiment: String) -> String {
        experimentFolder(experiment) + "/" + Self.runs
    }

    /// The results folder.
    func openRoot() throws(FileFault) -> Folder { try Folder(path: root, on: disk) }

    /// The folder of an experiment's runs.
    func openRuns(of experiment: String) throws(FileFault) -> Folder {
        try openRoot().folder(experiment).folder(Self.runs)
    }

    /// The folder of an experiment's runs, made when there is none.
    func makeRuns(of experiment: String) throws(FileFault) -> Folder {
        try Folder.make(root, on: disk)
        return try openRoot().makeFolder(experiment).makeFolder(Self.runs)
    }
}

/// Hands on what the file system says as an error of the store.
func stored<Value>(_ body: () throws(FileFault) -> Value) throws(StoreError) -> Value {
    do { return try body() } catch { throw .file(error) }
}
