import Documents

/// A record's content: a step and what was seen in it, TensorFlow's messages `Event` and `Summary`.
struct Event {
    /// Seconds since 1970.
    let time: Double
    /// Counted from 1.
    let step: Int
    let scalars: [(tag: String, value: Double)]
    var histograms: [(tag: String, histogram: Histogram)] = []

    /// The first record of every file.
    static func opening(at time: Double) -> [UInt8] {
        var event = ProtobufWriter()
        event.double(Field.time, time)
        event.text(Field.fileVersion, "brain.Event:2")
        return event.bytes
    }

    private enum Field {
        static let time = 1
        static let step = 2
        static let fileVersion = 3
        static let summary = 5
    }

    /// Time and step stand first: ``step(in:)`` knows their places.
    var payload: [UInt8] {
        var event = ProtobufWriter()
        event.double(Field.time, time)
        event.integer(Field.step, step)
        event.message(Field.summary) { summary in
            for scalar in scalars {
                summary.message(1) { value in
                    value.text(1, scalar.tag)
                    value.float(2, Float(scalar.value))
                }
            }
            for (tag, histogram) in histograms {
                summary.message(1) { value in
                    value.text(1, tag)
                    value.message(5, histogram.write)
                }
            }
        }
        return event.bytes
    }

    /// The step of an event of ours; nil for the opening one.
    static func step(in payload: ArraySlice<UInt8>) -> Int? {
        // A key of a byte and eight bytes of time; the step's key, and its number.
        let rest = payload.dropFirst(9)
        guard rest.first == UInt8(Field.step << 3) else { return nil }
        var (step, shift) = (UInt64(0), UInt64(0))
        for byte in rest.dropFirst() {
            step |= UInt64(byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 { return Int(truncatingIfNeeded: step) }
        }
        return nil
    }
}
