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
    private let file: OpenFile

    private init(_ file: OpenFile) {
        self.file = file
    }

    deinit {
        // Unlocks before it is closed: a process that is being started beside has the file open, too, until it becomes its own program.
        file.unlock()
    }

    /// What came of trying to take a lock.
    public enum Attempt {
        /// It is held as long as the value lives.
        case taken(FileLock)
        /// Another process or value holds it.
        case held
        /// Its file, or the folder, was removed meanwhile: a lock on a file without a name guards nothing.
        case gone
        /// The file system has no locks.
        case impossible
    }

    /// Tries to take the lock, whose file is made when there is none; waits for nobody.
    public static func take(_ folder: Folder, _ name: String) throws(FileFault) -> Attempt {
        let file: OpenFile
        do { file = try folder.opened(name, .lock, for: .lock) } catch {
            if error.isAbsence { return .gone }
            throw error
        }
        do { try file.lock(.alone) } catch {
            if error.code == EWOULDBLOCK { return .held }
            if hasNoLocks.contains(error.code) { return .impossible }
            throw FileFault(.lock, folder.path(of: name), code: error.code)
        }
        let lock = FileLock(file)
        return folder.holds(file.handle, as: name) ? .taken(lock) : .gone
    }

    /// Waits for the lock of a folder as a whole, which has nothing to do with the locks of the files in it. A file system over the network may have no such
    /// locks; then nothing is locked.
    public static func wait(for folder: Folder) throws(FileFault) -> FileLock {
        let handle = try FileFault.of(.lock, folder.path) { () throws(SystemError) in try folder.calls.openFolder(".", in: folder.handle) }
        let file = OpenFile(folder.calls, handle, path: folder.path)
        do { try file.lock(.aloneWaiting) } catch {
            guard hasNoLocks.contains(error.code) || error.code == EBADF else { throw FileFault(.lock, folder.path, code: error.code) }
        }
        return FileLock(file)
    }

    /// What a file system without locks answers.
    private static let hasNoLocks = [ENOLCK, EOPNOTSUPP, ENOTSUP, ENOSYS]

    /// Whether somebody holds the lock now; nobody holds one without a file. Nil where the file system has no locks.
    public static func isHeld(_ folder: Folder, _ name: String) throws(FileFault) -> Bool? {
        let file: OpenFile
        do { file = try folder.opened(name, .read, for: .lock) } catch {
            guard error.isAbsence else { throw error }
            return false
        }
        // A shared lock, so that two processes that look at once do not take each other for a holder.
        do { try file.lock(.shared) } catch {
            // A file over the network that is open for reading alone cannot be locked.
            if hasNoLocks.contains(error.code) || error.code == EBADF { return nil }
            guard error.code == EWOULDBLOCK else { throw FileFault(.lock, folder.path(of: name), code: error.code) }
            return true
        }
        file.unlock()
        return false
    }
}
