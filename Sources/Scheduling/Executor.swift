import Documents

/// Runs workers. The real one starts processes; tests use one that pretends. Nothing in it waits but ``news(within:)``.
public protocol Executor {
    /// Starts worker number `worker`. Answers why it could not be started, when it could not.
    mutating func start(_ worker: Int) -> String?
    /// Passes an order to a worker; one that has gone hears nothing.
    mutating func send(_ order: WorkerOrder, to worker: Int)
    /// Tells a worker that it is no longer needed.
    mutating func dismiss(_ worker: Int)
    /// Ends a worker at once, and all that it has started.
    mutating func kill(_ worker: Int)
    /// How many bytes of memory a worker has for itself at this moment; nil when nobody can tell.
    func memory(of worker: Int) -> Double?
    /// What has happened, in its order, as soon as something has; nothing when nothing did for so long.
    mutating func news(within patience: Duration) -> [Schedule.Input]
}

/// How a worker came to its end.
public enum WorkerEnding: Sendable, Hashable {
    /// It could not be started.
    case notStarted(reason: String)
    /// It left with this exit code; 0 when it was no longer needed.
    case exited(code: Int)
    /// A signal ended it: a crash, a trap, the out-of-memory killer, or a person.
    case killed(signal: Int)
    /// It wrote something that is no event; it was ended.
    case misspoke(line: String)
}

extension WorkerEnding: CustomStringConvertible {
    /// What happened, to be read after the run's title.
    public var description: String {
        switch self {
        case .notStarted(let reason): "no worker could be started: \(reason)"
        case .exited(let code): "the worker left in the middle with exit code \(code)"
        case .killed(let signal): "the worker was ended by signal \(signal)\(Self.names[signal].map { " (\($0))" } ?? "")"
        case .misspoke(let line): "the worker wrote a line that is no message: \(String(line.prefix(80)).printableLine)"
        }
    }

    private static let names = [
        4: "illegal instruction, as after a failed check", 5: "trap, as after a failed check", 6: "abort",
        7: "bus error, as when the disk is full",
        8: "arithmetic error", 9: "killed, as when memory runs out", 11: "segmentation fault", 15: "terminated",
    ]
}
