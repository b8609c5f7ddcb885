import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The user's wishes to stop, as bytes in a pipe: Ctrl-C, a request to terminate, a terminal that closes. Signals are heard from the making of the
/// first value on, for the rest of the process's life.
public struct Interruptions: Sendable {
    /// Where a byte arrives for every wish. Reading never waits.
    let descriptor: Int32

    /// Hears the signals from now on. Without a descriptor to spare nothing is heard, and a signal ends the process as it does by itself.
    public init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        descriptor = ends[0]
        signalPipe.store(ends[1], ordering: .sequentiallyConsistent)
        // A handler may do next to nothing; one byte into a pipe is allowed.
        let handler: @convention(c) (Int32) -> Void = { _ in
            let before = errno
            var byte: UInt8 = 0
            _ = write(signalPipe.load(ordering: .relaxed), &byte, 1)
            errno = before
        }
        signal(SIGINT, handler)
        signal(SIGTERM, handler)
        if Self.isHeard(SIGHUP) { signal(SIGHUP, handler) }
        // Whoever started the process may have left these signals blocked, and there is no other thread to hear them.
        var heard = sigset_t()
        sigemptyset(&heard)
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&heard, number) }
        pthread_sigmask(SIG_UNBLOCK, &heard, nil)
    }

    /// The wishes since the last call.
    func take() -> Int {
        var bytes = [UInt8](repeating: 0, count: 64)
        return max(0, read(descriptor, &bytes, bytes.count))
    }

    /// False for a signal that the process was started to ignore, as SIGHUP is under `nohup`.
    private static func isHeard(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return true }
        #if canImport(Glibc)
        let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        #else
        let handler = unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self)
        #endif
        return handler != unsafeBitCast(SIG_IGN, to: Int.self)
    }
}

private let signalPipe = Atomic<Int32>(-1)
