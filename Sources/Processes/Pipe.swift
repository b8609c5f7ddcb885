#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A pipe that no child inherits by itself. Its ends keep clear of the standard streams, so that they can be given to a child as such.
public struct Pipe: Sendable {
    /// Where bytes come out.
    public let reading: Int32
    /// Where bytes go in.
    public let writing: Int32

    /// Opens one; both ends are the caller's to close.
    public init() throws(StartFault) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw StartFault(code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        for place in ends.indices where ends[place] <= STDERR_FILENO {
            let moved = fcntl(ends[place], F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
            let code = errno
            close(ends[place])
            ends[place] = moved
            guard moved >= 0 else {
                for end in ends where end >= 0 { close(end) }
                throw StartFault(code: code)
            }
        }
        (reading, writing) = (ends[0], ends[1])
    }

    /// Closes both ends.
    public func closeBoth() {
        closeReading()
        closeWriting()
    }

    /// Closes the end where bytes come out.
    public func closeReading() { close(reading) }

    /// Closes the end where bytes go in: once a child has it, for the reader to see the end when the child has ended.
    public func closeWriting() { close(writing) }
}

/// What a descriptor has to read at this moment.
public enum Arrival: Sendable, Hashable {
    /// These bytes; more may follow at once.
    case bytes([UInt8])
    /// Nothing so far.
    case nothing
    /// Nothing any more: all who could write have closed it.
    case end
}

/// Reads what has arrived at a descriptor, at most 64 KiB, without waiting.
public func readArrived(from descriptor: Int32) -> Arrival {
    while true {
        var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&source, 1, 0) > 0 else { return .nothing }
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
            count = read(descriptor, buffer.baseAddress, buffer.count)
            filled = max(0, count)
        }
        if count < 0, errno == EINTR { continue }
        return count > 0 ? .bytes(bytes) : .end
    }
}

/// Waits until one of the descriptors has something to read, was closed at its other end, or so long. Negative ones are passed over.
public func waitForArrival(at descriptors: [Int32], within patience: Duration) {
    var sources = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    _ = poll(&sources, nfds_t(sources.count), Int32(patience / .milliseconds(1)))
}

/// Writes all bytes, however many calls that takes; false when the other end has gone or the disk is full, with the reason in `errno`.
public func writeAll(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> Bool {
    let bytes = Array(bytes)
    return bytes.withUnsafeBytes { buffer in
        var written = 0
        while written < buffer.count {
            let count = write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }
}
