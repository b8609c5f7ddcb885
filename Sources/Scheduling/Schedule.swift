/// How far an experiment's runs have come, and the rules by which they go on: a value that is told what happened and answers what to do. It
/// starts nothing itself and knows no time, so every rule can be tested by plain calls.
public struct Schedule: Sendable {
    /// What the user asked for, and what there is to share.
    public let rules: ScheduleRules
    /// What each worker is doing; worker 1 is first. As many as were needed at once so far.
    public internal(set) var workers: [WorkerState] = []
    /// What has become of runs, those that stood in the store before included.
    public private(set) var outcomes: Outcomes
    /// How many of the outcomes are finished runs.
    public private(set) var finishedCount: Int
    /// The work of the runs that finished since the beginning, and what it took their workers.
    public private(set) var finishedSince: (work: Double, seconds: Double) = (0, 0)
    /// The runs that failed since the beginning, in that order, with the words of their errors.
    public private(set) var failures: [Failure] = []
    /// Whether runs are still started.
    public internal(set) var mood = Mood.going
    /// Whether the time for the whole was over before all was done.
    public internal(set) var isOutOfTime = false
    /// Whether the user asked to stop.
    public private(set) var wasInterrupted = false
    /// Why no worker could be started, when none could.
    public private(set) var startFault: String?

    private let source: RequestSource
    /// How long each worker has been at its order, and why it was told to leave it.
    var watches: [Watch] = []
    /// The seconds since the beginning, and since the runs under way were told to stop.
    var (secondsInAll, secondsOfStopping) = (0.0, 0.0)
    /// The runs to start, the next one last.
    private var queue: [RunRequest] = []
    /// Runs that other processes train, put aside until time has passed.
    private var aside: [RunRequest] = []
    /// Runs that failed and are tried again when nothing else is left, and how often each was.
    private var again: [RunRequest] = []
    private var retries: [RunRequest.ID: Int] = [:]
    private var canaryQueue: [RunRequest] = []
    /// The architectures of which a step was tried, or a run begun.
    private var triedArchitectures: Set<String> = []
    private var (hasToldWaiting, hasToldMemory) = (false, false)
    /// The workers that could not be started; the others go on without them.
    private var retired: Set<Int> = []

    /// The runs that `source` wants, by these rules: a worker is started when there is work for it, and let go when there is none. `outcomes` are those that
    /// stand in the store.
    public init(_ source: RequestSource, outcomes: Outcomes = [:], _ rules: ScheduleRules) {
        self.source = source
        self.outcomes = outcomes
        self.rules = rules
        finishedCount = outcomes.values.count { if case .finished = $0 { true } else { false } }
        ask()
    }

    /// The runs that are still to be started, in order, then those to be tried again, then those that others hold.
    public var waiting: [RunRequest] { queue.reversed() + again + aside }

    /// All runs that are known to be wanted: with an outcome, under way, or waiting.
    public var total: Int { outcomes.count + underWay.count + waiting.count }

    /// How many workers can work at once on what is left.
    public var usefulWorkers: Int { min(rules.workers - retired.count, underWay.count + waiting.count) }

    /// Nothing is under way and nothing will be started.
    public var isOver: Bool {
        workers.allSatisfy { $0 == .absent } && (mood != .going || waiting.isEmpty)
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
        case .passed(let seconds): pass(seconds) + takeUpWhatWasAside()
        case .memory(let bytes, let worker): weigh(bytes, worker: worker - 1)
        }
    }

    private mutating func handle(_ event: WorkerEvent, worker: Int) -> [Action] {
        guard workers.indices.contains(worker) else { return [] }
        switch (workers[worker], event) {
        case (.training, .interrupted) where watches[worker].excess != nil, (.canary, .interrupted) where watches[worker].excess != nil:
            return handle(.failed(message: watches[worker].excess ?? "", cause: .circumstances), worker: worker)
        case (.training(let run, _), .epoch(let epoch, let epochs, let figures, let seconds)):
            workers[worker] = .training(run, latest: EpochProgress(epoch: epoch, epochs: epochs, figures: figures, seconds: seconds))
            return []
        case (.training(let run, _), .pretraining(let layer, let epoch, let epochs)):
            workers[worker] = .training(
                run, latest: EpochProgress(epoch: epoch, epochs: epochs, figures: [], seconds: 0, layer: layer))
            return []
        case (.canary, .passed), (.canary, .interrupted):
            workers[worker] = .idle
            return assign()
        case (.canary(let run), .failed(let message, _)):
            workers[worker] = .idle
            return failAll(like: run, message: message)
        case (.training(let run, _), .finished(let figures, let seconds)):
            workers[worker] = .idle
            finishedCount += 1
            // Nothing was trained when another process has finished the run in the meantime.
            if seconds > 0 { finishedSince = (finishedSince.work + run.work, finishedSince.seconds + seconds) }
            note([(run, .finished(figures: figures, seconds: seconds))])
            return [.announce(.finished(run, figures: figures, seconds: seconds))] + assign()
        case (.training(let run, _), .failed(let message, let cause)):
            workers[worker] = .idle
            return fail([run], message: message, cause: cause)
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
        let message = watches[worker].excess ?? ending.description
        switch state {
        case .training(let run, _) where mood == .going:
            return fail([run], message: message, cause: .circumstances)
        case .canary(let run) where mood == .going:
            return failAll(like: run, message: message)
        case .training(let run, _):
            note([(run, .interrupted)])
            return [.announce(.interrupted(run))]
        default:
            return assign()
        }
    }

    private mutating func interrupt() -> [Action] {
        if wasInterrupted {
            return killAll()
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
        if !aside.isEmpty || !again.isEmpty {
            let left = Set(wanted.map(\.id))
            aside.removeAll { !left.contains($0.id) }
            again.removeAll { !left.contains($0.id) }
        }
        let held = Set((aside + again).map(\.id))
        queue = wanted.reversed().filter { !held.contains($0.id) }
        canaryQueue = canaries(of: wanted, workers: rules.workers - retired.count - underWay.count, tried: triedArchitectures)
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
        let tooLarge = queue.filter(needsTooMuch)
        guard tooLarge.isEmpty else {
            queue.removeAll(where: needsTooMuch)
            canaryQueue.removeAll(where: needsTooMuch)
            return refuse(tooLarge.reversed())
        }
        var actions: [Action] = []
        while let worker = freeWorker, let order = nextOrder() {
            if worker == workers.count {
                workers.append(.absent)
                watches.append(Watch())
            }
            watches[worker] = Watch()
            if workers[worker] == .absent { actions.append(.start(worker: worker + 1)) }
            actions.append(.send(order, worker: worker + 1))
            switch order {
            case .canary(let run): workers[worker] = .canary(run)
            case .train(let run): workers[worker] = .training(run, latest: nil)
            case .stop: break
            }
        }
        if !queue.isEmpty || !again.isEmpty || triesCanaries { return actions + tellMemory() }
        return actions + dismissIdle(keeping: aside.count)
    }

    /// The first worker that waits, else the first that can be started.
    private var freeWorker: Int? {
        if let idle = workers.firstIndex(of: .idle) { return idle }
        return (0..<min(rules.workers, workers.count + 1)).first {
            ($0 == workers.count || workers[$0] == .absent) && !retired.contains($0)
        }
    }

    /// Canaries first; while they are out no run is begun.
    private mutating func nextOrder() -> Order? {
        canaryQueue.removeAll { triedArchitectures.contains($0.architecture) }
        if let place = canaryQueue.firstIndex(where: fits) {
            let run = canaryQueue.remove(at: place)
            triedArchitectures.insert(run.architecture)
            return .canary(run)
        }
        guard !triesCanaries, canaryQueue.isEmpty else { return nil }
        if let place = queue.lastIndex(where: fits) {
            let run = queue.remove(at: place)
            triedArchitectures.insert(run.architecture)
            return .train(run)
        }
        guard queue.isEmpty, let place = again.firstIndex(where: fits) else { return nil }
        return .train(again.remove(at: place))
    }

    /// Tries the runs that others held once more, when there is nothing else to start.
    private mutating func takeUpWhatWasAside() -> [Action] {
        guard mood == .going, freeWorker != nil, queue.isEmpty, again.isEmpty, !triesCanaries, !aside.isEmpty else { return [] }
        queue = aside.reversed()
        aside = []
        return assign()
    }

    /// Tells once that nothing is left but what others train.
    private mutating func tellWaiting() -> [Action] {
        guard !hasToldWaiting, mood == .going, underWay.isEmpty, queue.isEmpty, again.isEmpty else { return [] }
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

    mutating func stop() -> [Action] {
        if mood == .going { mood = .stopping }
        let busy = workers.indices.filter { worker in
            switch workers[worker] {
            case .canary, .training: true
            case .absent, .idle, .leaving: false
            }
        }
        return busy.map { .send(.stop, worker: $0 + 1) } + dismissIdle()
    }

    private mutating func fail(_ runs: [RunRequest], message: String, cause: FailureCause) -> [Action] {
        if cause == .circumstances, runs.count == 1, mood == .going, retries[runs[0].id, default: 0] < rules.retries {
            retries[runs[0].id, default: 0] += 1
            again.append(runs[0])
            let left = rules.retries - retries[runs[0].id, default: 0] + 1
            return [.announce(.triedAgain(runs[0], message: message, left: left))] + assign()
        }
        for run in runs { failures.append(Failure(run: run, message: message)) }
        note(runs.map { ($0, .failed(message: message)) })
        let told = runs.map { Action.announce(.failed($0, message: message)) }
        return told + (rules.failFast ? stop() : assign())
    }

    /// Runs of which a worker would take more memory than it may.
    private mutating func refuse(_ runs: [RunRequest]) -> [Action] {
        var actions: [Action] = []
        for var run in runs {
            // It was never begun.
            run.log = nil
            let words = "needs about \(MemorySize(bytes: run.memory)), more than a worker may take"
            actions += fail([run], message: "\(words) (\(rules.memoryOfWorker?.description ?? ""), --memory)", cause: .input)
        }
        return actions
    }

    /// Tells once that workers stand idle for want of memory.
    private mutating func tellMemory() -> [Action] {
        let busy = workers.compactMap(\.run)
        guard !hasToldMemory, !triesCanaries, freeWorker != nil, let next = queue.last ?? again.first, !fits(next) else { return [] }
        hasToldMemory = true
        let needed = busy.reduce(next.memory) { $0 + $1.memory }
        return [.announce(.memoryIsShort(workers: busy.count, needed: MemorySize(bytes: needed), atHand: rules.memory))]
    }

    /// A step that fails for one run fails for all with the same architecture.
    private mutating func failAll(like canary: RunRequest, message: String) -> [Action] {
        let alike = waiting.filter { $0.architecture == canary.architecture }
        queue.removeAll { $0.architecture == canary.architecture }
        again.removeAll { $0.architecture == canary.architecture }
        aside.removeAll { $0.architecture == canary.architecture }
        return fail(alike, message: "at its first step: \(message)", cause: .input)
    }
}
