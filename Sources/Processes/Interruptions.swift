import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The user's wishes to stop, as bytes in a pipe: Ctrl-C, a request to terminate, a terminal that closes. They are heard from the making of the value
/// until its ``end()``; without an end, for the rest of the process's life. The latest value hears alone.
public struct Interruptions {
    /// Where a byte arrives for every wish. Reading never waits.
    public let descriptor: Int32
    private let writing: Int32
    private let writingBefore: Int32
    private let before: [(signal: Int32, action: sigaction)]

    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// Hears the signals from now on. Without a descriptor to spare nothing is heard, and a signal ends the process as it does by itself.
    public init?() {
        guard let pipe = try? Pipe() else { return nil }
        for end in [pipe.reading, pipe.writing] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        (descriptor, writing) = (pipe.reading, pipe.writing)
        writingBefore = signalPipe.exchange(pipe.writing, ordering: .sequentiallyConsistent)
        // A handler may do next to nothing; one byte into a pipe is allowed.
        let handler: @convention(c) (Int32) -> Void = { _ in
            let before = errno
            var byte: UInt8 = 0
            _ = write(signalPipe.load(ordering: .relaxed), &byte, 1)
            errno = before
        }
        var before: [(signal: Int32, action: sigaction)] = []
        for number in Self.signals {
            var action = sigaction()
            sigaction(number, nil, &action)
            // The process was started to ignore it, as SIGHUP is under `nohup`.
            if number == SIGHUP, Self.ignores(action) { continue }
            before.append((number, action))
            signal(number, handler)
        }
        self.before = before
        // Whoever started the process may have left these signals blocked, and there is no other thread to hear them.
        var heard = sigset_t()
        sigemptyset(&heard)
        for number in Self.signals { sigaddset(&heard, number) }
        pthread_sigmask(SIG_UNBLOCK, &heard, nil)
    }

    /// The wishes since the last call.
    public func take() -> Int {
        var bytes = [UInt8](repeating: 0, count: 64)
        return max(0, read(descriptor, &bytes, bytes.count))
    }

    /// From now on signals do what they did before.
    public func end() {
        for (number, action) in before {
            var action = action
            sigaction(number, &action, nil)
        }
        signalPipe.store(writingBefore, ordering: .sequentiallyConsistent)
        close(descriptor)
        close(writing)
    }

    private static func ignores(_ action: sigaction) -> Bool {
        #if canImport(Glibc)
        let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        #else
        let handler = unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self)
        #endif
        return handler == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}

private let signalPipe = Atomic<Int32>(-1)
