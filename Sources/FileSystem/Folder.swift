#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A folder that is held open. What is done by it is done in this very folder, whatever happens to its path meanwhile, and to names of its own:
/// no link is followed, and no name leads out of it.
public final class Folder {
    /// The path by which it was opened, for messages.
    public let path: String
    let descriptor: Int32

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        close(descriptor)
    }

    /// The folder at `path`. Links on the way are followed; one at its end only when `followsLink`.
    public convenience init(path: String, followsLink: Bool = true) throws(FileFault) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followsLink ? 0 : O_NOFOLLOW))
        guard descriptor >= 0 else {
            let code = errno
            var status = stat()
            if code == ENOTDIR || code == ELOOP, lstat(path, &status) == 0 {
                let kind = FileKind(mode: status.st_mode)
                if kind != .folder { throw FileFault(path: path, reason: .kind(found: kind, expected: .folder)) }
            }
            throw FileFault(.open, path, code: code)
        }
        self.init(descriptor: descriptor, path: path)
    }

    /// Makes the folder at `path` and those above it where they are missing. Links are followed: the path is one that somebody named.
    public static func make(_ path: String) throws(FileFault) {
        if mkdir(path, 0o777) == 0 { return }
        let code = errno
        if code == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try make(String(path[..<slash]))
            if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
        }
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileFault(.makeFolder, path, code: code) }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw FileFault(path: path, reason: .kind(found: FileKind(mode: status.st_mode), expected: .folder))
        }
    }

    /// The path of a name in the folder.
    public func path(of name: String) -> String { path + "/" + name }

    // MARK: - Folders in it

    /// The folder of this name.
    public func folder(_ name: String) throws(FileFault) -> Folder {
        try check(name)
        let descriptor = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(.open, name, expected: .folder) }
        return Folder(descriptor: descriptor, path: path(of: name))
    }

    /// The folder of this name, made when there is none.
    public func makeFolder(_ name: String) throws(FileFault) -> Folder {
        try check(name)
        guard mkdirat(descriptor, name, 0o777) == 0 || errno == EEXIST else { throw FileFault(.makeFolder, path(of: name)) }
        return try folder(name)
    }

    /// Removes the folder of this name when nothing is in it; false when something is.
    @discardableResult
    public func removeFolder(_ name: String) throws(FileFault) -> Bool {
        try check(name)
        if unlinkat(descriptor, name, AT_REMOVEDIR) == 0 || errno == ENOENT { return true }
        guard errno == ENOTEMPTY || errno == EEXIST else { throw FileFault(.remove, path(of: name)) }
        return false
    }

    // MARK: - Names

    /// The names in the folder, sorted.
    public func names() throws(FileFault) -> [String] {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw FileFault(.list, path) }
        guard let directory = fdopendir(copy) else {
            defer { close(copy) }
            throw FileFault(.list, path)
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
        guard errno == 0 else { throw FileFault(.list, path) }
        return names.sorted()
    }

    /// What stands under a name; nil when nothing does.
    public func status(of name: String) throws(FileFault) -> FileStatus? {
        try check(name)
        var found = stat()
        guard fstatat(descriptor, name, &found, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return nil }
            throw FileFault(.open, path(of: name))
        }
        return FileStatus(found)
    }

    /// Whether the name still stands for `other`, and not for one that came in its place.
    public func holds(_ other: Folder, as name: String) -> Bool {
        var open = stat()
        var named = stat()
        return fstat(other.descriptor, &open) == 0 && fstatat(descriptor, name, &named, AT_SYMLINK_NOFOLLOW) == 0
            && open.st_ino == named.st_ino && open.st_dev == named.st_dev
    }

    /// Removes a regular file; what has gone already is no error, anything else than a regular file is.
    public func remove(_ name: String) throws(FileFault) {
        guard let status = try status(of: name) else { return }
        guard status.kind == .file else { throw FileFault(path: path(of: name), reason: .kind(found: status.kind, expected: .file)) }
        guard unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else { throw FileFault(.remove, path(of: name)) }
    }

    /// Throws when nothing can be written into the folder.
    public func checkWritable() throws(FileFault) {
        guard faccessat(descriptor, ".", W_OK | X_OK, 0) == 0 else { throw FileFault(.write, path) }
    }

    /// Makes the folder's entries durable.
    public func sync() throws(FileFault) {
        guard fsync(descriptor) == 0 else { throw FileFault(.sync, path) }
    }

    // MARK: - For the folder's other files

    /// Opens a regular file without waiting for anybody, and gives its descriptor and status.
    func opened(_ name: String, _ flags: Int32, for operation: FileFault.Operation) throws(FileFault) -> (descriptor: Int32, status: stat) {
        try check(name)
        // Without O_NONBLOCK a pipe in place of a file would wait for its other end.
        let opened = openat(descriptor, name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o666)
        guard opened >= 0 else { throw fault(operation, name, expected: .file) }
        var status = stat()
        guard fstat(opened, &status) == 0 else {
            let fault = FileFault(operation, path(of: name))
            close(opened)
            throw fault
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw FileFault(path: path(of: name), reason: .kind(found: FileKind(mode: status.st_mode), expected: .file))
        }
        return (opened, status)
    }

    /// What `errno` says of a name, or that something of another kind than expected stands there.
    private func fault(_ operation: FileFault.Operation, _ name: String, expected: FileKind) -> FileFault {
        let code = errno
        if [ENOTDIR, ELOOP, ENXIO, EISDIR, EOPNOTSUPP].contains(code), let found = (try? status(of: name))?.kind, found != expected {
            return FileFault(path: path(of: name), reason: .kind(found: found, expected: expected))
        }
        return FileFault(operation, path(of: name), code: code)
    }

    func check(_ name: String) throws(FileFault) {
        guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 }) else {
            throw FileFault(.open, path(of: name), code: EINVAL)
        }
    }
}

/// What the file system says of a file without opening it.
public struct FileStatus: Hashable, Sendable {
    /// What it is.
    public let kind: FileKind
    /// Its length in bytes.
    public let length: Int
    /// When its content or its status was last changed, in nanoseconds since 1970. No program can set this time.
    public let changed: Int

    init(_ status: stat) {
        kind = FileKind(mode: status.st_mode)
        length = Int(status.st_size)
        #if canImport(Glibc)
        changed = Int(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int(status.st_ctim.tv_nsec)
        #else
        changed = Int(status.st_ctimespec.tv_sec) &* 1_000_000_000 &+ Int(status.st_ctimespec.tv_nsec)
        #endif
    }
}
