/// A file that is open, and closed with the value.
package final class OpenFile {
    let handle: Int32
    /// The path, for messages.
    package let path: String
    private let calls: any FileCalls
    private var isOpen = true

    init(_ calls: any FileCalls, _ handle: Int32, path: String) {
        self.calls = calls
        self.handle = handle
        self.path = path
    }

    /// Opens a file of the system's disk to read it. Links are followed: the path is one that somebody named. A pipe or device, whose opening might wait
    /// for ever, is refused.
    package convenience init(path: String) throws(FileFault) {
        let calls = SystemCalls()
        self.init(calls, try FileFault.of(.open, path) { () throws(SystemError) in try calls.openFile(path: path) }, path: path)
        let kind = try status(for: .open).kind
        guard kind == .file else { throw FileFault(path: path, reason: .kind(found: kind, expected: .file)) }
    }

    deinit {
        if isOpen { calls.close(handle) }
    }

    /// What the file is.
    func status(for operation: FileFault.Operation) throws(FileFault) -> FileStatus { try entry(for: operation).status }

    func entry(for operation: FileFault.Operation) throws(FileFault) -> FileEntry {
        try FileFault.of(operation, path) { () throws(SystemError) in try calls.entry(of: handle) }
    }

    /// Its length in bytes.
    package var length: Int { get throws(FileFault) { try status(for: .read).length } }

    /// Reads on until the buffer is full; false when the file ends before.
    package func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Bool {
        var rest = buffer
        while !rest.isEmpty {
            let count = try read(into: rest)
            if count == 0 { return false }
            rest = UnsafeMutableRawBufferPointer(rebasing: rest[count...])
        }
        return true
    }

    /// Reads on into the buffer and gives how many bytes came, 0 at the file's end.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        try FileFault.of(.read, path) { () throws(SystemError) in try calls.read(handle, into: buffer) }
    }

    /// Writes all bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws(FileFault) {
        var rest = bytes
        while !rest.isEmpty {
            let written = try FileFault.of(.write, path) { () throws(SystemError) in try calls.write(handle, rest) }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
    }

    /// Makes the content durable.
    func sync() throws(FileFault) {
        try FileFault.of(.sync, path) { () throws(SystemError) in try calls.sync(handle) }
    }

    /// Takes a lock.
    func lock(_ kind: LockKind) throws(SystemError) { try calls.lock(handle, kind) }

    /// Unlocks.
    func unlock() { calls.unlock(handle) }

    /// The handle, which is the caller's to close from here on.
    func released() -> Int32 {
        isOpen = false
        return handle
    }
}
