import Documents
import Synchronization

/// The settings in a record. Of thousands of records hardly any are asked for them, so they are read when they are.
final class RecordedSettings: Hashable, Sendable {
    private enum Content {
        case text([UInt8])
        case tree(JSONValue)
    }

    private let content: Mutex<Content>

    /// Settings that are known.
    init(_ value: JSONValue) { content = Mutex(.tree(value)) }

    /// Settings as they stand in a file whose seal is intact.
    init(bytes: [UInt8]) { content = Mutex(.text(bytes)) }

    /// The canonical trial; null where the text is no JSON, which no seal was ever put on.
    var value: JSONValue {
        content.withLock { content in
            switch content {
            case .tree(let value): return value
            case .text(let bytes):
                let value = (try? JSONValue(parsing: bytes)) ?? .null
                content = .tree(value)
                return value
            }
        }
    }

    static func == (one: RecordedSettings, other: RecordedSettings) -> Bool { one === other || one.value == other.value }

    func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
