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

    /// Waits for output, ends and signals.
    public mutating func news(within patience: Duration) -> [Schedule.Input] {
        let numbers = workers.keys.sorted()
        let isAnyLeaving = workers.values.contains { $0.output < 0 }
        var sources = numbers.map { pollfd(fd: workers[$0]?.output ?? -1, events: Int16(POLLIN), revents: 0) }
        sources.append(pollfd(fd: interruptions?.descriptor ?? -1, events: Int16(POLLIN), revents: 0))
        let wait = isAnyLeaving ? Self.lastMoments : patience
        _ = poll(&sources, nfds_t(sources.count), Int32(wait / .milliseconds(1)))
        var news: [Schedule.Input] = []
        for (number, source) in zip(numbers, sources) {
            if source.revents != 0 { workers[number]?.hear(into: &news, worker: number) }
            guard let ending = workers[number]?.reap(into: &news, worker: number) else { continue }
            workers[number] = nil
            news.append(.ended(ending, worker: number))
        }
        for _ in 0..<(interruptions?.take() ?? 0) { news.append(.interrupted) }
        return news
    }
}

/// Why a process could not be started.
private struct StartFault: Error, CustomStringConvertible {
    let description: String

    init(code: Int32) {
        description = String(cString: strerror(code))
    }
}

/// One process and its two pipes; both ends here are closed when it has gone.
private struct WorkerProcess {
    private let process: pid_t
    /// Where orders go; -1 when closed.
    private(set) var input: Int32
    /// Where events come from; -1 when the other end was closed.
    private(set) var output: Int32
    private var pending: [UInt8] = []
    private var wrongLine: String?
    private var hasSpoken = false

    /// The exit codes of a program that could not begin: its loader's, a shell's, and ``WorkerSession/couldNotBegin``.
    private static let couldNotBegin: Set<Int32> = [126, 127, WorkerSession.couldNotBegin]

    init(_ executable: String, _ arguments: [String]) throws(StartFault) {
        let orders = try Self.makePipe()
        let events: (reading: Int32, writing: Int32)
        do { events = try Self.makePipe() } catch {
            Self.closeEnds(orders.reading, orders.writing)
            throw error
        }
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, orders.reading, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, events.writing, STDOUT_FILENO)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        var process = pid_t()
        var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        let code = posix_spawn(&process, executable, &actions, &attributes, &words, environ)
        Self.closeEnds(orders.reading, events.writing)
        guard code == 0 else {
            Self.closeEnds(orders.writing, events.reading)
            throw StartFault(code: code)
        }
        self.process = process
        input = orders.writing
        output = events.reading
    }

    /// A pipe that no other process inherits and that nothing waits at, on this side; its ends keep clear of the standard streams.
    private static func makePipe() throws(StartFault) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw StartFault(code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        for place in ends.indices where ends[place] <= STDERR_FILENO {
            let moved = fcntl(ends[place], F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
            let code = errno
            closeEnds(ends[place])
            ends[place] = moved
            guard moved >= 0 else {
                closeEnds(ends[0], ends[1])
                throw StartFault(code: code)
            }
        }
        return (ends[0], ends[1])
    }

    private static func closeEnds(_ ends: Int32...) {
        for end in ends where end >= 0 { close(end) }
    }

    mutating func closeInput() {
        Self.closeEnds(input)
        input = -1
    }

    func end() {
        _ = kill(-process, SIGKILL)
    }

    /// Takes in what has come, without waiting, and hands on the events of all whole lines.
    mutating func hear(into news: inout [Schedule.Input], worker: Int) {
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while output >= 0 {
            var source = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            guard poll(&source, 1, 0) > 0 else { return }
            let count = read(output, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 {
                Self.closeEnds(output)
                output = -1
                if !pending.isEmpty { take(pending, into: &news, worker: worker) }
                pending = []
                return
            }
            pending.append(contentsOf: buffer[..<count])
            while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                take(pending[..<end], into: &news, worker: worker)
                pending.removeSubrange(...end)
            }
        }
    }

    private mutating func take(_ line: some Collection<UInt8>, into news: inout [Schedule.Input], worker: Int) {
        guard wrongLine == nil, !line.isEmpty else { return }
        guard let event = try? MessageLine.decode(WorkerEvent.self, from: line) else {
            wrongLine = String(decoding: line, as: UTF8.self)
            end()
            return
        }
        hasSpoken = true
        news.append(.event(event, from: worker))
    }

    /// How the process ended, once it has; what it said last comes before.
    mutating func reap(into news: inout [Schedule.Input], worker: Int) -> WorkerEnding? {
        var status: Int32 = 0
        guard waitpid(process, &status, WNOHANG) == process else { return nil }
        hear(into: &news, worker: worker)
        Self.closeEnds(input, output)
        if let wrongLine { return .misspoke(line: wrongLine) }
        let signal = status & 0x7F
        if signal != 0 { return .killed(signal: Int(signal)) }
        let code = status >> 8 & 0xFF
        if !hasSpoken, Self.couldNotBegin.contains(code) { return .notStarted(reason: "it left at once with exit code \(code)") }
        return .exited(code: Int(code))
    }
}
