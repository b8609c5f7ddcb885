import Documents
import FileSystem
import FoundationEssentials

/// Writes one run while it is trained. It holds the run's claim until it is ended; a writer that is dropped without an end leaves
/// a run that counts as interrupted.
public final class RunWriter {
    /// Where the run lies.
    public let folder: RunFolder
    /// The record as last written.
    public internal(set) var record: Record
    let files: Folder
    private let claim: HeldClaim
    private let clock: @Sendable () -> Date
    private let disk: Disk
    /// Whether what is written is made durable at once.
    private var isDurable = true
    /// Whether the run stands there finished, without files that it is trained again for: its record stays until the new one is written.
    private let isRepeated: Bool

    /// More than so many bytes are made durable at once, whoever asks: many such runs would have to be read again to tell whether they are whole.
    static let mostUnsettled = 1 << 18

    init(
        _ specification: RunSpecification, store: RunStore, provenance: Provenance, restoringFiles: Bool
    ) throws(StoreError) {
        let settings: JSONValue
        do { settings = try JSONValue(parsing: specification.canonical) } catch {
            throw .inconsistent("the canonical settings are not JSON (\(error))")
        }
        folder = store.folder(of: specification.identity, in: specification.experiment)
        clock = store.clock
        disk = store.disk
        claim = try Self.take(specification, in: store, folder)
        files = claim.files
        record = Record(specification, settings: settings, provenance: provenance, created: clock())
        do throws(StoreError) {
            isRepeated = try Self.isRepeatable(files, folder, specification.identity, restoringFiles: restoringFiles)
            if !isRepeated { try store.checkOtherHomes(of: specification) }
        } catch {
            claim.end()
            throw error
        }
        guard !isRepeated else {
            record.isKeptOnRequest = true
            return
        }
        try removeEarlierAttempt()
        // Not synced: after a loss of power a run without a record is new, which is what it is.
        try write(record, isSynced: false)
    }

    /// Shows others that this process is at work: to be called every few seconds (``Claim/beat``) as long as the run is trained, on whatever thread.
    public var keepAlive: @Sendable () -> Void {
        let lease = claim.lease
        return { lease.renew() }
    }

    /// The run's claim. Somebody who cleans up may remove the folder just before it is claimed: then it is made again.
    private static func take(
        _ run: RunSpecification, in store: RunStore, _ folder: RunFolder
    ) throws(StoreError) -> HeldClaim {
        for _ in 0..<100 {
            let attempt = try stored { () throws(FileFault) in
                let files = try store.makeRuns(of: run.experiment).makeFolder(run.identity.hex)
                return try HeldClaim.take(files, now: store.clock(), watch: store.watch)
            }
            switch attempt {
            case .taken(let claim): return claim
            case .held(let claim): throw .locked(folder, claim)
            case .gone: continue
            }
        }
        throw .locked(folder, nil)
    }

    /// Whether the run is finished and lacks files for which it is to be trained again; false where none stands there, or one to be replaced. Throws for a
    /// run that is finished, or that must not be replaced.
    private static func isRepeatable(
        _ files: Folder, _ folder: RunFolder, _ identity: RunIdentity, restoringFiles: Bool
    ) throws(StoreError) -> Bool {
        let run: StoredRun
        do { run = try StoredRun(reading: files, at: folder) } catch {
            guard error.mayBeReplaced else { throw .damaged(error) }
            return false
        }
        guard run.record.status == .finished, run.record.identity == identity else { return false }
        guard let damage = run.damage(checking: .contents) else {
            guard restoringFiles, !run.record.removed.isEmpty else { throw .alreadyFinished(run) }
            return true
        }
        guard damage.mayBeReplaced else { throw .damaged(damage) }
        return false
    }

    private func removeEarlierAttempt() throws(StoreError) {
        let kept: Set = [RunFolder.FileName.lock, RunFolder.FileName.claim, RunFolder.FileName.log, RunFolder.FileName.checkpoint]
        try stored { () throws(FileFault) in
            for name in try files.names() where RunFolder.FileName.all.subtracting(kept).contains(name) || UnfinishedFile.isOne(name) {
                try files.remove(name)
            }
        }
    }

    /// Writes all files and, last, a record that says the run is finished; then gives up the claim.
    ///
    /// All of it is durable then, unless `durably` is false, the run is small and the disk can make many files durable at once: then a loss of power may undo
    /// or cut it, which is noticed, until ``RunStore/settle(_:)``.
    ///
    /// The files of `leaving` are not written, and the record says so.
    ///
    /// Throws ``StoreError/inconsistent(_:)`` for predictions or weights whose shapes do not fit; the run is then still running.
    public func finish(
        _ outcome: RunOutcome, durably: Bool = true, leaving: Set<RemovableFile> = []
    ) throws(StoreError) {
        var outcome = outcome
        var left: Set<RemovableFile> = []
        if leaving.contains(.weights), !outcome.weights.isEmpty {
            outcome.weights = []
            left.insert(.weights)
        }
        if leaving.contains(.predictions), outcome.predictions != nil {
            outcome.predictions = nil
            left.insert(.predictions)
        }
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
        if !outcome.exhibits.isEmpty {
            written[RunFolder.FileName.exhibits] = try outcome.exhibits.write(
                as: RunFolder.FileName.exhibits, in: files, isSynced: isDurable)
        }
        record.figures = outcome.figures
        record.parameters = outcome.parameters
        record.target = outcome.target
        record.inputs = outcome.inputs
        record.texts = outcome.texts.isEmpty ? nil : outcome.texts
        record.pretraining = outcome.pretraining.isEmpty ? nil : outcome.pretraining
        record.keptEpoch = outcome.keptEpoch
        record.stopped = outcome.stopped
        record.timings = outcome.timings
        record.files = written
        record.removed = left
        record.start = isDurable ? nil : disk.start
        try end(.finished)
    }

    /// Writes a record that says the run failed with these words; then gives up the claim.
    public func fail(_ message: String) throws(StoreError) {
        try end(.failed(message))
    }

    /// Writes a record that says the run was stopped on request; then gives up the claim.
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

    /// Throws ``StoreError/locked(_:_:)`` or ``StoreError/alreadyFinished(_:)`` when this process was not heard of for so long that another has taken the run
    /// over; the record is then its.
    private func end(_ status: Record.Status) throws(StoreError) {
        if !claim.isHeld {
            if let successor = claim.successor { throw .locked(folder, successor) }
            if let run = try? StoredRun(reading: files, at: folder), run.record.status == .finished { throw .alreadyFinished(run) }
        }
        if isRepeated, status != .finished {
            claim.end()
            return
        }
        record.status = status
        record.ended = clock()
        try write(record, isSynced: isDurable)
        if status == .finished { removeCheckpoint() }
        // One sync for all names: should the record's survive a loss of power and another's not, the digests in it tell.
        if isDurable { try stored { () throws(FileFault) in try files.sync() } }
        claim.end()
    }

    private func write(_ record: Record, isSynced: Bool) throws(StoreError) {
        _ = try stored { () throws(FileFault) in try files.write(RunFolder.FileName.record, record.bytes, isSynced: isSynced) }
    }
}

extension RunStore {
    /// Throws when the run, which is claimed for its own experiment, is under way or finished in the folder of another. Of two that claim one run at the same
    /// moment each may find the other: both give way, and come back at another moment.
    fileprivate func checkOtherHomes(of specification: RunSpecification) throws(StoreError) {
        for experiment in experiments where experiment != specification.experiment {
            guard let files = try? openRuns(of: experiment).folder(specification.identity.hex) else { continue }
            let folder = folder(of: specification.identity, in: experiment)
            if let run = try? StoredRun(reading: files, at: folder), run.record.status == .finished,
                run.record.identity == specification.identity
            {
                if run.damage(checking: .contents) == nil { throw .alreadyFinished(run) }
            } else if case .held(let claim)? = try? Holding(of: files) {
                throw .locked(folder, claim)
            }
        }
    }
}
