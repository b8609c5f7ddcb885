/// Runs workers. The real one starts processes; tests use one that pretends.
public protocol Executor: Sendable {
    /// Starts worker number `worker`, passes it every command, hands on every event, and returns when it has gone.
    /// The end of `commands` means that it is no longer needed; a cancelled task means that it must go at once.
    func work(
        _ worker: Int, commands: AsyncStream<WorkerOrder>, deliver: @escaping @Sendable (WorkerEvent) -> Void
    ) async -> WorkerEnding
}

/// How a worker came to its end.
public enum WorkerEnding: Sendable, Hashable {
    /// It could not be started, and no other one could.
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
        case .misspoke(let line): "the worker wrote a line that is no message: \(line.prefix(80))"
        }
    }

    private static let names = [
        4: "illegal instruction, as after a failed check", 5: "trap, as after a failed check", 6: "abort",
        7: "bus error, as when the disk is full",
        8: "arithmetic error", 9: "killed, as when memory runs out", 11: "segmentation fault", 15: "terminated",
    ]
}
