/// Carries a schedule out: starts its workers on an executor, turns requests into jobs, tells the schedule what happens and the display what to
/// show, until it is over. One loop on one thread; the rules are `Schedule`'s.
public struct Scheduler<Executor: Scheduling.Executor, Time: Clock> where Time.Duration == Duration {
    private var executor: Executor
    private let clock: Time
    private let prepare: (RunRequest) throws(JobFault) -> String
    private let hear: (Announcement) -> Void

    /// How often the display is refreshed, and what others hold tried again, while nothing happens.
    private static var interval: Duration { .milliseconds(200) }
    /// How long killed workers may take to go before they are left behind.
    private static var patience: Duration { .seconds(2) }

    /// A scheduler on this executor, by this clock, which only goes forward. `prepare` writes the file with what a worker needs to know for a run and answers its path;
    /// it is called once for a run, when a worker is free for it, and everything waits for it. A fault counts as the
    /// worker's: the run has failed, or its architecture when a step was to be tried. `hear` is told what the display is told; everything waits for it, too.
    public init(
        executor: Executor, clock: Time = SuspendingClock(), hear: @escaping (Announcement) -> Void = { _ in },
        prepare: @escaping (RunRequest) throws(JobFault) -> String
    ) {
        self.executor = executor
        self.clock = clock
        self.prepare = prepare
        self.hear = hear
    }

    /// Goes on until nothing is left to do and returns the schedule's last state. What goes wrong is in the state.
    public mutating func run(_ schedule: Schedule, showing display: some ProgressDisplay) -> Schedule {
        var schedule = schedule
        var display = display
        let begun = clock.now
        var lastPassed = begun
        var killed: Time.Instant?
        var inputs: [Schedule.Input] = []
        var jobs: [RunRequest.ID: String] = [:]
        perform(schedule.begin())

        func job(for request: RunRequest) throws(JobFault) -> String {
            if let job = jobs[request.id] { return job }
            let job = try prepare(request)
            jobs[request.id] = job
            return job
        }

        func send(_ order: Schedule.Order, to worker: Int) {
            do throws(JobFault) {
                switch order {
                case .canary(let request): executor.send(.canary(job: try job(for: request)), to: worker)
                case .train(let request): executor.send(.train(job: try job(for: request)), to: worker)
                case .stop: executor.send(.stop, to: worker)
                }
            } catch {
                inputs.append(.event(.failed(message: error.message, cause: .circumstances), from: worker))
            }
        }

        func perform(_ actions: [Schedule.Action]) {
            var notStarted: Set<Int> = []
            for action in actions {
                switch action {
                case .start(let worker):
                    guard let reason = executor.start(worker) else { continue }
                    notStarted.insert(worker)
                    inputs.append(.ended(.notStarted(reason: reason), worker: worker))
                case .send(let order, let worker):
                    if !notStarted.contains(worker) { send(order, to: worker) }
                case .dismiss(let worker): executor.dismiss(worker)
                case .kill(let worker): executor.kill(worker)
                case .announce(let announcement):
                    display.announce(announcement, schedule, elapsed: begun.duration(to: clock.now))
                    hear(announcement)
                }
            }
        }

        while !schedule.isOver {
            if inputs.isEmpty { inputs = executor.news(within: Self.interval) }
            let now = clock.now
            let passed = lastPassed.duration(to: now)
            if passed >= Self.interval {
                lastPassed = now
                if schedule.rules.memoryOfWorker != nil {
                    inputs += schedule.workers.indices.compactMap { index in
                        executor.memory(of: index + 1).map { .memory(bytes: $0, worker: index + 1) }
                    }
                }
                inputs.append(.passed(seconds: passed / .seconds(1)))
            }
            let happened = inputs
            inputs = []
            for input in happened { perform(schedule.handle(input)) }
            display.refresh(schedule, elapsed: begun.duration(to: clock.now))
            if schedule.mood == .killing {
                if let killed, killed.duration(to: now) >= Self.patience { break }
                killed = killed ?? now
            }
        }
        display.end()
        return schedule
    }
}

/// Why a run could not be turned into a job.
public struct JobFault: Error, Sendable, Hashable {
    /// What happened, in words.
    public let message: String

    /// A fault with its words.
    public init(_ message: String) {
        self.message = message
    }
}
