import Documents
import FileSystem

/// A file of JSON that carries the digest of its own text, so that a changed byte is noticed: the member `digest` of the outermost object holds the
/// SHA-256 of the whole file with 64 zeros in its place.
package enum Seal {
    private static let key = "digest"
    private static let blank = Array(repeating: UInt8(ascii: "0"), count: 2 * SHA256.Digest.length)
    /// How the member stands in a text whose objects are indented by two: deeper ones are indented by more, and no string holds a line feed.
    private static let mark = Array("\n  \"\(key)\": \"".utf8)

    /// The object's text with its seal.
    package static func sealed(_ members: [String: JSONValue]) -> [UInt8] {
        var members = members
        members[key] = .string(String(decoding: blank, as: UTF8.self))
        var bytes = Array((JSONValue.object(members).prettyText + "\n").utf8)
        if let place = place(in: bytes) { bytes.replaceSubrange(place, with: SHA256.digest(of: bytes).hex.utf8) }
        return bytes
    }

    /// Whether the text is as it was sealed; nil for a text without a seal.
    package static func isIntact(_ bytes: [UInt8]) -> Bool? {
        guard let place = place(in: bytes) else { return nil }
        var hash = SHA256()
        hash.update(bytes[..<place.lowerBound])
        hash.update(blank)
        hash.update(bytes[place.upperBound...])
        return bytes[place].elementsEqual(hash.finalize().hex.utf8)
    }

    /// Where the digits of the seal stand.
    private static func place(in bytes: [UInt8]) -> Range<Int>? {
        let last = bytes.count - mark.count - blank.count
        guard last >= 0 else { return nil }
        let start = bytes.withUnsafeBufferPointer { bytes in
            (0...last).first { start in bytes[start] == mark[0] && mark.indices.allSatisfy { bytes[start + $0] == mark[$0] } }
        }
        return start.map { $0 + mark.count..<$0 + mark.count + blank.count }
    }
}
