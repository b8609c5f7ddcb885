import FileSystem

/// Looks into the folders of runs. Each tells its state by itself, so many can be looked at at a time.
struct RunReader: Sendable {
    private let store: RunStore
    private let checking: Checking
    private let known: [RunIdentity: StoredRun]
    /// The experiment whose runs are looked at before all others, and their folder, kept open: or why there is none.
    private let experiment: String
    private let runs: Result<Folder, FileFault>

    /// The records of `known` runs are read again only where their files were changed since.
    init(store: RunStore, experiment: String, checking: Checking, known: [StoredRun]) {
        (self.store, self.experiment, self.checking) = (store, experiment, checking)
        self.known = Dictionary(known.map { ($0.record.identity, $0) }, uniquingKeysWith: { first, _ in first })
        runs = Result { () throws(FileFault) in try store.openRuns(of: experiment) }
    }

    /// The state that the run's own folder tells.
    func read(_ identity: RunIdentity, in experiment: String) -> RunState {
        let folder = store.folder(of: identity, in: experiment)
        let files: Folder
        do throws(FileFault) {
            files = try (experiment == self.experiment ? runs.get() : store.openRuns(of: experiment)).folder(identity.hex)
        } catch {
            return error.isAbsence ? .new : .unusable(DamagedFile(error))
        }
        let known = self.known[identity].flatMap { $0.folder == folder ? $0 : nil }
        do throws(DamagedFile) {
            let run = try read(files, at: folder, known: known)
            guard run.record.identity == identity else {
                throw DamagedFile(path: folder.recordFile, reason: .misplaced(run.record.identity))
            }
            switch run.record.status {
            case .finished:
                // The files of a run that was looked at before tell by their times whether they were changed since.
                if let damage = run.damage(checking: known == nil ? checking : .changes, in: files) { throw damage }
                return .finished(run)
            case .failed(let message): return try running(files) ?? .failed(message: message, run)
            case .interrupted, .running: return try running(files) ?? .interrupted(EpochPlace(in: files))
            }
        } catch {
            guard error.mayBeReplaced else { return .unusable(error) }
            if let running = try? running(files) { return running }
            return error == DamagedFile(path: folder.recordFile, reason: .missing) ? .new : .damaged(error)
        }
    }

    /// That somebody trains the run; nil when nobody does.
    private func running(_ files: Folder) throws(DamagedFile) -> RunState? {
        do throws(FileFault) {
            return if case .held(let claim) = try Holding(of: files) { .running(claim) } else { nil }
        } catch {
            throw DamagedFile(error)
        }
    }

    private func read(_ files: Folder, at folder: RunFolder, known: StoredRun?) throws(DamagedFile) -> StoredRun {
        if let run = known, let status = run.status, (try? files.status(of: RunFolder.FileName.record)) == status { return run }
        return try StoredRun(reading: files, at: folder)
    }
}
