import Scheduling
import Synchronization

/// Pretends to be workers: every job is answered by what `answers` says for its file, in that order. Time passes only while nothing happens.
struct FakeExecutor: Executor {
    enum Answer: Sendable {
        case tell(WorkerEvent)
        case die(WorkerEnding)
        /// The user wishes to stop.
        case wish
        /// Goes on until told to stop, or killed.
        case hang(obedient: Bool)
    }

    private let answers: (WorkerOrder) -> [Answer]
    private let clock: FakeClock
    /// What every worker takes.
    var bytesOfWorker: Double?
    private let startFault: (Int) -> String?
    private var pending: [Schedule.Input] = []
    /// The workers that live, and whether each heeds a wish to stop.
    private var living: [Int: Bool] = [:]
    /// Every order that was given, for those who look afterwards.
    let orders = Noted<WorkerOrder>()
    /// Every worker that was started.
    let starts = Noted<Int>()

    init(
        clock: FakeClock = FakeClock(), startFault: @escaping (Int) -> String? = { _ in nil },
        _ answers: @escaping (WorkerOrder) -> [Answer]
    ) {
        self.clock = clock
        self.startFault = startFault
        self.answers = answers
    }

    mutating func start(_ worker: Int) -> String? {
        if let fault = startFault(worker) { return fault }
        living[worker] = false
        starts.add(worker)
        return nil
    }

    mutating func send(_ order: WorkerOrder, to worker: Int) {
        guard let isObedient = living[worker] else { return }
        orders.add(order)
        if order == .stop {
            if isObedient { pending.append(.event(.interrupted, from: worker)) }
            return
        }
        for answer in answers(order) {
            switch answer {
            case .tell(let event): pending.append(.event(event, from: worker))
            case .die(let ending): end(worker, ending)
            case .wish: pending.append(.interrupted)
            case .hang(let isObedient): living[worker] = isObedient
            }
        }
    }

    mutating func dismiss(_ worker: Int) { end(worker, .exited(code: 0)) }

    mutating func kill(_ worker: Int) { end(worker, .killed(signal: 9)) }

    func memory(of worker: Int) -> Double? { living[worker] != nil ? bytesOfWorker : nil }

    mutating func news(within patience: Duration) -> [Schedule.Input] {
        defer { pending = [] }
        if pending.isEmpty { clock.advance(by: patience) }
        return pending
    }

    private mutating func end(_ worker: Int, _ ending: WorkerEnding) {
        guard living.removeValue(forKey: worker) != nil else { return }
        pending.append(.ended(ending, worker: worker))
    }
}

/// A list that a test looks at afterwards.
final class Noted<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])
    var all: [Element] { elements.withLock { $0 } }
    func add(_ element: Element) { elements.withLock { $0.append(element) } }
}

/// A clock that stands still but for what it is told.
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
    func advance(by duration: Duration) { time.withLock { $0 += duration } }
    func sleep(until deadline: Instant, tolerance: Duration?) async throws { time.withLock { $0 = max($0, deadline.offset) } }
}

/// Notes what it is told.
final class NotedProgress: ProgressDisplay, Sendable {
    private let announcements = Noted<Announcement>()
    private let endings = Noted<Int>()

    var announced: [Announcement] { announcements.all }
    var ends: Int { endings.all.count }

    func announce(_ announcement: Announcement, _ schedule: Schedule, elapsed: Duration) { announcements.add(announcement) }

    func refresh(_ schedule: Schedule, elapsed: Duration) {}

    func end() { endings.add(1) }
}
