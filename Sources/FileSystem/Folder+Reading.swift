extension Folder {
    /// Opens a regular file to read it piece by piece.
    package func open(_ name: String) throws(FileFault) -> OpenFile { try opened(name, .read, for: .read) }

    /// The whole content of a regular file. Links, pipes and the like are refused, and nothing is waited for.
    public func read(_ name: String) throws(FileFault) -> [UInt8] {
        let file = try opened(name, .read, for: .read)
        return try file.bytes(try file.status(for: .read).length)
    }

    /// The digest of a regular file's content, read piece by piece.
    public func digest(of name: String) throws(FileFault) -> SHA256.Digest {
        let file = try opened(name, .read, for: .read)
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let got = try buffer.withUnsafeMutableBufferPointer { (buffer) throws(FileFault) in
                try file.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            if got == 0 { return hash.finalize() }
            buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<got])) }
        }
    }
}

extension OpenFile {
    /// The next bytes, so many where there are.
    func bytes(_ length: Int) throws(FileFault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: length)
        var count = 0
        try bytes.withUnsafeMutableBufferPointer { (buffer) throws(FileFault) in
            while count < length {
                let got = try read(into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[count...])))
                if got == 0 { return }
                count += got
            }
        }
        if count < length { bytes.removeLast(length - count) }
        return bytes
    }
}
