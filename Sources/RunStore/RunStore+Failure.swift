import FileSystem

extension RunStore {
    /// Writes into the record of a run that was begun and has no end that it failed with these words, for a worker that could not do so itself. What the run
    /// left to go on from stays. Nothing happens when somebody trains it, or when it has an end.
    public func noteFailure(_ message: String, of run: RunSpecification) throws(StoreError) {
        try stored { () throws(FileFault) in
            let files = try openRuns(of: run.experiment).folder(run.identity.hex)
            guard case .taken(let claim) = try HeldClaim.take(files, now: clock(), watch: watch) else { return }
            defer { claim.end() }
            guard var record = try? StoredRun(reading: files, at: folder(of: run.identity, in: run.experiment)).record,
                record.identity == run.identity, record.status == .running || record.status == .interrupted
            else { return }
            record.status = .failed(message)
            record.ended = clock()
            try files.write(RunFolder.FileName.record, record.bytes)
        }
    }
}
