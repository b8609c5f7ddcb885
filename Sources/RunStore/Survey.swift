import FileSystem

/// How the runs that an experiment asks for stand in the store.
public struct Survey: Sendable {
    /// The runs in the order in which they were asked for, each with its state.
    public let runs: [(specification: RunSpecification, state: RunState)]
    /// Files that could not be used, each once.
    public var warnings: [StoreWarning]

    /// The same, of some of the runs. Warnings stay: they are of the store.
    public func filter(_ isWanted: (RunSpecification) -> Bool) -> Survey {
        Survey(runs: runs.filter { isWanted($0.specification) }, warnings: warnings)
    }

    /// These runs, then those of another survey.
    public func followed(by other: Survey) -> Survey {
        Survey(runs: runs + other.runs, warnings: warnings + other.warnings.filter { !warnings.contains($0) })
    }

    /// The runs to train: each identity once, neither finished nor running nor unusable.
    public var missing: [RunSpecification] {
        distinct { state in
            switch state {
            case .finished, .running, .unusable: false
            case .new, .stale, .failed, .interrupted, .damaged: true
            }
        }
    }

    /// The runs that others train: each identity once.
    public var running: [RunSpecification] { distinct { if case .running = $0 { true } else { false } } }

    private func distinct(_ isWanted: (RunState) -> Bool) -> [RunSpecification] {
        var seen: Set<RunIdentity> = []
        return runs.filter { isWanted($0.state) && seen.insert($0.specification.identity).inserted }.map(\.specification)
    }
}

extension RunStore {
    /// How each of `specifications`, all of one experiment, stands in the store. A finished run of another experiment counts as finished.
    ///
    /// No damaged file stops the survey: its run is damaged or unusable, and a warning names the file. The records of `known` runs are read again only
    /// where their files were changed since.
    public func survey(_ specifications: [RunSpecification], checking: Checking = .changes, known: [StoredRun] = []) -> Survey {
        var surveyor = Surveyor(store: self, checking: checking, known: known)
        let runs = specifications.map { ($0, surveyor.state(of: $0)) }
        return Survey(runs: runs, warnings: surveyor.warnings)
    }
}

/// Reads each experiment's records at most once.
private struct Surveyor {
    let store: RunStore
    let checking: Checking
    private let known: [RunFolder: StoredRun]
    private var states: [RunIdentity: RunState] = [:]
    private var neighbours: [RunKey: [StoredRun]]?
    /// The folder of the runs of the experiment that was asked for first, kept open: or why there is none.
    private var own: (experiment: String, runs: Result<Folder, FileFault>)?
    /// The experiments that have a folder for a run, by the run's identity.
    private var homes: [String: [String]]?

    init(store: RunStore, checking: Checking, known: [StoredRun]) {
        self.known = Dictionary(known.map { ($0.folder, $0) }, uniquingKeysWith: { first, _ in first })
        self.store = store
        self.checking = checking
    }

    /// What a stale run shares with the planned one.
    private struct RunKey: Hashable {
        let variant: String
        let seed: Int
        let fold: Int?
    }

    /// What the states found so far must tell.
    var warnings: [StoreWarning] {
        var warnings: Set<StoreWarning> = []
        for state in states.values {
            switch state {
            case .damaged(let file), .unusable(let file): warnings.insert(StoreWarning(file))
            default: break
            }
        }
        return warnings.sorted { $0.file.path < $1.file.path }
    }

    mutating func state(of specification: RunSpecification) -> RunState {
        let own = states[specification.identity] ?? stateOfIdentity(specification)
        states[specification.identity] = own
        guard own == .new, let stored = newestNeighbour(of: specification) else { return own }
        return .stale(specification.changes(since: stored.record))
    }

    private mutating func stateOfIdentity(_ specification: RunSpecification) -> RunState {
        let state = read(specification.identity, in: specification.experiment)
        if case .finished = state { return state }
        for experiment in homes(of: specification.identity) where experiment != specification.experiment {
            let other = read(specification.identity, in: experiment)
            switch other {
            case .finished, .running: return other
            default: break
            }
        }
        return state
    }

    /// The state that the run's own folder tells.
    private mutating func read(_ identity: RunIdentity, in experiment: String) -> RunState {
        let folder = store.folder(of: identity, in: experiment)
        let files: Folder
        do throws(FileFault) {
            files = try openRuns(of: experiment).folder(identity.hex)
        } catch {
            return error.isAbsence ? .new : .unusable(DamagedFile(error))
        }
        do throws(DamagedFile) {
            let run = try read(files, at: folder)
            guard run.record.identity == identity else {
                throw DamagedFile(path: folder.recordFile, reason: .misplaced(run.record.identity))
            }
            switch run.record.status {
            case .finished:
                // The files of a run that was looked at before tell by their times whether they were changed since.
                if let damage = run.damage(checking: known[folder] == nil ? checking : .changes) { throw damage }
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

    private func read(_ files: Folder, at folder: RunFolder) throws(DamagedFile) -> StoredRun {
        if let run = known[folder], let status = run.status, (try? files.status(of: RunFolder.FileName.record)) == status { return run }
        return try StoredRun(reading: files, at: folder)
    }

    private mutating func openRuns(of experiment: String) throws(FileFault) -> Folder {
        if let own, own.experiment == experiment { return try own.runs.get() }
        let runs: Result<Folder, FileFault>
        do { runs = .success(try store.openRuns(of: experiment)) } catch { runs = .failure(error) }
        if own == nil { own = (experiment, runs) }
        return try runs.get()
    }

    private mutating func homes(of identity: RunIdentity) -> [String] {
        if let homes { return homes[identity.hex] ?? [] }
        var found: [String: [String]] = [:]
        for experiment in store.experiments {
            for name in (try? store.openRuns(of: experiment).names()) ?? [] { found[name, default: []].append(experiment) }
        }
        homes = found
        return found[identity.hex] ?? []
    }

    private mutating func newestNeighbour(of specification: RunSpecification) -> StoredRun? {
        let table = neighbours ?? neighbourTable(of: specification.experiment)
        neighbours = table
        let key = RunKey(variant: specification.variant, seed: specification.seed, fold: specification.fold)
        return table[key]?.filter { $0.record.identity != specification.identity }.max { $0.record.created < $1.record.created }
    }

    private func neighbourTable(of experiment: String) -> [RunKey: [StoredRun]] {
        let runs = store.storedRuns(in: experiment)
        return Dictionary(grouping: runs) { RunKey(variant: $0.record.variant, seed: $0.record.seed, fold: $0.record.fold) }
    }
}
