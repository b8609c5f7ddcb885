#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file's bytes, mapped read-only for as long as the object lives.
final class MappedFile: @unchecked Sendable {
    /// The bytes; whoever uses them keeps the object alive, by holding it or by `withExtendedLifetime`.
    let bytes: UnsafeRawBufferPointer

    /// Maps the file; a failure carries the system's reason.
    init(path: String) throws(FileFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(path: path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure(path: path, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileFailure(path: path, code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
        }
        let count = Int(status.st_size)
        guard count > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw FileFailure(path: path, code: errno)
        }
        bytes = UnsafeRawBufferPointer(start: start, count: count)
    }

    deinit {
        if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    }
}

/// A file that could not be opened, read or written, with the system's error number.
struct FileFailure: Error, Sendable, Hashable {
    let path: String
    let code: Int32

    /// The system's words, such as "No such file or directory".
    var reason: String { String(cString: strerror(code)) }
}
