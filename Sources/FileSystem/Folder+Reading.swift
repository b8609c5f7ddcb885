#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Folder {
    /// The whole content of a regular file. Links, pipes and the like are refused, and nothing is waited for.
    public func read(_ name: String) throws(FileFault) -> [UInt8] {
        let (descriptor, status) = try opened(name, O_RDONLY, for: .read)
        defer { close(descriptor) }
        let length = Int(status.st_size)
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            while count < length {
                let got = readBytes(descriptor, buffer.baseAddress?.advanced(by: count), length - count)
                if got < 0 {
                    if errno == EINTR { continue }
                    code = errno
                    return
                }
                if got == 0 { return }
                count += got
            }
        }
        guard code == 0 else { throw FileFault(.read, path(of: name), code: code) }
        return bytes
    }

    /// The digest of a regular file's content, read piece by piece.
    public func digest(of name: String) throws(FileFault) -> SHA256.Digest {
        let (descriptor, _) = try opened(name, O_RDONLY, for: .read)
        defer { close(descriptor) }
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let got = readBytes(descriptor, &buffer, buffer.count)
            if got < 0 {
                if errno == EINTR { continue }
                throw FileFault(.read, path(of: name))
            }
            if got == 0 { return hash.finalize() }
            buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<got])) }
        }
    }
}

/// `read(2)`, whose name ``Folder/read(_:)`` hides.
private func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
