#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a name in a folder stands for.
public enum FileKind: Hashable, Sendable {
    /// A regular file, a folder, a symbolic link, a named pipe, a socket, a device.
    case file, folder, link, pipe, socket, device

    init(mode: mode_t) {
        self =
            switch mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            case S_IFIFO: .pipe
            case S_IFSOCK: .socket
            default: .device
            }
    }
}

/// Why something could not be done with a file or folder.
public struct FileFault: Error, Hashable, Sendable {
    /// What was tried.
    public enum Operation: Hashable, Sendable {
        /// Each is the call to the operating system that failed.
        case open, read, write, list, makeFolder, remove, rename, sync, lock
    }

    /// What stood against it.
    public enum Reason: Hashable, Sendable {
        /// The operating system refused, with this error number.
        case refused(Operation, code: Int32)
        /// Something of another kind stands there; links are not followed.
        case kind(found: FileKind, expected: FileKind)
    }

    /// The file or folder.
    public let path: String
    /// What stood against it.
    public let reason: Reason

    /// A fault at this path.
    public init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }

    /// A call to the operating system that was refused.
    init(_ operation: Operation, _ path: String, code: Int32) {
        self.init(path: path, reason: .refused(operation, code: code))
    }

    /// The result of a call to the operating system, which a refusal turns into a fault.
    static func of<Result>(
        _ operation: Operation, _ path: @autoclosure () -> String, _ call: () throws(SystemError) -> Result
    ) throws(FileFault) -> Result {
        do { return try call() } catch { throw FileFault(operation, path(), code: error.code) }
    }

    /// Whether there is nothing at the path.
    public var isAbsence: Bool {
        if case .refused(_, ENOENT) = reason { true } else { false }
    }

    /// The operating system's words for an error number.
    public static func words(of code: Int32) -> String {
        String(cString: strerror(code))
    }
}
