import Scheduling
import Synchronization

/// Pretends to be workers: every job is answered by what `answers` says for its file, in that order.
final class FakeExecutor: Executor {
    enum Answer: Sendable {
        case tell(WorkerEvent)
        case die(WorkerEnding)
        /// Goes on until told to stop, or cancelled.
        case hang(obedient: Bool)
    }

    private let answers: @Sendable (WorkerOrder) -> [Answer]
    private let seen = Mutex<[WorkerOrder]>([])

    init(_ answers: @escaping @Sendable (WorkerOrder) -> [Answer]) {
        self.answers = answers
    }

    var commands: [WorkerOrder] { seen.withLock { $0 } }

    func work(
        _ worker: Int, commands: AsyncStream<WorkerOrder>, deliver: @escaping @Sendable (WorkerEvent) -> Void
    ) async -> WorkerEnding {
        var obedient = false
        for await command in commands {
            seen.withLock { $0.append(command) }
            if command == .stop {
                if obedient { deliver(.interrupted) }
                continue
            }
            for answer in answers(command) {
                switch answer {
                case .tell(let event): deliver(event)
                case .die(let ending): return ending
                case .hang(let isObedient): obedient = isObedient
                }
            }
        }
        return Task.isCancelled ? .killed(signal: 9) : .exited(code: 0)
    }
}

/// A clock that stands still but for what sleepers ask of it: every sleep moves it on and ends at once.
final class FakeClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let time = Mutex<Duration>(.zero)

    var now: Instant { Instant(offset: time.withLock { $0 }) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        time.withLock { $0 = max($0, deadline.offset) }
        await Task.yield()
    }
}

/// Notes what it is told.
final class NotedStatus: SweepStatus, Sendable {
    private let notes = Mutex<(announced: [Announcement], ends: Int, lastElapsed: Duration)>(([], 0, .zero))

    var announced: [Announcement] { notes.withLock { $0.announced } }
    var ends: Int { notes.withLock { $0.ends } }

    func announce(_ announcement: Announcement, _ schedule: Schedule, elapsed: Duration) {
        notes.withLock { $0.announced.append(announcement) }
    }

    func refresh(_ schedule: Schedule, elapsed: Duration) {
        notes.withLock { $0.lastElapsed = elapsed }
    }

    func end() {
        notes.withLock { $0.ends += 1 }
    }
}
