/// What folders and files rest on: the operating system, or an imitation of it in memory. Everything is told by handles, as the system has them, and by
/// names of one component; no link is followed but in the paths of ``openFolder(path:followsLink:)`` and ``makeFolder(path:)``.
package protocol FileCalls: AnyObject, Sendable {
    /// Opens a folder by its path.
    func openFolder(path: String, followsLink: Bool) throws(SystemError) -> Int32
    /// Makes a folder by its path; the one above must be there.
    func makeFolder(path: String) throws(SystemError)
    /// What stands at a path; a link is followed only when asked for.
    func entry(path: String, followsLink: Bool) throws(SystemError) -> FileEntry

    /// Opens a folder in a folder; `.` is the folder itself.
    func openFolder(_ name: String, in folder: Int32) throws(SystemError) -> Int32
    /// Makes a folder in a folder.
    func makeFolder(_ name: String, in folder: Int32) throws(SystemError)
    /// The names in a folder, in any order.
    func names(in folder: Int32) throws(SystemError) -> [String]
    /// What stands under a name.
    func entry(_ name: String, in folder: Int32) throws(SystemError) -> FileEntry
    /// Removes a folder, which must be empty, or anything else.
    func remove(_ name: String, in folder: Int32, isFolder: Bool) throws(SystemError)
    /// Gives an entry another name, which takes the place of what has it.
    func rename(_ name: String, to other: String, in folder: Int32) throws(SystemError)
    /// Gives a file another name beside the one it has; that name must be free.
    func link(_ name: String, to other: String, in folder: Int32) throws(SystemError)
    /// Throws when nothing can be written into a folder.
    func checkWritable(_ folder: Int32) throws(SystemError)

    /// Opens a file without waiting for anybody.
    func openFile(_ name: String, in folder: Int32, _ mode: FileMode) throws(SystemError) -> Int32
    /// What an open file or folder is.
    func entry(of handle: Int32) throws(SystemError) -> FileEntry
    /// Reads on into a buffer and gives how many bytes came, 0 at the end.
    func read(_ handle: Int32, into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int
    /// Writes on, and gives how many bytes went.
    func write(_ handle: Int32, _ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int
    /// Moves the time of a file's last change, where that can be done; may be called beside all other calls.
    func touch(_ handle: Int32)
    /// Makes a file's content, or a folder's entries, durable.
    func sync(_ handle: Int32) throws(SystemError)
    /// Makes durable all that was written so far to the file system that holds an open folder.
    func syncAll(_ handle: Int32) throws(SystemError)
    /// What tells this start of the machine from others; nil where nobody knows it, or where ``syncAll(_:)`` is not to be had.
    var start: String? { get }
    /// Locks an open file or folder until it is unlocked or its process has gone.
    func lock(_ handle: Int32, _ kind: LockKind) throws(SystemError)
    /// Gives up a lock.
    func unlock(_ handle: Int32)
    /// Closes a file or folder.
    func close(_ handle: Int32)

    /// The process at work.
    var process: Int32 { get }
    /// What tells it from all others.
    var identity: ProcessIdentity { get }
    /// Whether this process can see that another is alive.
    func isAlive(_ process: Int32) -> Bool
    /// Whether this process can see that another has gone.
    func hasGone(_ process: ProcessIdentity) -> Bool
}

/// An error number of the operating system.
package struct SystemError: Error, Hashable {
    package let code: Int32

    package init(code: Int32) { self.code = code }
}

/// What a file is opened for.
package enum FileMode {
    /// To read what is there.
    case read
    /// To write a file that must not be there yet.
    case create
    /// To write at the end of a file, made when there is none.
    case append
    /// To lock a file, made when there is none.
    case lock
}

/// How a lock is taken.
package enum LockKind {
    /// Alone, waiting for nobody.
    case alone
    /// Alone, waiting for the others.
    case aloneWaiting
    /// Beside others that do the same, waiting for nobody.
    case shared
}

/// What the system says of a file or folder, and what tells it from others.
package struct FileEntry {
    package let status: FileStatus
    /// Equal for two names, or a name and a handle, of one file.
    package let identity: Identity

    package struct Identity: Hashable, Sendable {
        let device: UInt64
        let number: UInt64

        package init(device: UInt64, number: UInt64) { (self.device, self.number) = (device, number) }
    }

    package init(status: FileStatus, identity: Identity) {
        self.status = status
        self.identity = identity
    }
}
