#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The lock of a run folder, held with `flock` on its file `lock` for as long as this value lives; the operating system drops it when the
/// process dies, however it dies.
///
/// The file stays when the lock is dropped: removing it would let two processes hold locks on two files of one name.
final class RunLock {
    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        Self.drop(descriptor)
    }

    /// Unlocks before it closes: a process that is being started beside has the descriptor, too, until it becomes its own program.
    private static func drop(_ descriptor: Int32) {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Takes the lock, or returns nil when another process or value holds it. The folder must exist.
    static func take(_ folder: RunFolder) throws(StoreError) -> RunLock? {
        let path = folder.lockFile
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw Files.failure("open", path) }
            guard lock(descriptor, LOCK_EX) else {
                close(descriptor)
                return nil
            }
            let lock = RunLock(descriptor: descriptor)
            // Another process may have removed the folder between opening and locking: a lock on a file without a name guards nothing.
            if isAt(path, descriptor) { return lock }
            guard Files.exists(folder.path) else { throw .system(operation: "lock", path: path, code: ENOENT) }
        }
    }

    /// Whether somebody holds the lock now.
    static func isHeld(_ folder: RunFolder) -> Bool {
        let descriptor = open(folder.lockFile, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { drop(descriptor) }
        // A shared lock, so that two processes that look at once do not take each other for a worker.
        return !lock(descriptor, LOCK_SH)
    }

    private static func lock(_ descriptor: Int32, _ kind: Int32) -> Bool {
        while flock(descriptor, kind | LOCK_NB) != 0 {
            if errno != EINTR { return false }
        }
        return true
    }

    private static func isAt(_ path: String, _ descriptor: Int32) -> Bool {
        var here = stat()
        var there = stat()
        return fstat(descriptor, &here) == 0 && stat(path, &there) == 0 && here.st_ino == there.st_ino && here.st_dev == there.st_dev
    }
}
