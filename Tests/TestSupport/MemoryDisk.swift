import FileSystem

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Folders and files in memory, without links, for one process at a time: one that can be made to die between any two changes.
package final class MemoryDisk: FileCalls, @unchecked Sendable {
    private final class Node {
        let number: UInt64
        let isFolder: Bool
        var entries: [String: Node] = [:]
        var bytes: [UInt8] = []
        /// What a loss of power leaves.
        var durableEntries: [String: Node] = [:]
        var durableBytes: [UInt8] = []
        var changed = 0
        var isRemoved = false
        var lone: Int32?
        var sharing: Set<Int32> = []

        init(number: UInt64, isFolder: Bool) { (self.number, self.isFolder) = (number, isFolder) }
    }

    private struct Handle {
        let node: Node
        let mode: FileMode
        var position = 0
    }

    private let root = Node(number: 0, isFolder: true)
    private var count: UInt64 = 0
    private var clock = 1_750_000_000_000_000_000
    private var handles: [Int32: Handle] = [:]
    private var lastHandle: Int32 = 100
    private var changesLeft: Int?
    /// How many bytes may still be written; then the disk is full. What is removed gives nothing back.
    package var bytesLeft = Int.max
    /// The most handles that may be open at a time; more are the system's "too many open files".
    package var mostHandles = Int.max
    /// Whether files can be locked, and have two names.
    package var (hasLocks, hasLinks) = (true, true)
    /// The most bytes that one write may bring; more are the system's "no space left on device".
    package var room = Int.max
    private var isDead = false
    private var starts = 1
    package private(set) var process: Int32 = 1000
    /// How many changes were asked for since the process began: what ``die(after:)`` counts.
    package private(set) var changes = 0

    package init() {}

    /// The folders and files.
    package var disk: Disk { Disk(self) }

    // MARK: - Death

    /// The process dies when it asks for one change more: nothing that it does afterwards has an effect.
    package func die(after changes: Int) { changesLeft = changes }

    /// Another process begins where the one before has gone, with its files and locks; where power was lost, with what was durable. A file system may keep
    /// names, lengths and times that were not made durable, and lose the contents alone: then there are zeros.
    package func restart(losingPower: Bool = false, losingContentsAlone: Bool = false) {
        if losingPower {
            revert(root, losingContentsAlone: losingContentsAlone)
            starts += 1
        }
        for (handle, _) in handles { close(handle) }
        process += 1
        (isDead, changesLeft, changes) = (false, nil, 0)
    }

    private func revert(_ node: Node, losingContentsAlone: Bool) {
        if losingContentsAlone {
            if node.bytes != node.durableBytes { node.bytes = Array(repeating: 0, count: node.bytes.count) }
        } else {
            node.entries = node.durableEntries
            node.bytes = node.durableBytes
        }
        for entry in node.entries.values { revert(entry, losingContentsAlone: losingContentsAlone) }
    }

    /// Counts a change.
    private func change(_ node: Node? = nil) throws(SystemError) {
        try checkAlive()
        if let left = changesLeft {
            guard left > 0 else {
                isDead = true
                throw SystemError(code: EIO)
            }
            changesLeft = left - 1
        }
        changes += 1
        clock += 1
        node?.changed = clock
    }

    private func checkAlive() throws(SystemError) {
        if isDead { throw SystemError(code: EIO) }
    }

    // MARK: - Nodes

    private func make(isFolder: Bool) -> Node {
        count += 1
        let node = Node(number: count, isFolder: isFolder)
        node.changed = clock
        return node
    }

    private func node(_ handle: Int32) throws(SystemError) -> Node {
        try checkAlive()
        guard let found = handles[handle] else { throw SystemError(code: EBADF) }
        return found.node
    }

    private func node(_ name: String, in folder: Int32) throws(SystemError) -> Node {
        let folder = try node(folder)
        if name == "." { return folder }
        guard let found = folder.entries[name] else { throw SystemError(code: ENOENT) }
        return found
    }

    private func node(path: String) throws(SystemError) -> Node {
        try checkAlive()
        var found = root
        for name in path.split(separator: "/") {
            guard found.isFolder else { throw SystemError(code: ENOTDIR) }
            guard let next = found.entries[String(name)] else { throw SystemError(code: ENOENT) }
            found = next
        }
        return found
    }

    private func open(_ node: Node, _ mode: FileMode) throws(SystemError) -> Int32 {
        guard handles.count < mostHandles else { throw SystemError(code: EMFILE) }
        lastHandle += 1
        handles[lastHandle] = Handle(node: node, mode: mode)
        return lastHandle
    }

    private func entry(_ node: Node) -> FileEntry {
        FileEntry(
            status: FileStatus(kind: node.isFolder ? .folder : .file, length: node.bytes.count, changed: node.changed),
            identity: .init(device: 1, number: node.number))
    }

    private func add(_ name: String, to folder: Node, isFolder: Bool) throws(SystemError) -> Node {
        guard !folder.isRemoved else { throw SystemError(code: ENOENT) }
        try change(folder)
        let made = make(isFolder: isFolder)
        folder.entries[name] = made
        // Folders outlive a loss of power, as they do where something in them was synced.
        if isFolder { folder.durableEntries[name] = made }
        return made
    }

    // MARK: - Folders

    package func openFolder(path: String, followsLink: Bool) throws(SystemError) -> Int32 {
        let found = try node(path: path)
        guard found.isFolder else { throw SystemError(code: ENOTDIR) }
        return try open(found, .read)
    }

    package func makeFolder(path: String) throws(SystemError) {
        guard let slash = path.lastIndex(of: "/") else { throw SystemError(code: ENOENT) }
        let above = try node(path: String(path[..<slash]))
        let name = String(path[path.index(after: slash)...])
        guard above.isFolder else { throw SystemError(code: ENOTDIR) }
        guard above.entries[name] == nil else { throw SystemError(code: EEXIST) }
        _ = try add(name, to: above, isFolder: true)
    }

    package func entry(path: String, followsLink: Bool) throws(SystemError) -> FileEntry { entry(try node(path: path)) }

    package func openFolder(_ name: String, in folder: Int32) throws(SystemError) -> Int32 {
        let found = try node(name, in: folder)
        guard found.isFolder else { throw SystemError(code: ENOTDIR) }
        return try open(found, .read)
    }

    package func makeFolder(_ name: String, in folder: Int32) throws(SystemError) {
        let folder = try node(folder)
        guard folder.entries[name] == nil else { throw SystemError(code: EEXIST) }
        _ = try add(name, to: folder, isFolder: true)
    }

    package func names(in folder: Int32) throws(SystemError) -> [String] { Array(try node(folder).entries.keys) }

    package func entry(_ name: String, in folder: Int32) throws(SystemError) -> FileEntry { entry(try node(name, in: folder)) }

    package func remove(_ name: String, in folder: Int32, isFolder: Bool) throws(SystemError) {
        let (above, found) = (try node(folder), try node(name, in: folder))
        guard found.isFolder == isFolder else { throw SystemError(code: isFolder ? ENOTDIR : EISDIR) }
        guard found.entries.isEmpty else { throw SystemError(code: ENOTEMPTY) }
        try change(above)
        above.entries[name] = nil
        found.isRemoved = true
    }

    package func rename(_ name: String, to other: String, in folder: Int32) throws(SystemError) {
        let (above, found) = (try node(folder), try node(name, in: folder))
        if above.entries[other]?.isFolder == true { throw SystemError(code: EISDIR) }
        try change(above)
        above.entries[other]?.isRemoved = true
        above.entries[name] = nil
        above.entries[other] = found
        found.changed = clock
    }

    package func link(_ name: String, to other: String, in folder: Int32) throws(SystemError) {
        let (above, found) = (try node(folder), try node(name, in: folder))
        guard above.entries[other] == nil else { throw SystemError(code: EEXIST) }
        guard hasLinks else { throw SystemError(code: EPERM) }
        try change(above)
        above.entries[other] = found
    }

    package func checkWritable(_ folder: Int32) throws(SystemError) { _ = try node(folder) }

    // MARK: - Files

    package func openFile(_ name: String, in folder: Int32, _ mode: FileMode) throws(SystemError) -> Int32 {
        let above = try node(folder)
        if let found = above.entries[name] {
            guard mode != .create else { throw SystemError(code: EEXIST) }
            guard !found.isFolder || mode == .read else { throw SystemError(code: EISDIR) }
            return try open(found, mode)
        }
        guard mode != .read else { throw SystemError(code: ENOENT) }
        return try open(try add(name, to: above, isFolder: false), mode)
    }

    package func entry(of handle: Int32) throws(SystemError) -> FileEntry { entry(try node(handle)) }

    package func read(_ handle: Int32, into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        let bytes = try node(handle).bytes
        let position = handles[handle]?.position ?? 0
        let part = bytes[min(position, bytes.count)..<min(position + buffer.count, bytes.count)]
        buffer.copyBytes(from: part)
        handles[handle]?.position = position + part.count
        return part.count
    }

    package func write(_ handle: Int32, _ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
        let found = try node(handle)
        guard handles[handle]?.mode != .read else { throw SystemError(code: EBADF) }
        guard bytes.count <= room else { throw SystemError(code: ENOSPC) }
        guard bytesLeft > 0 || bytes.isEmpty else { throw SystemError(code: ENOSPC) }
        try change(found)
        let written = bytes.prefix(bytesLeft)
        bytesLeft -= written.count
        found.bytes.append(contentsOf: written)
        return written.count
    }

    package func touch(_ handle: Int32) {
        guard let found = try? node(handle) else { return }
        clock += 1
        found.changed = clock
    }

    package func sync(_ handle: Int32) throws(SystemError) {
        let found = try node(handle)
        try change()
        found.durableBytes = found.bytes
        found.durableEntries = found.entries
    }

    package func syncAll(_ handle: Int32) throws(SystemError) {
        _ = try node(handle)
        try change()
        func sync(_ node: Node) {
            node.durableBytes = node.bytes
            node.durableEntries = node.entries
            for entry in node.entries.values { sync(entry) }
        }
        sync(root)
    }

    package var start: String? { "start \(starts)" }

    // MARK: - Locks

    package func lock(_ handle: Int32, _ kind: LockKind) throws(SystemError) {
        let found = try node(handle)
        guard hasLocks else { throw SystemError(code: ENOLCK) }
        // Whoever waited here would wait for himself.
        guard found.lone == nil || found.lone == handle, kind == .shared || found.sharing.subtracting([handle]).isEmpty else {
            throw SystemError(code: EWOULDBLOCK)
        }
        if kind == .shared { found.sharing.insert(handle) } else { found.lone = handle }
    }

    package func unlock(_ handle: Int32) {
        guard let found = handles[handle]?.node else { return }
        if found.lone == handle { found.lone = nil }
        found.sharing.remove(handle)
    }

    package func close(_ handle: Int32) {
        unlock(handle)
        handles[handle] = nil
    }

    /// The machine's start: another one is another machine.
    private var boot = "first boot"

    package var identity: ProcessIdentity {
        ProcessIdentity(host: "host of the \(boot)", boot: boot, space: "", process: Int(process), started: 1)
    }

    package func hasGone(_ process: ProcessIdentity) -> Bool {
        process.boot == boot && process.process != Int(self.process)
    }

    /// From now on calls come from a process of another machine, which sees no locks of the first.
    package func move(to boot: String) {
        self.boot = boot
        process += 1
        for handle in handles.values { (handle.node.lone, handle.node.sharing) = (nil, []) }
    }

    /// What is changed from now on has earlier times.
    package func turnClockBack(by nanoseconds: Int) { clock -= nanoseconds }

    package func isAlive(_ process: Int32) -> Bool { process == self.process && !isDead }
}

extension MemoryDisk {
    /// Writes a file past the store, as somebody else or a fault of the disk would: it is durable at once.
    package func put(_ bytes: [UInt8], at path: String) throws {
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        let above = try node(path: String(path[..<slash]))
        let name = String(path[path.index(after: slash)...])
        let file = above.entries[name] ?? make(isFolder: false)
        (above.entries[name], above.durableEntries[name]) = (file, file)
        (file.bytes, file.durableBytes) = (bytes, bytes)
        clock += 1
        file.changed = clock
    }

    /// Makes a file and its entry durable, past the store.
    package func makeDurable(_ path: String) throws {
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        let (above, file) = (try node(path: String(path[..<slash])), try node(path: path))
        above.durableEntries[String(path[path.index(after: slash)...])] = file
        file.durableBytes = file.bytes
    }

    /// Whether there is something.
    package func exists(_ path: String) -> Bool { (try? node(path: path)) != nil }

    /// The bytes of a file.
    package func bytes(at path: String) throws -> [UInt8] { try node(path: path).bytes }
}
