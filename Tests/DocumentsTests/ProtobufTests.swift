import Documents
import Testing

/// The examples of protobuf.dev/programming-guides/encoding, and the ends of ranges.
@Suite struct ProtobufTests {
    static let messages: [(write: @Sendable (inout ProtobufWriter) -> Void, bytes: [UInt8])] = [
        ({ $0.integer(1, 150) }, [0x08, 0x96, 0x01]),
        ({ $0.integer(1, 0) }, [0x08, 0x00]),
        ({ $0.integer(1, 127) }, [0x08, 0x7F]),
        ({ $0.integer(1, -2) }, [0x08, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]),
        ({ $0.integer(1, .max) }, [0x08] + [UInt8](repeating: 0xFF, count: 8) + [0x7F]),
        ({ $0.integer(16, 1) }, [0x80, 0x01, 0x01]),
        ({ $0.text(2, "testing") }, [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6E, 0x67]),
        ({ $0.text(2, "") }, [0x12, 0x00]),
        ({ $0.message(3) { $0.integer(1, 150) } }, [0x1A, 0x03, 0x08, 0x96, 0x01]),
        ({ $0.float(5, 1) }, [0x2D, 0x00, 0x00, 0x80, 0x3F]),
        ({ $0.double(1, -2) }, [0x09, 0, 0, 0, 0, 0, 0, 0, 0xC0]),
        ({ $0.doubles(6, [1, -2]) }, [0x32, 0x10, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0]),
        ({ $0.bytes(4, [UInt8](repeating: 7, count: 200)) }, [0x22, 0xC8, 0x01] + [UInt8](repeating: 7, count: 200)),
    ]

    @Test(arguments: messages.indices) func aFieldHasItsBytes(place: Int) {
        var writer = ProtobufWriter()
        Self.messages[place].write(&writer)
        #expect(writer.bytes == Self.messages[place].bytes)
    }
}
