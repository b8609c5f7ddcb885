/// Why a text is not JSON, and at which byte.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The zero-based byte at which reading stopped.
    public let offset: Int
    /// What was expected there.
    public let expected: String

    /// For example `byte 12: expected a value`.
    public var description: String { "byte \(offset): expected \(expected)" }
}

extension JSONValue {
    /// The longest text that is read, in bytes.
    public static let longest = 1 << 28

    /// Reads one JSON value that fills the whole text (RFC 8259). Nesting deeper than 64 is refused, and so is more than ``longest``.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        guard bytes.count <= Self.longest else { throw JSONError(offset: Self.longest, expected: "the end of the file") }
        let result = bytes.withUnsafeBufferPointer { buffer in
            var reader = JSONReader(bytes: buffer)
            return Result { () throws(JSONError) in try reader.document() }
        }
        self = try result.get()
    }

    /// Reads one JSON value that fills the whole text.
    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }
}

/// A member of an object: its value, and the bytes that it stands in.
public struct JSONMember: Hashable, Sendable {
    /// The key.
    public let key: String
    /// The value.
    public let value: JSONValue
    /// Where the value stands, quotes and brackets included.
    public let range: Range<Int>
}

extension JSONValue {
    /// Reads the object that fills the text, but for what stands behind `key`: its bytes are looked at to find their end, and it may be read from them later.
    package static func object(parsing bytes: [UInt8], leaving key: String) throws(JSONError) -> (object: JSONValue, left: Range<Int>?) {
        guard bytes.count <= longest else { throw JSONError(offset: longest, expected: "the end of the file") }
        let result = bytes.withUnsafeBufferPointer { buffer in
            var reader = JSONReader(bytes: buffer)
            reader.leftKey = key
            return Result { () throws(JSONError) in (object: try reader.document(), left: reader.left) }
        }
        return try result.get()
    }

    /// The members of the one object that fills a text: keys, and the texts of the values, which are not looked into. Nil where the text is no object.
    package static func memberTexts(of text: String) -> [(key: String, text: String)]? {
        var text = text
        return text.withUTF8 { buffer in
            var reader = JSONReader(bytes: buffer)
            return try? reader.memberTexts()
        }
    }

    /// The members of the one object that fills the bytes, in their order.
    package static func flatObject(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> [JSONMember] {
        try bytes.withMemoryRebound(to: UInt8.self) { buffer throws(JSONError) in
            var reader = JSONReader(bytes: buffer)
            return try reader.members()
        }
    }
}

/// Reads bytes from left to right; every method leaves `position` behind what it read.
private struct JSONReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    var depth = 0
    /// The member of the outermost object that is passed over.
    var leftKey: String?
    /// Where its value stands.
    var left: Range<Int>?

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func document() throws(JSONError) -> JSONValue {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw failure("the end of the file") }
        return value
    }

    /// The members of an object that fills the whole text.
    mutating func members() throws(JSONError) -> [JSONMember] {
        skipSpace()
        guard current == UInt8(ascii: "{") else { throw failure("an object") }
        var found: [JSONMember] = []
        _ = try object { found.append($0) }
        skipSpace()
        guard position == bytes.count else { throw failure("the end of the line") }
        return found
    }

    /// The members of an object that fills the whole text, with the texts of their values.
    mutating func memberTexts() throws(JSONError) -> [(key: String, text: String)] {
        skipSpace()
        guard current == UInt8(ascii: "{") else { throw failure("an object") }
        try enter()
        var found: [(key: String, text: String)] = []
        if !take(UInt8(ascii: "}")) {
            repeat {
                skipSpace()
                guard current == UInt8(ascii: "\"") else { throw failure("a key in quotes") }
                let key = try string()
                skipSpace()
                guard take(UInt8(ascii: ":")) else { throw failure("\":\"") }
                skipSpace()
                let start = position
                try skipValue()
                found.append((key, try text(UnsafeBufferPointer(rebasing: bytes[start..<position]))))
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw failure("\",\" or \"}\"") }
        }
        skipSpace()
        guard position == bytes.count else { throw failure("the end of the text") }
        return found
    }

    private func failure(_ expected: String) -> JSONError {
        JSONError(offset: position, expected: expected)
    }

    private var current: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipSpace()
        guard let first = current else { throw failure("a value") }
        switch first {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw failure("a value")
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for byte in word.utf8 {
            guard take(byte) else { throw failure("\"\(word)\"") }
        }
        return value
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= 64 else { throw failure("at most 64 levels of nesting") }
        position += 1
        skipSpace()
    }

    private mutating func object(_ visit: ((JSONMember) -> Void)? = nil) throws(JSONError) -> JSONValue {
        try enter()
        var members: [String: JSONValue] = [:]
        if !take(UInt8(ascii: "}")) {
            repeat {
                skipSpace()
                guard current == UInt8(ascii: "\"") else { throw failure("a key in quotes") }
                let key = try string()
                skipSpace()
                guard take(UInt8(ascii: ":")) else { throw failure("\":\"") }
                skipSpace()
                let start = position
                if depth == 1, left == nil, key == leftKey {
                    try skipValue()
                    left = start..<position
                    skipSpace()
                    continue
                }
                let value = try value()
                guard members.updateValue(value, forKey: key) == nil else { throw failure("each key once") }
                visit?(JSONMember(key: key, value: value, range: start..<position))
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw failure("\",\" or \"}\"") }
        }
        depth -= 1
        return .object(members)
    }

    /// Goes behind a value that is not looked into.
    private mutating func skipValue() throws(JSONError) {
        var (open, isText) = (0, false)
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\\") where isText: position += 1
            case UInt8(ascii: "\""): isText.toggle()
            case _ where isText: continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open += 1
                continue
            case UInt8(ascii: "}"), UInt8(ascii: "]"): open -= 1
            default: break
            }
            let isAtEnd = current == UInt8(ascii: ",") || current == UInt8(ascii: "}") || current.map { $0 <= 0x20 } ?? true
            if open == 0, !isText, isAtEnd { return }
        }
        throw failure("the end of a value")
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        if !take(UInt8(ascii: "]")) {
            repeat {
                elements.append(try value())
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "]")) else { throw failure("\",\" or \"]\"") }
        }
        depth -= 1
        return .array(elements)
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        var isWhole = true
        while let byte = current {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"): isWhole = false
            default:
                return try number(from: start, isWhole: isWhole)
            }
            position += 1
        }
        return try number(from: start, isWhole: isWhole)
    }

    private mutating func number(from start: Int, isWhole: Bool) throws(JSONError) -> JSONValue {
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let value = Int(text) { return .integer(value) }
        if let value = Double(text), value.isFinite { return .number(value) }
        position = start
        throw failure("a number")
    }

    // MARK: - Strings

    private mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                defer { position += 1 }
                return try text(UnsafeBufferPointer(rebasing: bytes[start..<position]))
            case UInt8(ascii: "\\"):
                return try escapedString(from: start)
            case 0..<0x20:
                throw failure("an escaped control character")
            default:
                position += 1
            }
        }
        throw failure("the end of a string")
    }

    private func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw failure("UTF-8") }
        return text
    }

    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var collected = Array(bytes[start..<position])
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                let result = collected.withUnsafeBufferPointer { bytes in Result { () throws(JSONError) in try text(bytes) } }
                return try result.get()
            case UInt8(ascii: "\\"): collected.append(contentsOf: String(try escape()).utf8)
            case 0..<0x20: throw failure("an escaped control character")
            default: collected.append(byte)
            }
        }
        throw failure("the end of a string")
    }

    private mutating func escape() throws(JSONError) -> Character {
        guard let byte = current else { throw failure("an escaped character") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return Character(try unicodeScalar())
        default: throw failure("an escaped character")
        }
    }

    private mutating func unicodeScalar() throws(JSONError) -> Unicode.Scalar {
        let first = try hexUnit()
        if let scalar = Unicode.Scalar(UInt32(first)) { return scalar }
        guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw failure("a surrogate pair") }
        let second = try hexUnit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first - 0xD800) << 10) + UInt32(second - 0xDC00))
        else { throw failure("a surrogate pair") }
        return scalar
    }

    private mutating func hexUnit() throws(JSONError) -> UInt16 {
        guard position + 4 <= bytes.count else { throw failure("four hexadecimal digits") }
        var unit: UInt16 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw failure("four hexadecimal digits") }
            unit = unit << 4 | UInt16(digit)
        }
        position += 4
        return unit
    }
}
