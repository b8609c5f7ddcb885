/// The state of a sweep and the rules by which it moves: a value that is told what happened and answers what to do. It starts
/// nothing itself and knows no time, so every rule can be tested by plain calls.
public struct Schedule: Sendable {
    /// What happened.
    public enum Input: Sendable, Hashable {
        /// A worker told something.
        case event(WorkerEvent, from: Int)
        /// A worker has gone.
        case ended(WorkerEnding, worker: Int)
        /// The user asked to stop; the second time means at once.
        case interrupted
        /// Some time has passed: what others held may be free.
        case passed
    }

    /// What to do about it.
    public enum Action: Sendable, Hashable {
        /// Start a worker of this number.
        case start(worker: Int)
        /// Pass a command to a worker that was started.
        case send(WorkerOrder, worker: Int)
        /// Close the worker's input; it is no longer needed.
        case dismiss(worker: Int)
        /// End the worker's process group at once.
        case kill(worker: Int)
        /// Tell the user.
        case announce(Announcement)
    }

    /// What a worker is doing.
    public enum WorkerState: Sendable, Hashable {
        /// There is no process.
        case absent
        /// A process waits for its next job.
        case idle
        /// Tries one step of a run.
        case canary(ScheduledRun)
        /// Trains a run; the latest epoch when there was one.
        case training(ScheduledRun, latest: EpochProgress?)
        /// Told that it is no longer needed.
        case leaving
    }

    /// The latest epoch of a run under way.
    public struct EpochProgress: Sendable, Hashable {
        /// The epoch that has ended, from 1.
        public let epoch: Int
        /// How many there may be.
        public let epochs: Int
        /// Its figures.
        public let figures: [Figure]
        /// What it took.
        public let seconds: Double
    }

    /// How far the will to go on has sunk.
    public enum Mood: Sendable, Hashable {
        /// Runs are started as workers come free.
        case going
        /// No further run is started; those under way are told to stop.
        case stopping
        /// Workers are killed.
        case killing
    }

    /// What each worker is doing; worker 1 is first.
    public private(set) var workers: [WorkerState]
    /// What has become of the runs that ended in this sweep.
    public private(set) var outcomes: [ScheduledRun.ID: RunEnding] = [:]
    /// The work of the runs that finished in this sweep.
    public private(set) var finishedWork = 0.0
    /// The runs that failed, in that order, with the words of their errors.
    public private(set) var failures: [Failure] = []
    /// Whether the sweep goes on.
    public private(set) var mood = Mood.going
    /// Whether the user asked to stop.
    public private(set) var wasInterrupted = false
    /// Why no worker could be started, when none could.
    public private(set) var startFault: String?

    private let choice: RunChoice
    private let failFast: Bool
    private var canaryQueue: [ScheduledRun]
    /// Runs that other processes train, put aside until time has passed.
    private var aside: Set<ScheduledRun.ID> = []
    private var hasToldWaiting = false
    /// The workers that could not be started; the others go on without them.
    private var retired: Set<Int> = []

    /// A run that failed and why.
    public struct Failure: Sendable, Hashable {
        /// The run.
        public let run: ScheduledRun
        /// The words of its error.
        public let message: String
    }

    /// A sweep over what `choice` wants, on so many workers (at least one). With `failFast` the first failure stops the others.
    public init(_ choice: @escaping RunChoice, workers: Int, failFast: Bool = false) {
        let wanted = next(choice, outcomes: [:], underWay: [])
        let count = max(1, min(workers, wanted.count))
        self.choice = choice
        self.failFast = failFast
        self.workers = Array(repeating: .absent, count: count)
        self.canaryQueue = canaries(of: wanted, workers: count)
    }

    /// The runs that are still to be started, in order, those that others hold included.
    public var waiting: [ScheduledRun] {
        next(choice, outcomes: outcomes, underWay: underWay)
    }

    /// Nothing is under way and nothing will be started.
    public var isOver: Bool {
        workers.allSatisfy { $0 == .absent } && (mood != .going || waiting.isEmpty)
    }
}

// MARK: - Moving on

extension Schedule {
    /// The first actions of the sweep.
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
            outcomes[run.id] = .finished(figures: figures, seconds: seconds)
            finishedWork += run.work
            return [.announce(.finished(run, figures: figures, seconds: seconds))] + assign()
        case (.training(let run, _), .failed(let message)):
            workers[worker] = .idle
            return fail([run], message: message)
        case (.training(let run, _), .interrupted):
            workers[worker] = .idle
            outcomes[run.id] = .interrupted
            return [.announce(.interrupted(run))] + assign()
        case (.training(let run, _), .held):
            workers[worker] = .idle
            aside.insert(run.id)
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
            outcomes[run.id] = .interrupted
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

// MARK: - Rules

extension Schedule {
    private var underWay: Set<ScheduledRun.ID> {
        Set(
            workers.compactMap { state in
                if case .training(let run, _) = state { run.id } else { nil }
            })
    }

    private var triesCanaries: Bool {
        workers.contains { state in
            if case .canary = state { true } else { false }
        }
    }

    /// Gives every free worker its next job; those for whom there is none are dismissed, or wait while canaries are out.
    private mutating func assign() -> [Action] {
        guard mood == .going else { return dismissIdle() }
        var actions: [Action] = []
        var runs = waiting.filter { !aside.contains($0.id) }[...]
        for worker in workers.indices where workers[worker] == .idle || workers[worker] == .absent && !retired.contains(worker) {
            let command: WorkerOrder
            let state: WorkerState
            if !canaryQueue.isEmpty {
                let run = canaryQueue.removeFirst()
                (command, state) = (.canary(job: run.job), .canary(run))
            } else if !triesCanaries, let run = runs.popFirst() {
                (command, state) = (.train(job: run.job), .training(run, latest: nil))
            } else {
                continue
            }
            if workers[worker] == .absent { actions.append(.start(worker: worker + 1)) }
            actions.append(.send(command, worker: worker + 1))
            workers[worker] = state
        }
        return runs.isEmpty && !triesCanaries && aside.isEmpty ? actions + dismissIdle() : actions
    }

    /// Tries the runs that others held once more, when there is nothing else to start.
    private mutating func takeUpWhatWasAside() -> [Action] {
        let isAnyFree = workers.indices.contains { workers[$0] == .idle || workers[$0] == .absent && !retired.contains($0) }
        guard mood == .going, isAnyFree, !aside.isEmpty, waiting.allSatisfy({ aside.contains($0.id) }) else { return [] }
        aside.removeAll()
        return assign()
    }

    /// Tells once that nothing is left but what others train.
    private mutating func tellWaiting() -> [Action] {
        guard !hasToldWaiting, mood == .going, underWay.isEmpty, waiting.allSatisfy({ aside.contains($0.id) }) else { return [] }
        hasToldWaiting = true
        return [.announce(.waiting(runs: aside.count))]
    }

    /// A worker that cannot be started leaves its work to the others; without others the sweep is over.
    private mutating func goOnWithout(_ worker: Int, that state: WorkerState, reason: String) -> [Action] {
        retired.insert(worker)
        if case .canary(let run) = state { canaryQueue.insert(run, at: 0) }
        guard workers.contains(where: { $0 != .absent }) else {
            startFault = reason
            return stop()
        }
        return assign()
    }

    private mutating func dismissIdle() -> [Action] {
        workers.indices.filter { workers[$0] == .idle }.map { worker in
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

    private mutating func fail(_ runs: [ScheduledRun], message: String) -> [Action] {
        var actions: [Action] = []
        for run in runs {
            outcomes[run.id] = .failed(message: message)
            failures.append(Failure(run: run, message: message))
            actions.append(.announce(.failed(run, message: message)))
        }
        return actions + (failFast ? stop() : assign())
    }

    /// A step that fails for one run fails for all with the same architecture.
    private mutating func failAll(like canary: ScheduledRun, message: String) -> [Action] {
        fail(waiting.filter { $0.architecture == canary.architecture }, message: "at its first step: \(message)")
    }
}
