#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A folder that is held open. What is done by it is done in this very folder, whatever happens to its path meanwhile, and to names of its own:
/// no link is followed, and no name leads out of it.
public final class Folder: Sendable {
    /// The path by which it was opened, for messages.
    public let path: String
    let calls: any FileCalls
    let handle: Int32

    private init(_ calls: any FileCalls, handle: Int32, path: String) {
        self.calls = calls
        self.handle = handle
        self.path = path
    }

    deinit {
        calls.close(handle)
    }

    /// The folder at `path` of a disk. Links on the way are followed; one at its end only when `followsLink`.
    public convenience init(path: String, on disk: Disk = .system, followsLink: Bool = true) throws(FileFault) {
        let calls = disk.calls
        let handle: Int32
        do { handle = try calls.openFolder(path: path, followsLink: followsLink) } catch {
            if error.code == ENOTDIR || error.code == ELOOP, let kind = try? calls.entry(path: path, followsLink: false).status.kind,
                kind != .folder
            {
                throw FileFault(path: path, reason: .kind(found: kind, expected: .folder))
            }
            throw FileFault(.open, path, code: error.code)
        }
        self.init(calls, handle: handle, path: path)
    }

    /// Makes the folder at `path` of a disk and those above it where they are missing. Links are followed: the path is one that somebody named.
    public static func make(_ path: String, on disk: Disk = .system) throws(FileFault) {
        let calls = disk.calls
        var code: Int32 = 0
        do { return try calls.makeFolder(path: path) } catch { code = error.code }
        if code == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try make(String(path[..<slash]), on: disk)
            do { return try calls.makeFolder(path: path) } catch { if error.code == EEXIST { return } }
        }
        guard let found = try? calls.entry(path: path, followsLink: true).status.kind else {
            throw FileFault(.makeFolder, path, code: code)
        }
        guard found == .folder else { throw FileFault(path: path, reason: .kind(found: found, expected: .folder)) }
    }

    /// The process at work.
    public var process: ProcessIdentity { calls.identity }

    /// Whether this process can see that another has gone.
    public func hasGone(_ process: ProcessIdentity) -> Bool { calls.hasGone(process) }

    /// The path of a name in the folder.
    public func path(of name: String) -> String { path + "/" + name }

    // MARK: - Folders in it

    /// The folder of this name.
    public func folder(_ name: String) throws(FileFault) -> Folder {
        try check(name)
        do { return Folder(calls, handle: try calls.openFolder(name, in: handle), path: path(of: name)) } catch {
            throw fault(.open, name, error.code, expected: .folder)
        }
    }

    /// The folder of this name, made when there is none.
    public func makeFolder(_ name: String) throws(FileFault) -> Folder {
        try check(name)
        do { try calls.makeFolder(name, in: handle) } catch {
            guard error.code == EEXIST else { throw FileFault(.makeFolder, path(of: name), code: error.code) }
        }
        return try folder(name)
    }

    /// Removes the folder of this name when nothing is in it; false when something is.
    @discardableResult
    public func removeFolder(_ name: String) throws(FileFault) -> Bool {
        try check(name)
        do { try calls.remove(name, in: handle, isFolder: true) } catch {
            switch error.code {
            case ENOENT: return true
            case ENOTEMPTY, EEXIST: return false
            default: throw FileFault(.remove, path(of: name), code: error.code)
            }
        }
        return true
    }

    // MARK: - Names

    /// The names in the folder, sorted.
    public func names() throws(FileFault) -> [String] {
        try FileFault.of(.list, path) { () throws(SystemError) in try calls.names(in: handle) }.sorted()
    }

    /// What stands under a name; nil when nothing does.
    public func status(of name: String) throws(FileFault) -> FileStatus? { try entry(name)?.status }

    func entry(_ name: String) throws(FileFault) -> FileEntry? {
        try check(name)
        do { return try calls.entry(name, in: handle) } catch {
            if error.code == ENOENT { return nil }
            throw FileFault(.open, path(of: name), code: error.code)
        }
    }

    /// Whether the name still stands for `other`, and not for one that came in its place.
    public func holds(_ other: Folder, as name: String) -> Bool { holds(other.handle, as: name) }

    func holds(_ other: Int32, as name: String) -> Bool {
        guard let open = try? calls.entry(of: other), let named = try? calls.entry(name, in: handle) else { return false }
        return open.identity == named.identity
    }

    /// Removes a regular file; what has gone already is no error, anything else than a regular file is.
    public func remove(_ name: String) throws(FileFault) {
        guard let status = try status(of: name) else { return }
        guard status.kind == .file else { throw FileFault(path: path(of: name), reason: .kind(found: status.kind, expected: .file)) }
        do { try calls.remove(name, in: handle, isFolder: false) } catch {
            guard error.code == ENOENT else { throw FileFault(.remove, path(of: name), code: error.code) }
        }
    }

    /// Throws when nothing can be written into the folder.
    public func checkWritable() throws(FileFault) {
        try FileFault.of(.write, path) { () throws(SystemError) in try calls.checkWritable(handle) }
    }

    /// Makes the folder's entries durable.
    public func sync() throws(FileFault) {
        try FileFault.of(.sync, path) { () throws(SystemError) in try calls.sync(handle) }
    }

    /// Makes durable all that was written so far to the file system on which the folder lies: for many small files far quicker than one after the other.
    public func syncAll() throws(FileFault) {
        try FileFault.of(.sync, path) { () throws(SystemError) in try calls.syncAll(handle) }
    }

    // MARK: - For the folder's other files

    /// Opens a regular file without waiting for anybody.
    func opened(_ name: String, _ mode: FileMode, for operation: FileFault.Operation) throws(FileFault) -> OpenFile {
        try check(name)
        let opened: OpenFile
        do { opened = OpenFile(calls, try calls.openFile(name, in: handle, mode), path: path(of: name)) } catch {
            throw fault(operation, name, error.code, expected: .file)
        }
        let kind = try opened.status(for: operation).kind
        guard kind == .file else { throw FileFault(path: path(of: name), reason: .kind(found: kind, expected: .file)) }
        return opened
    }

    /// What an error number says of a name, or that something of another kind than expected stands there.
    private func fault(_ operation: FileFault.Operation, _ name: String, _ code: Int32, expected: FileKind) -> FileFault {
        if [ENOTDIR, ELOOP, ENXIO, EISDIR, EOPNOTSUPP].contains(code), let found = (try? status(of: name))?.kind, found != expected {
            return FileFault(path: path(of: name), reason: .kind(found: found, expected: expected))
        }
        return FileFault(operation, path(of: name), code: code)
    }

    private func check(_ name: String) throws(FileFault) {
        guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 }) else {
            throw FileFault(.open, path(of: name), code: EINVAL)
        }
    }
}
