/// Carries a schedule out: starts its workers on an executor, tells it what happens and the status what to show, until it is over.
/// One loop on one thread; the rules are `Schedule`'s.
public struct Scheduler<Executor: Scheduling.Executor, Time: Clock> where Time.Duration == Duration {
    private var executor: Executor
    private let clock: Time

    /// How often the status is refreshed, and what others hold tried again, while nothing happens.
    private static var interval: Duration { .milliseconds(200) }
    /// How long killed workers may take to go before they are left behind.
    private static var patience: Duration { .seconds(2) }

    /// A scheduler on this executor, by this clock.
    public init(executor: Executor, clock: Time = ContinuousClock()) {
        self.executor = executor
        self.clock = clock
    }

    /// Runs the sweep to its end and returns its last state. What goes wrong is in the state.
    public mutating func run(_ schedule: Schedule, status: some ProgressDisplay) -> Schedule {
        var schedule = schedule
        var status = status
        let begun = clock.now
        var lastPassed = begun
        var killed: Time.Instant?
        var inputs: [Schedule.Input] = []
        perform(schedule.begin())

        func perform(_ actions: [Schedule.Action]) {
            for action in actions {
                switch action {
                case .start(let worker):
                    if let reason = executor.start(worker) { inputs.append(.ended(.notStarted(reason: reason), worker: worker)) }
                case .send(let order, let worker): executor.send(order, to: worker)
                case .dismiss(let worker): executor.dismiss(worker)
                case .kill(let worker): executor.kill(worker)
                case .announce(let announcement): status.announce(announcement, schedule, elapsed: begun.duration(to: clock.now))
                }
            }
        }

        while !schedule.isOver {
            if inputs.isEmpty { inputs = executor.news(within: Self.interval) }
            let now = clock.now
            if lastPassed.duration(to: now) >= Self.interval {
                lastPassed = now
                inputs.append(.passed)
            }
            let happened = inputs
            inputs = []
            for input in happened { perform(schedule.handle(input)) }
            status.refresh(schedule, elapsed: begun.duration(to: clock.now))
            if schedule.mood == .killing {
                if let killed, killed.duration(to: now) >= Self.patience { break }
                killed = killed ?? now
            }
        }
        status.end()
        return schedule
    }
}
