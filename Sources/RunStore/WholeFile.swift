#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes files whole: beside their place, synced, renamed. A reader sees the old file or the new one, never a part.
public enum WholeFile {
    /// What the names of files that are being written begin with; one that stays behind is garbage.
    public static let temporaryPrefix = ".writing-"

    /// Whether `name` is that of a file that was being written by a process that has gone.
    static func isLeftOver(_ name: String) -> Bool {
        guard name.hasPrefix(temporaryPrefix) else { return false }
        guard let writer = pid_t(name.dropFirst(temporaryPrefix.count).prefix { $0 != "-" }) else { return true }
        return writer <= 0 || kill(writer, 0) != 0 && errno == ESRCH
    }

    /// Writes `bytes` to `path`; the folder's entry is durable after ``syncFolder(of:)``. Without `isSynced` a loss of power may undo it.
    public static func write(_ bytes: [UInt8], to path: String, isSynced: Bool = true) throws(StoreError) {
        try write(to: path, isSynced: isSynced) { (file: inout FileSink) throws(StoreError) in
            try file.append(bytes)
        }
    }

    /// Writes `text` to `path` as UTF-8, with the folder synced.
    public static func write(text: String, to path: String) throws(StoreError) {
        try write(Array(text.utf8), to: path)
        try syncFolder(of: path)
    }

    /// Makes the folder's entry of `path` durable.
    public static func syncFolder(of path: String) throws(StoreError) {
        try Files.sync(folder: path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".")
    }

    /// Writes what `body` appends to `path`; returns the length in bytes. Nothing stays when `body` throws.
    @discardableResult
    static func write(to path: String, isSynced: Bool = true, _ body: (inout FileSink) throws(StoreError) -> Void) throws(StoreError) -> Int
    {
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let temporary = "\(path[..<slash])\(temporaryPrefix)\(getpid())-\(path[slash...])"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw Files.failure("write", path) }
        var file = FileSink(descriptor: descriptor, path: path)
        do throws(StoreError) {
            defer { close(descriptor) }
            try body(&file)
            guard !isSynced || fsync(descriptor) == 0 else { throw Files.failure("sync", path) }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let failure = Files.failure("rename to", path)
            unlink(temporary)
            throw failure
        }
        return file.length
    }
}

/// An open file that grows at its end.
struct FileSink {
    let descriptor: Int32
    let path: String
    private(set) var length = 0

    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    /// Appends the values as they lie in memory.
    mutating func append(_ values: [some BitwiseCopyable]) throws(StoreError) {
        try values.withUnsafeBufferPointer { (buffer) throws(StoreError) in try append(UnsafeRawBufferPointer(buffer)) }
    }

    private mutating func append(_ bytes: UnsafeRawBufferPointer) throws(StoreError) {
        var rest = bytes
        while !rest.isEmpty {
            let written = write(descriptor, rest.baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                throw Files.failure("write", path)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
        length += bytes.count
    }
}
