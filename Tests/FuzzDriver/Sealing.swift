import FileSystem

/// The digests of the store's files and of exported models, made anew for what was changed.
enum Sealing {
    private static let mark = Array("\n  \"digest\": \"".utf8)

    static func hasSeal(_ bytes: [UInt8]) -> Bool { place(in: bytes) != nil }

    static func seal(_ bytes: inout [UInt8]) {
        if bytes.starts(with: Array("ABL".utf8)), bytes.count >= 32 {
            bytes.replaceSubrange((bytes.count - 32)..., with: SHA256.digest(of: bytes[..<(bytes.count - 32)]).bytes)
        } else if let place = place(in: bytes) {
            bytes.replaceSubrange(place, with: Array(repeating: UInt8(ascii: "0"), count: 64))
            bytes.replaceSubrange(place, with: Array(SHA256.digest(of: bytes).hex.utf8))
        }
    }

    private static func place(in bytes: [UInt8]) -> Range<Int>? {
        guard let found = bytes.firstRange(of: mark), found.upperBound + 64 <= bytes.count else { return nil }
        return found.upperBound..<found.upperBound + 64
    }
}
