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
        guard let first = specifications.first else { return Survey(runs: [], warnings: []) }
        let reader = RunReader(store: self, experiment: first.experiment, checking: checking, known: known)
        let own = specifications.mappedConcurrently { reader.read($0.identity, in: $0.experiment) }
        var surveyor = Surveyor(store: self, reader: reader)
        let runs = zip(specifications, own).map { ($0, surveyor.state(of: $0, asItsFolderTells: $1)) }
        return Survey(runs: runs, warnings: surveyor.warnings)
    }
}

/// Puts the states together that the folders of runs tell.
private struct Surveyor {
    let store: RunStore
    let reader: RunReader
    private var states: [RunIdentity: RunState] = [:]
    private var neighbours: [RunKey: [StoredRun]]?
    /// The experiments that have a folder for a run, by the run's identity.
    private var homes: [String: [String]]?

    init(store: RunStore, reader: RunReader) { (self.store, self.reader) = (store, reader) }

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

    mutating func state(of specification: RunSpecification, asItsFolderTells state: RunState) -> RunState {
        let own = states[specification.identity] ?? stateOfIdentity(specification, state)
        states[specification.identity] = own
        guard case .new = own, let stored = newestNeighbour(of: specification) else { return own }
        return .stale(specification.changes(since: stored.record))
    }

    private mutating func stateOfIdentity(_ specification: RunSpecification, _ state: RunState) -> RunState {
        if case .finished = state { return state }
        for experiment in homes(of: specification.identity) where experiment != specification.experiment {
            let other = reader.read(specification.identity, in: experiment)
            switch other {
            case .finished, .running: return other
            default: break
            }
        }
        return state
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
        return table[RunKey(specification)]?.filter { $0.record.identity != specification.identity }.max {
            $0.record.created < $1.record.created
        }
    }

    private func neighbourTable(of experiment: String) -> [RunKey: [StoredRun]] {
        Dictionary(grouping: store.storedRuns(in: experiment).filter(\.isOfFile)) { RunKey($0.record) }
    }
}
