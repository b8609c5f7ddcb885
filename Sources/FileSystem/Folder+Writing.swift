/// Files are written whole: beside their place, synced, renamed. A reader sees the old file or the new one, never a part.
extension Folder {
    /// Writes what `body` appends as the file `name`, and returns what was written. Takes the place of a regular file, of nothing else. The entry is durable
    /// after ``sync()``; without `isSynced` a loss of power may undo it. Nothing stays when `body` throws.
    @discardableResult
    public func write(
        _ name: String, isSynced: Bool = true, _ body: (inout FileSink) throws(FileFault) -> Void
    ) throws(FileFault) -> WrittenFile {
        if let there = try status(of: name), there.kind != .file {
            throw FileFault(path: path(of: name), reason: .kind(found: there.kind, expected: .file))
        }
        let temporary = UnfinishedFile.name(for: name, by: calls.process)
        let unfinished = try opened(temporary, .create, for: .write)
        // So that others see that its writer is alive, where they can.
        try? unfinished.lock(.alone)
        var file = FileSink(unfinished)
        do throws(FileFault) {
            try body(&file)
            if isSynced { try unfinished.sync() }
            try FileFault.of(.rename, path(of: name)) { () throws(SystemError) in try calls.rename(temporary, to: name, in: handle) }
        } catch {
            try? calls.remove(temporary, in: handle, isFolder: false)
            throw error
        }
        unfinished.unlock()
        return WrittenFile(length: file.length, digest: file.hash.finalize(), changed: try status(of: name)?.changed ?? 0)
    }

    /// Writes these bytes as the file `name`.
    @discardableResult
    public func write(_ name: String, _ bytes: [UInt8], isSynced: Bool = true) throws(FileFault) -> WrittenFile {
        try write(name, isSynced: isSynced) { (file: inout FileSink) throws(FileFault) in try file.append(bytes) }
    }

    /// Writes this text as the file `name`, durable at once.
    public func write(_ name: String, text: String) throws(FileFault) {
        try write(name, Array(text.utf8))
        try sync()
    }

    /// Opens a file to write at its end, made when there is none. The descriptor is the caller's to close.
    public func openLog(_ name: String) throws(FileFault) -> Int32 {
        try opened(name, .append, for: .write).released()
    }

    /// Appends text to a file, made when there is none.
    public func append(_ text: String, to name: String) throws(FileFault) {
        var sink = try appending(to: name)
        try sink.append(Array(text.utf8))
    }

    /// A file to append to, made when there is none.
    public func appending(to name: String) throws(FileFault) -> FileSink { FileSink(try opened(name, .append, for: .write)) }

    /// Whether `name` is that of a file whose writer has gone before it was whole.
    public func isLeftOver(_ name: String) -> Bool {
        guard let writer = UnfinishedFile.writer(of: name), (try? status(of: name))?.kind == .file else { return false }
        if let writer, calls.isAlive(writer) { return false }
        // A writer that this process cannot see, on another machine or in another container, holds the file all the same.
        return (try? FileLock.isHeld(self, name)) == .some(false)
    }
}

/// The names of files that are being written: `.writing-PROCESS-RANDOM-NAME`.
public enum UnfinishedFile {
    private static let prefix = ".writing-"

    static func name(for name: String, by process: Int32) -> String {
        "\(prefix)\(process)-\(String(UInt32.random(in: 0...UInt32.max), radix: 16))-\(name.utf8.count > 200 ? "long" : name)"
    }

    /// The process that writes a file of this name; nil inside when the name does not tell, nil when it is no such name.
    static func writer(of name: String) -> Int32?? {
        guard name.hasPrefix(prefix) else { return nil }
        let process = Int32(name.dropFirst(prefix.count).prefix { $0 != "-" }).flatMap { $0 > 0 ? $0 : nil }
        return .some(process)
    }

    /// Whether a file of this name was begun and not finished, by whatever process.
    public static func isOne(_ name: String) -> Bool { name.hasPrefix(prefix) }
}

/// What is known of a file that was just written.
public struct WrittenFile: Hashable, Sendable {
    /// Its length in bytes.
    public let length: Int
    /// The digest of its content.
    public let digest: SHA256.Digest
    /// When its status was last changed, as ``FileStatus/changed`` gives it.
    public let changed: Int
}

/// An open file that grows at its end.
public struct FileSink {
    private let file: OpenFile
    fileprivate private(set) var length = 0
    fileprivate private(set) var hash = SHA256()

    fileprivate init(_ file: OpenFile) { self.file = file }

    /// Appends the values as they lie in memory.
    public mutating func append(_ values: [some BitwiseCopyable]) throws(FileFault) {
        try values.withUnsafeBufferPointer { (buffer) throws(FileFault) in try append(UnsafeRawBufferPointer(buffer)) }
    }

    /// What has been appended so far.
    package var digest: SHA256.Digest { hash.finalize() }

    /// Appends these bytes.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(FileFault) {
        try file.write(bytes)
        hash.update(bytes)
        length += bytes.count
    }
}
