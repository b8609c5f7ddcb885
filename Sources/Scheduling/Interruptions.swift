import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The user's wishes to stop, as a stream: Ctrl-C, a request to terminate, a terminal that closes. Signals are heard from the first call on,
/// for the rest of the process's life.
public func interruptions() -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return stream }
    let reading = ends[0]
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    signalPipe.store(ends[1], ordering: .sequentiallyConsistent)
    // A handler may do next to nothing; one byte into a pipe is allowed.
    let handler: @convention(c) (Int32) -> Void = { _ in
        var byte: UInt8 = 0
        _ = write(signalPipe.load(ordering: .relaxed), &byte, 1)
    }
    signal(SIGINT, handler)
    signal(SIGTERM, handler)
    if isHeard(SIGHUP) { signal(SIGHUP, handler) }
    DispatchQueue(label: "interruptions").async {
        var byte: UInt8 = 0
        while true {
            let count = read(reading, &byte, 1)
            if count == 1 { continuation.yield() }
            if count == 0 || (count < 0 && errno != EINTR) { break }
        }
    }
    return stream
}

private let signalPipe = Atomic<Int32>(-1)

/// False for a signal that the process was started to ignore, as SIGHUP is under `nohup`.
private func isHeard(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return true }
    #if canImport(Glibc)
    let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    #else
    let handler = unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self)
    #endif
    return handler != unsafeBitCast(SIG_IGN, to: Int.self)
}
