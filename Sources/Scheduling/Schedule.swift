/// How far an experiment's runs have come, and the rules by which they go on: a value that is told what happened and answers what to do. It
/// starts nothing itself and knows no time, so every rule can be tested by plain calls.
public struct Schedule: Sendable {
    /// What each worker is doing; worker 1 is first. As many as were needed at once so far.
    public private(set) var workers: [WorkerState] = []
    /// What has become of runs, those that stood in the store before included.
    public private(set) var outcomes: Outcomes
    /// How many of the outcomes are finished runs.
    public private(set) var finishedCount: Int
    /// The work of the runs that finished since the beginning, and what it took their workers.
    public private(set) var finishedSince: (work: Double, seconds: Double) = (0, 0)
    /// The runs that failed since the beginning, in that order, with the words of their errors.
    public private(set) var failures: [Failure] = []
    /// Whether runs are still started.
    public private(set) var mood = Mood.going
    /// Whether the user asked to stop.
    public private(set) var wasInterrupted = false
    /// Why no worker could be started, when none could.
    public private(set) var startFault: String?

    private let source: RequestSource
    private let failFast: Bool
    /// There are never more workers.
    private let mostWorkers: Int
    /// The runs to start, the next one last.
    private var queue: [RunRequest] = []
    /// Runs that other processes train, put aside until time has passed.
    private var aside: [RunRequest] = []
    private var canaryQueue: [RunRequest] = []
    /// The architectures of which a step was tried, or a run begun.
    private var triedArchitectures: Set<String> = []
    private var hasToldWaiting = false
    /// The workers that could not be started; the others go on without them.
    private var retired: Set<Int> = []

    /// The runs that `source` wants, on at most so many workers (at least one): one is started when there is work for it, and let go when there
    /// is none. `outcomes` are those that stand in the store. With `failFast` the first failure stops the others.
    public init(_ source: RequestSource, outcomes: Outcomes = [:], workers: Int, failFast: Bool = false) {
        self.source = source
        self.outcomes = outcomes
        self.failFast = failFast
        mostWorkers = max(1, workers)
        finishedCount = outcomes.values.count { if case .finished = $0 { true } else { false } }
        ask()
    }

    /// The runs that are still to be started, in order, then those that others hold.
    public var waiting: [RunRequest] { queue.reversed() + aside }

    /// All runs that are known to be wanted: with an outcome, under way, or waiting.
    public var total: Int { outcomes.count + underWay.count + queue.count + aside.count }

    /// How many workers can work at once on what is left.
    public var usefulWorkers: Int { min(mostWorkers - retired.count, underWay.count + queue.count + aside.count) }

    /// Nothing is under way and nothing will be started.
    public var isOver: Bool {
        workers.allSatisfy { $0 == .absent } && (mood != .going || queue.isEmpty && aside.isEmpty)
    }
}

// MARK: - Moving on

extension Schedule {
    /// The first actions.
    public mutating func begin() -> [Action] {
        assign()
    }

    /// Takes note of what happened and answers what to do. Events of workers that do not exist or do nothing are ignored.
    public mutating func handle(_ input: Input) -> [Action] {
        switch input {
        case .event(let event, let worker): handle(event, worker: worker - 1)
        case .ended(let ending, let worker): handle(ending, worker: worker - 1)
        case .interrupted: interrupt()
        case .passed: takeUpWhatWasAside()
        }
    }

    private mutating func handle(_ event: WorkerEvent, worker: Int) -> [Action] {
        guard workers.indices.contains(worker) else { return [] }
        switch (workers[worker], event) {
        case (.training(let run, _), .epoch(let epoch, let epochs, let figures, let seconds)):
            workers[worker] = .training(run, latest: EpochProgress(epoch: epoch, epochs: epochs, figures: figures, seconds: seconds))
            return []
        case (.canary, .passed), (.canary, .interrupted):
            workers[worker] = .idle
            return assign()
        case (.canary(let run), .failed(let message)):
            workers[worker] = .idle
            return failAll(like: run, message: message)
        case (.training(let run, _), .finished(let figures, let seconds)):
            workers[worker] = .idle
            finishedCount += 1
            // Nothing was trained when another process has finished the run in the meantime.
            if seconds > 0 { finishedSince = (finishedSince.work + run.work, finishedSince.seconds + seconds) }
            note([(run, .finished(figures: figures, seconds: seconds))])
            return [.announce(.finished(run, figures: figures, seconds: seconds))] + assign()
        case (.training(let run, _), .failed(let message)):
            workers[worker] = .idle
            return fail([run], message: message)
        case (.training(let run, _), .interrupted):
            workers[worker] = .idle
            note([(run, .interrupted)])
            return [.announce(.interrupted(run))] + assign()
        case (.training(let run, _), .held):
            workers[worker] = .idle
            aside.append(run)
            return tellWaiting() + assign()
        default:
            return []
        }
    }

    private mutating func handle(_ ending: WorkerEnding, worker: Int) -> [Action] {
        guard workers.indices.contains(worker) else { return [] }
        let state = workers[worker]
        workers[worker] = .absent
        if case .notStarted(let reason) = ending {
            return goOnWithout(worker, that: state, reason: reason)
        }
        switch state {
        case .training(let run, _) where mood == .going:
            return fail([run], message: ending.description)
        case .canary(let run) where mood == .going:
            return failAll(like: run, message: ending.description)
        case .training(let run, _):
            note([(run, .interrupted)])
            return [.announce(.interrupted(run))]
        default:
            return assign()
        }
    }

    private mutating func interrupt() -> [Action] {
        if wasInterrupted {
            mood = .killing
            return workers.indices.filter { workers[$0] != .absent }.map { .kill(worker: $0 + 1) }
        }
        wasInterrupted = true
        return [.announce(.stopping)] + stop()
    }
}

// MARK: - What is wanted

extension Schedule {
    /// Keeps outcomes, and asks anew what is wanted where that can have changed.
    private mutating func note(_ endings: [(run: RunRequest, ending: RunEnding)]) {
        for (run, ending) in endings { outcomes[run.id] = ending }
        if source.followsOutcomes { ask() }
    }

    private mutating func ask() {
        let wanted = source.next(outcomes, underWay: underWay)
        if !aside.isEmpty {
            let left = Set(wanted.map(\.id))
            aside.removeAll { !left.contains($0.id) }
        }
        let held = Set(aside.map(\.id))
        queue = wanted.reversed().filter { !held.contains($0.id) }
        canaryQueue = canaries(of: wanted, workers: mostWorkers - retired.count - underWay.count, tried: triedArchitectures)
    }

    private var underWay: Set<RunRequest.ID> {
        Set(
            workers.compactMap { state in
                if case .training(let run, _) = state { run.id } else { nil }
            })
    }
}

// MARK: - Rules

extension Schedule {
    private var triesCanaries: Bool {
        workers.contains { state in
            if case .canary = state { true } else { false }
        }
    }

    /// Gives every free worker its next job; those for whom there is none are dismissed, or wait while canaries are out.
    private mutating func assign() -> [Action] {
        guard mood == .going else { return dismissIdle() }
        var actions: [Action] = []
        while let worker = freeWorker, let order = nextOrder() {
            if worker == workers.count { workers.append(.absent) }
            if workers[worker] == .absent { actions.append(.start(worker: worker + 1)) }
            actions.append(.send(order, worker: worker + 1))
            switch order {
            case .canary(let run): workers[worker] = .canary(run)
            case .train(let run): workers[worker] = .training(run, latest: nil)
            case .stop: break
            }
        }
        return queue.isEmpty && !triesCanaries ? actions + dismissIdle(keeping: aside.count) : actions
    }

    /// The first worker that waits, else the first that can be started.
    private var freeWorker: Int? {
        if let idle = workers.firstIndex(of: .idle) { return idle }
        return (0..<min(mostWorkers, workers.count + 1)).first {
            ($0 == workers.count || workers[$0] == .absent) && !retired.contains($0)
        }
    }

    /// Canaries first; while they are out no run is begun.
    private mutating func nextOrder() -> Order? {
        while !canaryQueue.isEmpty {
            let run = canaryQueue.removeFirst()
            if triedArchitectures.insert(run.architecture).inserted { return .canary(run) }
        }
        guard !triesCanaries, let run = queue.popLast() else { return nil }
        triedArchitectures.insert(run.architecture)
        return .train(run)
    }

    /// Tries the runs that others held once more, when there is nothing else to start.
    private mutating func takeUpWhatWasAside() -> [Action] {
        guard mood == .going, freeWorker != nil, queue.isEmpty, !triesCanaries, !aside.isEmpty else { return [] }
        queue = aside.reversed()
        aside = []
        return assign()
    }

    /// Tells once that nothing is left but what others train.
    private mutating func tellWaiting() -> [Action] {
        guard !hasToldWaiting, mood == .going, underWay.isEmpty, queue.isEmpty else { return [] }
        hasToldWaiting = true
        return [.announce(.waiting(runs: aside.count))]
    }

    /// A worker that cannot be started leaves its work to the others; without others nothing goes on.
    private mutating func goOnWithout(_ worker: Int, that state: WorkerState, reason: String) -> [Action] {
        retired.insert(worker)
        switch state {
        case .canary(let run):
            triedArchitectures.remove(run.architecture)
            canaryQueue.insert(run, at: 0)
        case .training(let run, _): queue.append(run)
        case .absent, .idle, .leaving: break
        }
        guard workers.contains(where: { $0 != .absent }) else {
            startFault = reason
            return stop()
        }
        return assign()
    }

    private mutating func dismissIdle(keeping kept: Int = 0) -> [Action] {
        workers.indices.filter { workers[$0] == .idle }.dropFirst(kept).map { worker in
            workers[worker] = .leaving
            return .dismiss(worker: worker + 1)
        }
    }

    private mutating func stop() -> [Action] {
        if mood == .going { mood = .stopping }
        let busy = workers.indices.filter { worker in
            switch workers[worker] {
            case .canary, .training: true
            case .absent, .idle, .leaving: false
            }
        }
        return busy.map { .send(.stop, worker: $0 + 1) } + dismissIdle()
    }

    private mutating func fail(_ runs: [RunRequest], message: String) -> [Action] {
        for run in runs { failures.append(Failure(run: run, message: message)) }
        note(runs.map { ($0, .failed(message: message)) })
        let told = runs.map { Action.announce(.failed($0, message: message)) }
        return told + (failFast ? stop() : assign())
    }

    /// A step that fails for one run fails for all with the same architecture.
    private mutating func failAll(like canary: RunRequest, message: String) -> [Action] {
        let alike = waiting.filter { $0.architecture == canary.architecture }
        queue.removeAll { $0.architecture == canary.architecture }
        aside.removeAll { $0.architecture == canary.architecture }
        return fail(alike, message: "at its first step: \(message)")
    }
}
