import FoundationEssentials

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes one run while it is trained. It holds the run's lock until it is ended or released; a writer that is dropped without an end leaves
/// a run that counts as interrupted.
public final class RunWriter {
    /// Where the run lies.
    public let folder: RunFolder
    /// The record as last written.
    public private(set) var record: Record
    private var lock: RunLock?
    private let clock: @Sendable () -> Date

    init(
        _ specification: RunSpecification, folder: RunFolder, provenance: Provenance, clock: @escaping @Sendable () -> Date
    ) throws(StoreError) {
        let settings: JSONValue
        do { settings = try JSONValue(parsing: specification.canonical) } catch {
            throw .inconsistent("the canonical settings are not JSON (\(error))")
        }
        try Files.makeFolder(folder.path)
        guard let lock = try RunLock.take(folder) else { throw .locked(folder) }
        if let run = try? StoredRun(reading: folder), run.record.status == .finished, run.damage(checking: .contents) == nil {
            throw .alreadyFinished(run)
        }
        let kept = [RunFolder.FileName.lock, RunFolder.FileName.log]
        for name in Files.names(in: folder.path) where !kept.contains(name) { try Files.remove(folder.path + "/" + name) }
        self.folder = folder
        self.lock = lock
        self.clock = clock
        record = Record(specification, settings: settings, provenance: provenance, created: clock())
        // Not synced: after a loss of power a run without a record is new, which is what it is.
        try WholeFile.write(recordBytes, to: folder.recordFile, isSynced: false)
    }

    /// Writes all files and, last, a record that says the run is finished; then drops the lock.
    ///
    /// Throws ``StoreError/inconsistent(_:)`` for predictions or weights whose shapes do not fit; the run is then still running.
    public func finish(_ outcome: RunOutcome) throws(StoreError) {
        var files: [String: Int] = [:]
        files[RunFolder.FileName.history] = try outcome.history.write(to: folder.historyFile)
        if let predictions = outcome.predictions {
            files[RunFolder.FileName.predictions] = try predictions.write(to: folder.predictionsFile)
        }
        if !outcome.weights.isEmpty {
            files[RunFolder.FileName.weights] = try NamedTensor.write(outcome.weights, to: folder.weightsFile)
        }
        record.figures = outcome.figures
        record.parameters = outcome.parameters
        record.target = outcome.target
        record.inputs = outcome.inputs
        record.keptEpoch = outcome.keptEpoch
        record.stopped = outcome.stopped
        record.timings = outcome.timings
        record.files = files
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

    /// Appends a line to the run's log.
    public func log(_ line: String) throws(StoreError) {
        let descriptor = open(folder.logFile, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw Files.failure("write", folder.logFile) }
        defer { close(descriptor) }
        var sink = FileSink(descriptor: descriptor, path: folder.logFile)
        try sink.append(Array((line + "\n").utf8))
    }

    private func end(_ status: Record.Status) throws(StoreError) {
        record.status = status
        record.ended = clock()
        try WholeFile.write(recordBytes, to: folder.recordFile)
        // One sync for all names: should the record's survive a loss of power and another's not, the lengths in it tell.
        try Files.sync(folder: folder.path)
        lock = nil
    }

    private var recordBytes: [UInt8] {
        Array((record.json.prettyText + "\n").utf8)
    }
}
