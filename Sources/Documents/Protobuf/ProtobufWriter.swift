/// Writes a message in the wire form of Protocol Buffers (protobuf.dev/programming-guides/encoding), field by field in the order of the calls. A field is
/// written as it is given, also where its value is the default of its type.
public struct ProtobufWriter: Sendable {
    /// The message so far.
    public private(set) var bytes: [UInt8] = []

    /// An empty message.
    public init() {}

    /// How a field's value is laid out, the low three bits of its key.
    private enum Layout: UInt64 {
        case varint = 0
        case eightBytes = 1
        case counted = 2
        case fourBytes = 5
    }

    // MARK: - Fields

    /// An `int32`, `int64`, `uint32`, `uint64`, `bool` or `enum`. Negative numbers take ten bytes.
    public mutating func integer(_ field: Int, _ value: Int) {
        key(field, .varint)
        varint(UInt64(bitPattern: Int64(value)))
    }

    /// A `double`.
    public mutating func double(_ field: Int, _ value: Double) {
        key(field, .eightBytes)
        little(value.bitPattern)
    }

    /// A `float`.
    public mutating func float(_ field: Int, _ value: Float) {
        key(field, .fourBytes)
        little(value.bitPattern)
    }

    /// A `string`.
    public mutating func text(_ field: Int, _ value: String) { bytes(field, value.utf8) }

    /// A `bytes`.
    public mutating func bytes(_ field: Int, _ value: some Collection<UInt8>) {
        key(field, .counted)
        varint(UInt64(value.count))
        bytes += value
    }

    /// A packed `repeated double`.
    public mutating func doubles(_ field: Int, _ values: [Double]) {
        key(field, .counted)
        varint(UInt64(8 * values.count))
        for value in values { little(value.bitPattern) }
    }

    /// A message, whose fields `body` writes.
    public mutating func message(_ field: Int, _ body: (inout ProtobufWriter) -> Void) {
        var inner = ProtobufWriter()
        body(&inner)
        bytes(field, inner.bytes)
    }

    // MARK: - Numbers

    private mutating func key(_ field: Int, _ layout: Layout) { varint(UInt64(field) << 3 | layout.rawValue) }

    /// Seven bits a byte, the lowest first; the high bit says that more follow.
    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private mutating func little(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }
}
