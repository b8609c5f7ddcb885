/// Carries a schedule out: starts its workers on an executor, tells it what happens and the status what to show, until it is over.
/// This and the executor are the only asynchronous parts; the rules are `Schedule`'s.
public struct Scheduler<Executor: Scheduling.Executor, Time: Clock>: Sendable where Time.Duration == Duration {
    private let executor: Executor
    private let clock: Time

    /// How often the status is refreshed while nothing happens.
    private static var refreshInterval: Duration { .milliseconds(200) }

    /// A scheduler on this executor, by this clock.
    public init(executor: Executor, clock: Time = ContinuousClock()) {
        self.executor = executor
        self.clock = clock
    }

    /// Runs the sweep to its end and returns its last state. Each element of `interruptions` is the user's wish to stop: the first ends it
    /// tidily, the second at once. Never throws: what goes wrong is in the state.
    public func run(_ schedule: Schedule, interruptions: AsyncStream<Void>, status: sending some SweepStatus) async -> Schedule {
        var schedule = schedule
        var status = status
        let (inbox, post) = AsyncStream.makeStream(of: Message.self)
        let begun = clock.now
        var commands: [Int: AsyncStream<WorkerOrder>.Continuation] = [:]
        var tasks: [Int: Task<Void, Never>] = [:]

        let listener = Task {
            for await _ in interruptions { post.yield(.input(.interrupted)) }
        }
        let ticker = Task { [clock] in
            while !Task.isCancelled {
                try? await clock.sleep(for: Self.refreshInterval)
                post.yield(.tick)
            }
        }

        func perform(_ actions: [Schedule.Action]) {
            for action in actions {
                switch action {
                case .start(let worker):
                    let (stream, continuation) = AsyncStream.makeStream(of: WorkerOrder.self)
                    commands[worker] = continuation
                    tasks[worker] = Task { [executor] in
                        let ending = await executor.work(worker, commands: stream) { post.yield(.input(.event($0, from: worker))) }
                        post.yield(.input(.ended(ending, worker: worker)))
                    }
                case .send(let command, let worker): commands[worker]?.yield(command)
                case .dismiss(let worker): commands[worker]?.finish()
                case .kill(let worker): tasks[worker]?.cancel()
                case .announce(let announcement): status.announce(announcement, schedule, elapsed: begun.duration(to: clock.now))
                }
            }
        }

        perform(schedule.begin())
        var messages = inbox.makeAsyncIterator()
        while !schedule.isOver, let message = await messages.next() {
            if case .input(let input) = message { perform(schedule.handle(input)) }
            status.refresh(schedule, elapsed: begun.duration(to: clock.now))
        }
        ticker.cancel()
        listener.cancel()
        post.finish()
        status.end()
        return schedule
    }

    private enum Message: Sendable {
        case input(Schedule.Input)
        case tick
    }
}
