import CSync

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The operating system.
final class SystemCalls: FileCalls {
    /// The result of a call, made again as long as a signal interrupts it.
    private func call<Result: SignedInteger>(_ body: () -> Result) throws(SystemError) -> Result {
        while true {
            let result = body()
            if result >= 0 { return result }
            if errno != EINTR { throw SystemError(code: errno) }
        }
    }

    func openFolder(path: String, followsLink: Bool) throws(SystemError) -> Int32 {
        try call { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followsLink ? 0 : O_NOFOLLOW)) }
    }

    func makeFolder(path: String) throws(SystemError) { _ = try call { mkdir(path, 0o777) } }

    func entry(path: String, followsLink: Bool) throws(SystemError) -> FileEntry {
        var status = stat()
        _ = try call { followsLink ? stat(path, &status) : lstat(path, &status) }
        return FileEntry(status)
    }

    func openFolder(_ name: String, in folder: Int32) throws(SystemError) -> Int32 {
        try call { openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
    }

    func makeFolder(_ name: String, in folder: Int32) throws(SystemError) { _ = try call { mkdirat(folder, name, 0o777) } }

    func names(in folder: Int32) throws(SystemError) -> [String] {
        let copy = try openFolder(".", in: folder)
        guard let directory = fdopendir(copy) else {
            let code = errno
            close(copy)
            throw SystemError(code: code)
        }
        defer { closedir(directory) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw SystemError(code: errno) }
        return names
    }

    func entry(_ name: String, in folder: Int32) throws(SystemError) -> FileEntry {
        var status = stat()
        _ = try call { fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) }
        return FileEntry(status)
    }

    func remove(_ name: String, in folder: Int32, isFolder: Bool) throws(SystemError) {
        _ = try call { unlinkat(folder, name, isFolder ? Int32(AT_REMOVEDIR) : 0) }
    }

    func rename(_ name: String, to other: String, in folder: Int32) throws(SystemError) {
        _ = try call { renameat(folder, name, folder, other) }
    }

    func link(_ name: String, to other: String, in folder: Int32) throws(SystemError) {
        _ = try call { linkat(folder, name, folder, other, 0) }
    }

    func checkWritable(_ folder: Int32) throws(SystemError) { _ = try call { faccessat(folder, ".", W_OK | X_OK, 0) } }

    /// Opens a file by its path to read it, following links, without waiting for anybody.
    func openFile(path: String) throws(SystemError) -> Int32 { try call { open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) } }

    func openFile(_ name: String, in folder: Int32, _ mode: FileMode) throws(SystemError) -> Int32 {
        let flags =
            switch mode {
            case .read: O_RDONLY
            case .create: O_WRONLY | O_CREAT | O_EXCL
            case .append: O_WRONLY | O_CREAT | O_APPEND
            case .lock: O_RDWR | O_CREAT
            }
        // Without O_NONBLOCK a pipe in place of a file would wait for its other end.
        return try call { openat(folder, name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o666) }
    }

    func entry(of handle: Int32) throws(SystemError) -> FileEntry {
        var status = stat()
        _ = try call { fstat(handle, &status) }
        return FileEntry(status)
    }

    func read(_ handle: Int32, into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        #if canImport(Glibc)
        try call { Glibc.read(handle, buffer.baseAddress, buffer.count) }
        #else
        try call { Darwin.read(handle, buffer.baseAddress, buffer.count) }
        #endif
    }

    func write(_ handle: Int32, _ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
        #if canImport(Glibc)
        try call { Glibc.write(handle, bytes.baseAddress, bytes.count) }
        #else
        try call { Darwin.write(handle, bytes.baseAddress, bytes.count) }
        #endif
    }

    func touch(_ handle: Int32) { futimens(handle, nil) }

    func sync(_ handle: Int32) throws(SystemError) { _ = try call { fsync(handle) } }

    #if os(Linux)
    func syncAll(_ handle: Int32) throws(SystemError) { _ = try call { syncfs(handle) } }

    /// Read once: the process does not outlive it.
    let start = SystemCalls.readStart()

    static func readStart() -> String? {
        let file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { Glibc.close(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = Glibc.read(file, &bytes, bytes.count)
        let line = String(decoding: bytes.prefix(max(0, count)).prefix { $0 > 0x20 }, as: UTF8.self)
        return line.isEmpty ? nil : line
    }
    #else
    func syncAll(_ handle: Int32) throws(SystemError) { throw SystemError(code: ENOTSUP) }

    let start: String? = nil

    static func readStart() -> String? { nil }
    #endif

    func lock(_ handle: Int32, _ kind: LockKind) throws(SystemError) {
        let operation =
            switch kind {
            case .alone: LOCK_EX | LOCK_NB
            case .aloneWaiting: LOCK_EX
            case .shared: LOCK_SH | LOCK_NB
            }
        _ = try call { flock(handle, operation) }
    }

    func unlock(_ handle: Int32) { flock(handle, LOCK_UN) }

    func close(_ handle: Int32) {
        #if canImport(Glibc)
        Glibc.close(handle)
        #else
        Darwin.close(handle)
        #endif
    }

    var process: Int32 { getpid() }

    var identity: ProcessIdentity { .own }

    func isAlive(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno != ESRCH }

    func hasGone(_ process: ProcessIdentity) -> Bool { process.hasGone(asSeenBy: identity) }
}

extension FileEntry {
    fileprivate init(_ status: stat) {
        self.init(
            status: FileStatus(status),
            identity: Identity(device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino)))
    }
}
