import Processes

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Workers as processes of an executable, each in a process group of its own, so that Ctrl-C on the terminal reaches only the parent.
/// Orders go to a worker's standard input, events come from its standard output, and its standard error is the parent's until the worker
/// turns it to the log of its run. A worker whose input closes leaves by itself, also when the parent was killed.
///
/// No thread is started, and two descriptors a worker are all that is held: where these cannot be had, a worker cannot be started and
/// says why.
public struct WorkerProcesses: Executor {
    private let executable: String
    private let arguments: [String]
    private let interruptions: Interruptions?
    private var workers: [Int: WorkerProcess] = [:]

    /// How long to wait for a process that has closed its output and is about to go.
    private static let lastMoments = Duration.milliseconds(5)

    /// Workers that are started as `executable arguments…`; wishes to stop come from `interruptions`. From now on the process ignores SIGPIPE: a worker may
    /// die before its next order is written.
    public init(executable: String, arguments: [String], interruptions: Interruptions? = nil) {
        signal(SIGPIPE, SIG_IGN)
        self.executable = executable
        self.arguments = arguments
        self.interruptions = interruptions
    }

    /// Starts a process.
    public mutating func start(_ worker: Int) -> String? {
        do throws(StartFault) {
            workers[worker] = try WorkerProcess(executable, arguments)
            return nil
        } catch {
            return "\(executable): \(error)"
        }
    }

    /// Writes the order to the process's input.
    public mutating func send(_ order: WorkerOrder, to worker: Int) {
        guard let line = try? MessageLine.encode(order), let input = workers[worker]?.input else { return }
        _ = writeAll(line, to: input)
    }

    /// Closes the process's input.
    public mutating func dismiss(_ worker: Int) {
        workers[worker]?.closeInput()
    }

    /// Kills the process's group.
    public mutating func kill(_ worker: Int) {
        workers[worker]?.end()
    }

    /// What the system says of the process.
    public func memory(of worker: Int) -> Double? {
        workers[worker].flatMap { $0.process.memory.map(Double.init) }
    }

    /// Waits for output, ends and signals.
    public mutating func news(within patience: Duration) -> [Schedule.Input] {
        let numbers = workers.keys.sorted()
        let isAnyLeaving = workers.values.contains { $0.output < 0 }
        waitForArrival(
            at: numbers.map { workers[$0]?.output ?? -1 } + [interruptions?.descriptor ?? -1],
            within: isAnyLeaving ? Self.lastMoments : patience)
        var news: [Schedule.Input] = []
        for number in numbers {
            workers[number]?.hear(into: &news, worker: number)
            guard let ending = workers[number]?.reap(into: &news, worker: number) else { continue }
            workers[number] = nil
            news.append(.ended(ending, worker: number))
        }
        for _ in 0..<(interruptions?.take() ?? 0) { news.append(.interrupted) }
        return news
    }
}

/// One process and its two pipes; both ends here are closed when it has gone.
private struct WorkerProcess {
    let process: ChildProcess
    /// Where orders go; -1 when closed.
    private(set) var input: Int32
    /// Where events come from; -1 when the other end was closed.
    private(set) var output: Int32
    private var pending: [UInt8] = []
    private var wrongLine: String?
    private var hasSpoken = false

    /// The exit codes of a program that could not begin: its loader's, a shell's, and ``WorkerSession/couldNotBegin``.
    private static let couldNotBegin = [126, 127, Int(WorkerSession.couldNotBegin)]

    /// The longest message is a line of figures.
    private static let longestLine = 1 << 20

    init(_ executable: String, _ arguments: [String]) throws(StartFault) {
        let orders = try Pipe()
        let events: Pipe
        do { events = try Pipe() } catch {
            orders.closeBoth()
            throw error
        }
        do {
            process = try ChildProcess(
                executable, arguments, input: .descriptor(orders.reading), output: .descriptor(events.writing))
        } catch {
            orders.closeBoth()
            events.closeBoth()
            throw error
        }
        close(orders.reading)
        close(events.writing)
        input = orders.writing
        output = events.reading
    }

    mutating func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    func end() {
        process.kill()
    }

    /// Takes in what has come, without waiting, and hands on the events of all whole lines.
    mutating func hear(into news: inout [Schedule.Input], worker: Int) {
        while output >= 0 {
            switch readArrived(from: output) {
            case .nothing: return
            case .end:
                close(output)
                output = -1
                if !pending.isEmpty { take(pending, into: &news, worker: worker) }
                pending = []
            case .bytes(let bytes):
                pending.append(contentsOf: bytes)
                while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = Array(pending[..<end])
                    pending.removeSubrange(...end)
                    take(line, into: &news, worker: worker)
                }
                if pending.count > Self.longestLine { giveUp(pending) }
            }
        }
    }

    private mutating func take(_ line: some Collection<UInt8>, into news: inout [Schedule.Input], worker: Int) {
        guard wrongLine == nil, !line.isEmpty else { return }
        guard let event = try? MessageLine.decode(WorkerEvent.self, from: line) else {
            giveUp(line)
            return
        }
        hasSpoken = true
        news.append(.event(event, from: worker))
    }

    /// Ends a worker that says what is no message, and listens no more.
    private mutating func giveUp(_ line: some Collection<UInt8>) {
        wrongLine = wrongLine ?? String(decoding: line.prefix(1000), as: UTF8.self)
        pending = []
        if output >= 0 { close(output) }
        output = -1
        end()
    }

    /// How the process ended, once it has; what it said last comes before.
    mutating func reap(into news: inout [Schedule.Input], worker: Int) -> WorkerEnding? {
        guard let ending = process.ending() else { return nil }
        hear(into: &news, worker: worker)
        closeInput()
        if output >= 0 { close(output) }
        if let wrongLine { return .misspoke(line: wrongLine) }
        switch ending {
        case .killed(let signal): return .killed(signal: signal)
        case .exited(let code) where !hasSpoken && Self.couldNotBegin.contains(code):
            return .notStarted(reason: "it left at once with exit code \(code)")
        case .exited(let code): return .exited(code: code)
        }
    }
}
