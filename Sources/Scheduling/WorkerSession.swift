import Dispatch
import Processes
import RunStore
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The worker's side of the conversation: commands from standard input, events to standard output, one job after the other on the calling
/// thread. When the input closes (the parent no longer needs the worker, or was killed) the job at hand is told to stop, and the process
/// leaves after a short grace even when the job does not listen.
public final class WorkerSession: Sendable {
    private let output: Int32
    private let stopping = Atomic<Bool>(false)
    private let queue = Mutex<[WorkerOrder?]>([])
    private let arrived = DispatchSemaphore(value: 0)
    private let beat = Mutex<(@Sendable () -> Void)?>(nil)

    /// How long a job may take to stop once the input has closed, in seconds.
    private static let grace: UInt32 = 2
    /// The exit code of a worker that could not begin, for want of a thread.
    static let couldNotBegin: Int32 = 71

    /// Takes standard input and output over. What other code prints from now on goes to standard error, so that it cannot pass for an event.
    public init() {
        signal(SIGPIPE, SIG_IGN)
        output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
        dup2(STDERR_FILENO, STDOUT_FILENO)
    }

    /// Whether the job at hand should leave at the next good moment.
    public var shouldStop: Bool { stopping.load(ordering: .relaxed) }

    /// Tells the parent. A parent that no longer listens means that the job should stop.
    public func tell(_ event: WorkerEvent) {
        guard let line = try? MessageLine.encode(event) else { return }
        if !writeAll(line, to: output) { stopping.store(true, ordering: .relaxed) }
    }

    /// Turns standard error to this open file, and closes it: diagnostics of the job at hand, the runtime's last words at a crash among them.
    public func redirectErrors(to log: Int32) {
        dup2(log, STDERR_FILENO)
        dup2(log, STDOUT_FILENO)
        close(log)
    }

    /// Calls this from now on every few seconds (``Claim/beat``), on another thread and whatever the job at hand does; nil ends it.
    public func keepAlive(by beat: (@Sendable () -> Void)?) { self.beat.withLock { $0 = beat } }

    /// Performs every job that arrives, until the input closes. Leaves the process when no thread can be had to listen beside the work.
    public func serve(_ perform: (WorkerOrder) -> WorkerEvent) {
        let fault = listenOnThread()
        guard fault == 0 else {
            _ = writeAll("ablate: error: a worker cannot start a thread: \(String(cString: strerror(fault)))\n".utf8, to: STDERR_FILENO)
            exit(Self.couldNotBegin)
        }
        while let command = nextCommand() {
            tell(shouldStop ? .interrupted : perform(command))
        }
    }

    private func nextCommand() -> WorkerOrder? {
        arrived.wait()
        return queue.withLock { $0.removeFirst() }
    }

    /// Reads commands on a thread of its own, so that a wish to stop and the end of the input are heard in the middle of a job.
    fileprivate func listen() {
        var pending: [UInt8] = []
        var lastBeat = ContinuousClock.now
        let wishes = Interruptions()
        listening: while true {
            waitForArrival(at: [STDIN_FILENO, wishes?.descriptor ?? -1], within: Claim.beat)
            // A cluster tells all processes of a job that its time is over, not their parent alone.
            if let wishes, wishes.take() > 0 { stopping.store(true, ordering: .relaxed) }
            if lastBeat.duration(to: .now) >= Claim.beat / 2 {
                lastBeat = .now
                beat.withLock { $0 }?()
            }
            switch readArrived(from: STDIN_FILENO) {
            case .nothing: continue
            case .end: break listening
            case .bytes(let bytes): pending.append(contentsOf: bytes)
            }
            while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = pending[..<end]
                pending.removeSubrange(...end)
                if let command = try? MessageLine.decode(WorkerOrder.self, from: line) { accept(command) }
            }
        }
        stopping.store(true, ordering: .relaxed)
        accept(nil)
        sleep(Self.grace)
        _exit(0)
    }

    /// Starts ``listen()`` on a thread; the error number when there is none to be had. (A dispatch queue would wait for one for ever.)
    private func listenOnThread() -> Int32 {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, 1 << 19)
        #if canImport(Glibc)
        var thread = pthread_t()
        #else
        var thread: pthread_t?
        #endif
        // The session is never let go: the thread lives as long as the process.
        return pthread_create(&thread, &attributes, listenForSession, Unmanaged.passRetained(self).toOpaque())
    }

    private func accept(_ command: WorkerOrder?) {
        if command == .stop {
            stopping.store(true, ordering: .relaxed)
            return
        }
        // A wish to stop is for the job that was at hand.
        if command != nil { stopping.store(false, ordering: .relaxed) }
        queue.withLock { $0.append(command) }
        arrived.signal()
    }
}

/// What the listening thread does.
private func listenForSession(_ session: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let session { Unmanaged<WorkerSession>.fromOpaque(session).takeUnretainedValue().listen() }
    return nil
}
