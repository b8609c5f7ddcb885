import Documents
import FileSystem
import FoundationEssentials

/// Writes one run while it is trained. It holds the run's lock until it is ended or released; a writer that is dropped without an end leaves
/// a run that counts as interrupted.
public final class RunWriter {
    /// Where the run lies.
    public let folder: RunFolder
    /// The record as last written.
    public private(set) var record: Record
    private let files: Folder
    private var lock: FileLock?
    private let clock: @Sendable () -> Date
    private let disk: Disk
    /// Whether what is written is made durable at once.
    private var isDurable = true

    /// More than so many bytes are made durable at once, whoever asks: many such runs would have to be read again to tell whether they are whole.
    static let mostUnsettled = 1 << 18

    init(_ specification: RunSpecification, store: RunStore, provenance: Provenance) throws(StoreError) {
        let settings: JSONValue
        do { settings = try JSONValue(parsing: specification.canonical) } catch {
            throw .inconsistent("the canonical settings are not JSON (\(error))")
        }
        folder = store.folder(of: specification.identity, in: specification.experiment)
        clock = store.clock
        disk = store.disk
        (files, lock) = try Self.take(specification, in: store, folder)
        record = Record(specification, settings: settings, provenance: provenance, created: clock())
        try Self.checkWhatIsThere(files, folder, specification.identity)
        try removeEarlierAttempt()
        // Not synced: after a loss of power a run without a record is new, which is what it is.
        try write(record, isSynced: false)
    }

    /// The run's folder with its lock. Somebody who cleans up may remove the folder just before it is locked: then it is made again.
    private static func take(
        _ run: RunSpecification, in store: RunStore, _ folder: RunFolder
    ) throws(StoreError) -> (files: Folder, lock: FileLock) {
        for _ in 0..<100 {
            let (files, attempt) = try stored { () throws(FileFault) in
                let files = try store.makeRuns(of: run.experiment).makeFolder(run.identity.hex)
                return (files, try FileLock.take(files, RunFolder.FileName.lock))
            }
            switch attempt {
            case .taken(let lock): return (files, lock)
            case .held: throw .locked(folder)
            case .gone: continue
            }
        }
        throw .locked(folder)
    }

    /// Throws for a run that is finished, or that must not be replaced.
    private static func checkWhatIsThere(_ files: Folder, _ folder: RunFolder, _ identity: RunIdentity) throws(StoreError) {
        let run: StoredRun
        do { run = try StoredRun(reading: files, at: folder) } catch {
            guard error.mayBeReplaced else { throw .damaged(error) }
            return
        }
        guard run.record.status == .finished, run.record.identity == identity else { return }
        guard let damage = run.damage(checking: .contents) else { throw .alreadyFinished(run) }
        guard damage.mayBeReplaced else { throw .damaged(damage) }
    }

    private func removeEarlierAttempt() throws(StoreError) {
        let kept: Set = [RunFolder.FileName.lock, RunFolder.FileName.log]
        try stored { () throws(FileFault) in
            for name in try files.names() where RunFolder.FileName.all.subtracting(kept).contains(name) || UnfinishedFile.isOne(name) {
                try files.remove(name)
            }
        }
    }

    /// Writes all files and, last, a record that says the run is finished; then drops the lock.
    ///
    /// All of it is durable then, unless `durably` is false, the run is small and the disk can make many files durable at once: then a loss of power may undo
    /// or cut it, which is noticed, until ``RunStore/settle(_:)``.
    ///
    /// Throws ``StoreError/inconsistent(_:)`` for predictions or weights whose shapes do not fit; the run is then still running.
    public func finish(_ outcome: RunOutcome, durably: Bool = true) throws(StoreError) {
        isDurable = durably || disk.start == nil || outcome.roughSize > Self.mostUnsettled
        var written: [String: RecordedFile] = [:]
        written[RunFolder.FileName.history] = try outcome.history.write(as: RunFolder.FileName.history, in: files, isSynced: isDurable)
        if let predictions = outcome.predictions {
            written[RunFolder.FileName.predictions] = try predictions.write(
                as: RunFolder.FileName.predictions, in: files, isSynced: isDurable)
        }
        if !outcome.weights.isEmpty {
            written[RunFolder.FileName.weights] = try NamedTensor.write(
                outcome.weights, as: RunFolder.FileName.weights, in: files, isSynced: isDurable)
        }
        record.figures = outcome.figures
        record.parameters = outcome.parameters
        record.target = outcome.target
        record.inputs = outcome.inputs
        record.keptEpoch = outcome.keptEpoch
        record.stopped = outcome.stopped
        record.timings = outcome.timings
        record.files = written
        record.start = isDurable ? nil : disk.start
        try end(.finished)
    }

    /// Writes a record that says the run failed with these words; then drops the lock.
    public func fail(_ message: String) throws(StoreError) {
        try end(.failed(message))
    }

    /// Writes a record that says the run was stopped on request; then drops the lock.
    public func interrupt() throws(StoreError) {
        try end(.interrupted)
    }

    /// Opens the run's log to write at its end. The descriptor is the caller's to close.
    public func openLog() throws(StoreError) -> Int32 {
        try stored { () throws(FileFault) in try files.openLog(RunFolder.FileName.log) }
    }

    /// Appends a line to the run's log.
    public func log(_ line: String) throws(StoreError) {
        try stored { () throws(FileFault) in try files.append(line + "\n", to: RunFolder.FileName.log) }
    }

    private func end(_ status: Record.Status) throws(StoreError) {
        record.status = status
        record.ended = clock()
        try write(record, isSynced: isDurable)
        // One sync for all names: should the record's survive a loss of power and another's not, the digests in it tell.
        if isDurable { try stored { () throws(FileFault) in try files.sync() } }
        lock = nil
    }

    private func write(_ record: Record, isSynced: Bool) throws(StoreError) {
        _ = try stored { () throws(FileFault) in try files.write(RunFolder.FileName.record, record.bytes, isSynced: isSynced) }
    }
}
