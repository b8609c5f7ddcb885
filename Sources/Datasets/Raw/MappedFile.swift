#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file of our own cache, mapped read-only for as long as the object lives. Such files are written whole and never changed; others are read
/// (``FileBytes``).
final class MappedFile: @unchecked Sendable {
    /// The bytes; whoever uses them keeps the object alive, by holding it or by `withExtendedLifetime`.
    let bytes: UnsafeRawBufferPointer
    /// What tells this state of the file from others.
    let identity: Identity

    /// The file and when it was changed last.
    struct Identity: Hashable, Sendable {
        let device: UInt64
        let file: UInt64
        let size: Int
        let seconds: Int
        let nanoseconds: Int

        fileprivate init(_ status: stat) {
            device = UInt64(truncatingIfNeeded: status.st_dev)
            file = UInt64(status.st_ino)
            size = Int(status.st_size)
            #if canImport(Glibc)
            (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
            #else
            (seconds, nanoseconds) = (status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec)
            #endif
        }
    }

    /// Maps the file; a failure carries the system's reason.
    init(path: String) throws(FileFailure) {
        let file = try RegularFile(path: path)
        let identity = Identity(file.status)
        self.identity = identity
        guard identity.size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let mapped = withExtendedLifetime(file) { mmap(nil, identity.size, PROT_READ, MAP_PRIVATE, file.descriptor, 0) }
        guard let start = mapped, start != MAP_FAILED else { throw FileFailure(path: path, code: errno) }
        bytes = UnsafeRawBufferPointer(start: start, count: identity.size)
    }

    deinit {
        if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    }
}
