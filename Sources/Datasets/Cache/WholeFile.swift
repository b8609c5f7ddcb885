#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes files so that a reader sees either the whole file or none.
enum WholeFile {
    /// Writes the parts one after the other beside `path`, syncs, and renames.
    static func write(_ parts: [[UInt8]], to path: String) throws(DatasetError) {
        let part = partPath(for: path)
        let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(at: path, errno) }
        var failure: Int32 = 0
        for bytes in parts where failure == 0 { failure = write(bytes, to: descriptor) }
        if failure == 0, fsync(descriptor) != 0 { failure = errno }
        if close(descriptor) != 0, failure == 0 { failure = errno }
        if failure == 0, rename(part, path) != 0 { failure = errno }
        guard failure == 0 else {
            unlink(part)
            throw Self.failure(at: path, failure)
        }
    }

    /// A name beside `path` that nobody else uses, in this process or another.
    static func partPath(for path: String) -> String { "\(path).\(getpid())-\(UInt32.random(in: 0...UInt32.max)).part" }

    /// Makes a folder and those above it.
    static func makeFolder(_ path: String) throws(DatasetError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for component in path.split(separator: "/") {
            made += made.isEmpty || made.hasSuffix("/") ? component : "/\(component)"
            if mkdir(made, 0o755) != 0, errno != EEXIST, errno != EISDIR, errno != EROFS || access(made, F_OK) != 0 {
                throw failure(at: made, errno)
            }
        }
    }

    /// Why `path` could not be written. What forbids it is the folder.
    private static func failure(at path: String, _ code: Int32) -> DatasetError {
        let reason = FileFailure(path: path, code: code).reason
        guard [EACCES, EPERM, EROFS].contains(code), let slash = path.lastIndex(of: "/") else { return .file(path: path, reason: reason) }
        return .file(
            path: slash == path.startIndex ? "/" : String(path[..<slash]),
            reason:
                "the folder is read-only (\(reason)), and encoded and downloaded data are kept there; make it writable, or name another data folder with --data"
        )
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        bytes.withUnsafeBytes { bytes in
            var written = 0
            while let start = bytes.baseAddress, written < bytes.count {
                #if canImport(Glibc)
                let count = Glibc.write(descriptor, start + written, bytes.count - written)
                #else
                let count = Darwin.write(descriptor, start + written, bytes.count - written)
                #endif
                if count < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                written += count
            }
            return 0
        }
    }
}
