/// Reads what event files of ours hold, with no checksums and no code of the writer's.
package enum EventReader {
    /// The scalars of a file: step, tag and value in their order.
    package static func scalars(_ file: [UInt8]) -> [(step: Int, tag: String, value: Float)] {
        events(file).flatMap { event in
            let step = event.first { $0.field == 2 }?.number ?? 0
            return values(of: event).compactMap { value in
                value.first { $0.field == 2 }.map { (step, tag(of: value), Float(bitPattern: UInt32(truncatingIfNeeded: $0.number))) }
            }
        }
    }

    /// The histograms of a file: step and tag in their order.
    package static func histograms(_ file: [UInt8]) -> [(step: Int, tag: String)] {
        events(file).flatMap { event in
            values(of: event).compactMap { value in
                value.contains { $0.field == 5 } ? (event.first { $0.field == 2 }?.number ?? 0, tag(of: value)) : nil
            }
        }
    }

    private struct Field {
        let field: Int
        /// The value of a number, as its bits.
        var number = 0
        var bytes: [UInt8] = []
    }

    private static func events(_ file: [UInt8]) -> [[Field]] {
        var events: [[Field]] = []
        var place = 0
        while place + 12 <= file.count {
            let length = little(file[place..<place + 8])
            guard place + 16 + length <= file.count else { break }
            events.append(fields(file[place + 12..<place + 12 + length]))
            place += 16 + length
        }
        return events
    }

    private static func values(of event: [Field]) -> [[Field]] {
        event.filter { $0.field == 5 }.flatMap { fields($0.bytes[...]) }.filter { $0.field == 1 }.map { fields($0.bytes[...]) }
    }

    private static func tag(of value: [Field]) -> String { String(decoding: value.first { $0.field == 1 }?.bytes ?? [], as: UTF8.self) }

    private static func little(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reversed().reduce(0) { $0 << 8 | Int($1) } }

    private static func fields(_ message: ArraySlice<UInt8>) -> [Field] {
        var rest = message
        func varint() -> Int {
            var (value, shift) = (0, 0)
            while let byte = rest.popFirst() {
                value |= Int(byte & 0x7F) << shift
                shift += 7
                if byte < 0x80 { break }
            }
            return value
        }
        var fields: [Field] = []
        while !rest.isEmpty {
            let key = varint()
            var field = Field(field: key >> 3)
            switch key & 7 {
            case 0: field.number = varint()
            case 2:
                let count = varint()
                field.bytes = Array(rest.prefix(count))
                rest = rest.dropFirst(field.bytes.count)
            case let layout:
                let count = layout == 1 ? 8 : 4
                // The highest bit of a double is of no interest here.
                field.number = little(rest.prefix(count == 8 ? 7 : 4))
                rest = rest.dropFirst(count)
            }
            fields.append(field)
        }
        return fields
    }
}
