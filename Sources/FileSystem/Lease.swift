#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file that one process alone could make, and that it touches as long as it is at work. Where locks do not reach, as between two machines, others see by
/// the time of its last change that its maker is alive: whether that time moves, never how old it is, since clocks differ.
///
/// The file stays when the value goes; ``end()`` removes it.
public final class Lease: Sendable {
    /// A lease as others see it.
    public struct Sight: Hashable, Sendable {
        /// What its maker wrote into it.
        public let content: [UInt8]
        /// When it was last renewed, as ``FileStatus/changed`` gives it.
        public let renewed: Int

        package init(content: [UInt8], renewed: Int) { (self.content, self.renewed) = (content, renewed) }
    }

    private let calls: any FileCalls
    private let handle: Int32

    private init(_ calls: any FileCalls, _ handle: Int32) {
        (self.calls, self.handle) = (calls, handle)
    }

    deinit { calls.close(handle) }

    /// Makes the file with this content, whole at once; nil when there is one already.
    public static func take(_ folder: Folder, _ name: String, _ content: [UInt8]) throws(FileFault) -> Lease? {
        let calls = folder.calls
        let temporary = UnfinishedFile.name(for: name, by: calls.process)
        let file = try folder.opened(temporary, .create, for: .write)
        do throws(FileFault) {
            try write(content, into: file)
            do { try calls.link(temporary, to: name, in: folder.handle) } catch {
                try? calls.remove(temporary, in: folder.handle, isFolder: false)
                if error.code == EEXIST { return nil }
                guard [EPERM, EOPNOTSUPP, ENOSYS, EMLINK].contains(error.code) else {
                    throw FileFault(.write, folder.path(of: name), code: error.code)
                }
                return try takeWithoutLinks(folder, name, content)
            }
        } catch {
            try? calls.remove(temporary, in: folder.handle, isFolder: false)
            throw error
        }
        try? calls.remove(temporary, in: folder.handle, isFolder: false)
        return Lease(calls, file.released())
    }

    /// The same on a file system on which no file has two names: for a moment others may see it empty.
    private static func takeWithoutLinks(_ folder: Folder, _ name: String, _ content: [UInt8]) throws(FileFault) -> Lease? {
        let file: OpenFile
        do { file = try folder.opened(name, .create, for: .write) } catch {
            if case .refused(_, EEXIST) = error.reason { return nil }
            throw error
        }
        try write(content, into: file)
        return Lease(folder.calls, file.released())
    }

    private static func write(_ content: [UInt8], into file: OpenFile) throws(FileFault) {
        try content.withUnsafeBufferPointer { (bytes) throws(FileFault) in try file.write(UnsafeRawBufferPointer(bytes)) }
    }

    /// Moves the time of the last change. Nothing happens when that cannot be done: then it is as if the maker had gone.
    public func renew() { calls.touch(handle) }

    /// The lease of this name as it is now; nil when there is none.
    public static func look(_ folder: Folder, _ name: String) throws(FileFault) -> Sight? {
        let file: OpenFile
        // Opened, not only asked for: over a network the times that come without opening may be a minute old.
        do { file = try folder.opened(name, .read, for: .read) } catch {
            if error.isAbsence { return nil }
            throw error
        }
        let status = try file.status(for: .read)
        return Sight(content: try file.bytes(min(status.length, mostBytes)), renewed: status.changed)
    }

    /// Longer leases are of nobody that is known here.
    private static let mostBytes = 4096

    /// Removes the lease that has this content; false when another has come in its place meanwhile.
    @discardableResult
    public static func remove(_ folder: Folder, _ name: String, holding content: [UInt8]) throws(FileFault) -> Bool {
        // Set aside first: whoever looks and then removes may remove what was made in between.
        let aside = UnfinishedFile.name(for: name, by: folder.calls.process)
        do { try folder.calls.rename(name, to: aside, in: folder.handle) } catch {
            if error.code == ENOENT { return true }
            throw FileFault(.remove, folder.path(of: name), code: error.code)
        }
        let isIt = try look(folder, aside)?.content == content
        if !isIt { try? folder.calls.link(aside, to: name, in: folder.handle) }
        try? folder.calls.remove(aside, in: folder.handle, isFolder: false)
        return isIt
    }
}
