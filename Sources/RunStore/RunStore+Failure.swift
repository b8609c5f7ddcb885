import Documents
import FileSystem

extension RunStore {
    /// Writes into the record of a run that has no end that it failed with these words, for a worker that could not do so itself, also of one that failed at its
    /// first step and was never begun. What the run left to go on from stays. Nothing happens when somebody trains it, or when it has an end.
    public func noteFailure(_ message: String, of run: RunSpecification, provenance: Provenance) throws(StoreError) {
        try stored { () throws(FileFault) in
            let files = try makeRuns(of: run.experiment).makeFolder(run.identity.hex)
            guard case .taken(let claim) = try HeldClaim.take(files, now: clock(), watch: watch) else { return }
            defer { claim.end() }
            guard var record = recordWithoutEnd(of: run, in: files, provenance: provenance) else { return }
            record.status = .failed(message)
            record.ended = clock()
            try files.write(RunFolder.FileName.record, record.bytes)
        }
    }

    /// The record of the run, a new one where none was written; nil where it has an end, or cannot be used.
    private func recordWithoutEnd(of run: RunSpecification, in files: Folder, provenance: Provenance) -> Record? {
        do throws(DamagedFile) {
            let record = try StoredRun(reading: files, at: folder(of: run.identity, in: run.experiment)).record
            switch record.status {
            case .running, .interrupted: return record.identity == run.identity ? record : nil
            case .finished, .failed: return nil
            }
        } catch {
            guard error.reason == .missing, let settings = try? JSONValue(parsing: run.canonical) else { return nil }
            return Record(run, settings: settings, provenance: provenance, created: clock())
        }
    }
}
