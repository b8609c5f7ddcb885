#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file of our own cache, mapped read-only for as long as the object lives. Such files are written whole and never changed; others are read
/// (``FileBytes``).
package final class MappedFile: @unchecked Sendable {
    /// The bytes; whoever uses them keeps the object alive, by holding it or by `withExtendedLifetime`.
    package let bytes: UnsafeRawBufferPointer
    /// What tells this state of the file from others.
    package let identity: Identity

    /// The file and when it was changed last.
    package struct Identity: Hashable, Sendable {
        let file: FileEntry.Identity
        let status: FileStatus
    }

    /// Maps the file.
    package init(path: String) throws(FileFault) {
        let file = try OpenFile(path: path)
        let entry = try file.entry(for: .open)
        identity = Identity(file: entry.identity, status: entry.status)
        let length = entry.status.length
        guard length > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let mapped = withExtendedLifetime(file) { mmap(nil, length, PROT_READ, MAP_PRIVATE, file.handle, 0) }
        guard let start = mapped, start != MAP_FAILED else { throw FileFault(.read, path, code: errno) }
        bytes = UnsafeRawBufferPointer(start: start, count: length)
    }

    deinit {
        if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    }
}
