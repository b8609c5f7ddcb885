/// How the runs that an experiment asks for stand in the store.
public struct Survey: Sendable {
    /// The runs in the order in which they were asked for, each with its state.
    public let runs: [(specification: RunSpecification, state: RunState)]
    /// Files that could not be used; the runs they belong to count as new.
    public let warnings: [StoreWarning]

    /// The runs to train: each identity once, neither finished nor running.
    public var missing: [RunSpecification] {
        var seen: Set<RunIdentity> = []
        return runs.compactMap { specification, state in
            switch state {
            case .finished, .running: nil
            case .new, .stale, .failed, .interrupted: seen.insert(specification.identity).inserted ? specification : nil
            }
        }
    }
}

extension RunStore {
    /// How each of `specifications`, all of one experiment, stands in the store. A finished run of another experiment counts as finished.
    ///
    /// No damaged file stops the survey: its run counts as new, and a warning names the file.
    public func survey(_ specifications: [RunSpecification], checking: Checking = .lengths) -> Survey {
        var surveyor = Surveyor(store: self, checking: checking)
        let runs = specifications.map { ($0, surveyor.state(of: $0)) }
        return Survey(runs: runs, warnings: surveyor.warnings)
    }
}

/// Reads each experiment's records at most once.
private struct Surveyor {
    let store: RunStore
    let checking: Checking
    private(set) var warnings: [StoreWarning] = []
    private var states: [RunIdentity: RunState] = [:]
    private var neighbours: [RunKey: [StoredRun]]?
    private var experiments: [String]?

    init(store: RunStore, checking: Checking) {
        self.store = store
        self.checking = checking
    }

    /// What a stale run shares with the planned one.
    private struct RunKey: Hashable {
        let variant: String
        let seed: Int
        let fold: Int?
    }

    mutating func state(of specification: RunSpecification) -> RunState {
        let own = states[specification.identity] ?? stateOfIdentity(specification)
        states[specification.identity] = own
        guard own == .new, let stored = newestNeighbour(of: specification) else { return own }
        return .stale(specification.changes(since: stored.record))
    }

    private mutating func stateOfIdentity(_ specification: RunSpecification) -> RunState {
        let own = store.folder(of: specification.identity, in: specification.experiment)
        let state = read(own, as: specification.identity)
        if case .finished = state { return state }
        for experiment in otherExperiments(than: specification.experiment) {
            let folder = store.folder(of: specification.identity, in: experiment)
            guard Files.exists(folder.recordFile) else { continue }
            let other = read(folder, as: specification.identity)
            switch other {
            case .finished, .running: return other
            default: break
            }
        }
        return state
    }

    /// The state that the folder's own record tells.
    private mutating func read(_ folder: RunFolder, as identity: RunIdentity) -> RunState {
        guard Files.exists(folder.recordFile) else { return RunLock.isHeld(folder) ? .running : .new }
        do throws(DamagedFile) {
            let run = try StoredRun(reading: folder)
            guard run.record.identity == identity else {
                throw DamagedFile(path: folder.recordFile, reason: .misplaced(run.record.identity))
            }
            switch run.record.status {
            case .finished:
                if let damage = run.damage(checking: checking) { throw damage }
                return .finished(run)
            case .failed(let message): return RunLock.isHeld(folder) ? .running : .failed(message: message, run)
            case .interrupted, .running: return RunLock.isHeld(folder) ? .running : .interrupted
            }
        } catch {
            warnings.append(.damaged(error))
            return .new
        }
    }

    private mutating func otherExperiments(than name: String) -> [String] {
        if experiments == nil { experiments = Files.names(in: store.root) }
        return experiments?.filter { $0 != name } ?? []
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

extension RunStore {
    /// Every run of an experiment whose record can be read and belongs to its folder, ordered by identity.
    public func storedRuns(in experiment: String) -> [StoredRun] {
        Files.names(in: runsFolder(experiment)).compactMap { name in
            guard let identity = RunIdentity(hex: name), let run = try? StoredRun(reading: folder(of: identity, in: experiment)) else {
                return nil
            }
            return run.record.identity == identity ? run : nil
        }
    }
}
