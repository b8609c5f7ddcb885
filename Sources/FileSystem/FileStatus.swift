#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the file system says of a file without opening it.
public struct FileStatus: Hashable, Sendable {
    /// What it is.
    public let kind: FileKind
    /// Its length in bytes.
    public let length: Int
    /// When its content or its status was last changed, in nanoseconds since 1970. No program can set this time.
    public let changed: Int

    package init(kind: FileKind, length: Int, changed: Int) {
        self.kind = kind
        self.length = length
        self.changed = changed
    }

    init(_ status: stat) {
        kind = FileKind(mode: status.st_mode)
        length = Int(status.st_size)
        #if canImport(Glibc)
        changed = Int(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int(status.st_ctim.tv_nsec)
        #else
        changed = Int(status.st_ctimespec.tv_sec) &* 1_000_000_000 &+ Int(status.st_ctimespec.tv_nsec)
        #endif
    }
}
