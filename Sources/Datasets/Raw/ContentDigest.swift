import FileSystem

/// SHA-256 of raw content, in a form that does not depend on its container.
///
/// A plain file's digest is that of its bytes. For the members of an archive, in name order, each contributes its name in UTF-8, a zero byte, its length
/// as eight bytes (lowest first) and its bytes; so a repacked archive with the same members has the same digest.
enum ContentDigest {
    static func of(_ bytes: UnsafeRawBufferPointer) -> String {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize().hex
    }

    static func of(_ file: FileBytes) -> String {
        withExtendedLifetime(file) { of(file.bytes) }
    }

    /// The digest of a file's bytes, which are read block by block.
    static func ofFile(at path: String) throws(FileFault) -> String {
        let file = try OpenFile(path: path)
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { block.deallocate() }
        var hash = SHA256()
        while true {
            let count = try file.read(into: block)
            if count == 0 { return hash.finalize().hex }
            hash.update(UnsafeRawBufferPointer(rebasing: block[0..<count]))
        }
    }

    /// The digest of several files with these digests, in order; of one alone its own.
    static func of(files digests: [String]) -> String {
        digests.count == 1 ? digests[0] : of(digests.joined(separator: "\n"))
    }

    static func of(_ text: String) -> String {
        var text = text
        return text.withUTF8 { of(UnsafeRawBufferPointer($0)) }
    }

    /// The digest of members that are in name order.
    static func of(_ members: [RawMember]) -> String {
        var all = Members()
        for member in members { member.bytes.withUnsafeBytes { all.add(member.name, $0) } }
        return all.finished
    }

    /// The digest of members, one after the other.
    struct Members {
        private var hash = SHA256()

        mutating func add(_ name: String, _ bytes: UnsafeRawBufferPointer) {
            var name = name
            name.withUTF8 { hash.update(UnsafeRawBufferPointer($0)) }
            withUnsafeBytes(of: UInt8(0)) { hash.update($0) }
            withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.update($0) }
            hash.update(bytes)
        }

        mutating func add(_ name: String, _ file: FileBytes) { withExtendedLifetime(file) { add(name, file.bytes) } }

        var finished: String {
            var hash = hash
            return hash.finalize().hex
        }
    }
}
