/// The checksum of Castagnoli's polynomial, 0x1EDC6F41, reflected (RFC 3720, appendix B.4).
package enum CRC32C {
    /// What each byte does to the low eight bits.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0x82F6_3B78 : rest >> 1 }
    }

    package static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        table.withUnsafeBufferPointer { table in
            ~bytes.reduce(~UInt32(0)) { rest, byte in rest >> 8 ^ table[Int(UInt8(truncatingIfNeeded: rest) ^ byte)] }
        }
    }

    /// As records carry it: ((c >> 15) | (c << 17)) + 0xa282ead8, so that the checksum of data that hold checksums stays a good one.
    static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
        let sum = of(bytes)
        return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
    }
}
