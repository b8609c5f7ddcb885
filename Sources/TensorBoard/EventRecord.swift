/// The records of an event file, TensorFlow's TFRecord: the payload's length as eight bytes, their masked CRC-32C, the payload, its masked CRC-32C;
/// all numbers little-endian.
enum EventRecord {
    /// Bytes around a payload.
    private static let frame = 16

    /// A payload as a record.
    static func framed(_ payload: [UInt8]) -> [UInt8] {
        let length = little(UInt64(payload.count))
        return length + little(CRC32C.masked(length)) + payload + little(CRC32C.masked(payload))
    }

    /// The whole records at the beginning of a file, and what is in them; what follows a cut or damaged one is left out.
    static func read(_ file: [UInt8]) -> [(record: ArraySlice<UInt8>, payload: ArraySlice<UInt8>)] {
        var records: [(record: ArraySlice<UInt8>, payload: ArraySlice<UInt8>)] = []
        var rest = file[...]
        while rest.count >= frame {
            let length = rest.prefix(8)
            let count = number(length)
            guard number(rest.dropFirst(8).prefix(4)) == UInt64(CRC32C.masked(length)), count <= UInt64(rest.count - frame) else { break }
            let payload = rest.dropFirst(12).prefix(Int(count))
            guard number(rest[payload.endIndex...].prefix(4)) == UInt64(CRC32C.masked(payload)) else { break }
            records.append((rest.prefix(frame + payload.count), payload))
            rest = rest.dropFirst(frame + payload.count)
        }
        return records
    }

    private static func little(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.littleEndian, Array.init) }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
}
