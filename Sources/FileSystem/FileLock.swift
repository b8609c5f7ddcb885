#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A lock on a file of a folder, held with `flock` for as long as this value lives; the operating system drops it when the process dies, however
/// it dies.
///
/// The file stays when the lock is dropped: removing it would let two processes hold locks on two files of one name.
public final class FileLock {
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

    /// What came of trying to take a lock.
    public enum Attempt {
        /// It is held as long as the value lives.
        case taken(FileLock)
        /// Another process or value holds it.
        case held
        /// Its file, or the folder, was removed meanwhile: a lock on a file without a name guards nothing.
        case gone
    }

    /// Tries to take the lock, whose file is made when there is none; waits for nobody.
    public static func take(_ folder: Folder, _ name: String) throws(FileFault) -> Attempt {
        let descriptor: Int32
        do { descriptor = try folder.opened(name, O_RDWR | O_CREAT, for: .lock).descriptor } catch {
            if error.isAbsence { return .gone }
            throw error
        }
        let code = lock(descriptor, LOCK_EX | LOCK_NB)
        guard code == 0 else {
            close(descriptor)
            if code == EWOULDBLOCK { return .held }
            throw FileFault(.lock, folder.path(of: name), code: code)
        }
        let lock = FileLock(descriptor: descriptor)
        var held = stat()
        var named = stat()
        guard fstat(descriptor, &held) == 0, fstatat(folder.descriptor, name, &named, AT_SYMLINK_NOFOLLOW) == 0,
            held.st_ino == named.st_ino, held.st_dev == named.st_dev
        else { return .gone }
        return .taken(lock)
    }

    /// Waits for the lock of a folder as a whole, which has nothing to do with the locks of the files in it. A file system over the network may have no such
    /// locks; then nothing is locked.
    public static func wait(for folder: Folder) throws(FileFault) -> FileLock {
        let descriptor = openat(folder.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFault(.lock, folder.path) }
        let code = lock(descriptor, LOCK_EX)
        guard [0, EBADF, ENOLCK, EOPNOTSUPP].contains(code) else {
            close(descriptor)
            throw FileFault(.lock, folder.path, code: code)
        }
        return FileLock(descriptor: descriptor)
    }

    /// Whether somebody holds the lock now; nobody holds one without a file.
    public static func isHeld(_ folder: Folder, _ name: String) throws(FileFault) -> Bool {
        let descriptor: Int32
        do { descriptor = try folder.opened(name, O_RDONLY, for: .lock).descriptor } catch {
            guard error.isAbsence else { throw error }
            return false
        }
        defer { close(descriptor) }
        // A shared lock, so that two processes that look at once do not take each other for a holder.
        let code = lock(descriptor, LOCK_SH | LOCK_NB)
        guard code == 0 || code == EWOULDBLOCK else { throw FileFault(.lock, folder.path(of: name), code: code) }
        if code == 0 { flock(descriptor, LOCK_UN) }
        return code != 0
    }

    /// The error number, 0 for none.
    private static func lock(_ descriptor: Int32, _ kind: Int32) -> Int32 {
        while flock(descriptor, kind) != 0 {
            if errno != EINTR { return errno }
        }
        return 0
    }
}
