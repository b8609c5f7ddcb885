import CNettle

/// SHA-256 (FIPS 180-4), computed by nettle with the processor's own instructions where it has them.
///
///     var hash = SHA256()
///     hash.update(bytes)
///     hash.finalize().hex
///
/// A value: a copy goes on by itself.
public struct SHA256 {
    private var context = sha256_ctx()

    /// The hash of nothing so far.
    public init() {
        nettle_sha256_init(&context)
    }

    /// Takes in further bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        nettle_sha256_update(&context, bytes.count, bytes.bindMemory(to: UInt8.self).baseAddress)
    }

    /// Takes in further bytes.
    public mutating func update(_ bytes: some Sequence<UInt8>) {
        if bytes.withContiguousStorageIfAvailable({ update(UnsafeRawBufferPointer($0)) }) == nil {
            Array(bytes).withUnsafeBytes { update($0) }
        }
    }

    /// The digest of all bytes taken in.
    public func finalize() -> Digest {
        var context = context
        let bytes = [UInt8](unsafeUninitializedCapacity: Digest.length) { buffer, count in
            nettle_sha256_digest(&context, Digest.length, buffer.baseAddress)
            count = Digest.length
        }
        return Digest(bytes: bytes)
    }

    /// The digest of these bytes.
    public static func digest(of bytes: some Sequence<UInt8>) -> Digest {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }

    /// The digest of the text in UTF-8.
    public static func digest(of text: String) -> Digest {
        digest(of: text.utf8)
    }

    /// 32 bytes that stand for any number of them.
    public struct Digest: Hashable, Sendable {
        /// How many bytes a digest has.
        public static let length = 32
        /// The bytes.
        public let bytes: [UInt8]

        /// The bytes as 64 hexadecimal digits in lower case.
        public var hex: String {
            func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
            return String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
                for (place, byte) in bytes.enumerated() {
                    text[2 * place] = digit(byte >> 4)
                    text[2 * place + 1] = digit(byte & 15)
                }
                return 2 * bytes.count
            }
        }
    }
}
