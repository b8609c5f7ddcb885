#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A regular file that is open for reading, and closed with the object: no pipe or device, whose opening might wait for ever.
final class RegularFile {
    let path: String
    let descriptor: Int32
    /// What the system said of the file when it was opened.
    let status: stat

    init(path: String) throws(FileFailure) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            let code = errno
            if descriptor >= 0 { close(descriptor) }
            throw FileFailure(path: path, code: code)
        }
        self.status = status
        // From here on the object is whole, and closes the file itself.
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileFailure(path: path, code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
        }
    }

    deinit { close(descriptor) }

    /// Reads on into the buffer and returns how many bytes came, 0 at the file's end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
        while true {
            #if canImport(Glibc)
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #else
            let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count >= 0 { return count }
            if errno != EINTR { throw FileFailure(path: path, code: errno) }
        }
    }
}

/// A file that could not be opened, read or written, with the system's error number.
package struct FileFailure: Error, Sendable, Hashable {
    let path: String
    let code: Int32

    /// The system's words, such as "No such file or directory".
    var reason: String { code == EINVAL ? "it is no regular file" : String(cString: strerror(code)) }
}
