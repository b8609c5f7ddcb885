import Documents

/// What a download may leave in place of a table.
private enum Impostor: String {
    case webPage = "a web page"
    case pointer = "a Git LFS pointer"

    init?(_ bytes: UnsafeRawBufferPointer) {
        let start = String(decoding: bytes.prefix(64), as: UTF8.self).drop { $0.isWhitespace || $0 == "\u{feff}" }.lowercased()
        if start.hasPrefix("<!doctype") || start.hasPrefix("<html") {
            self = .webPage
        } else if start.hasPrefix("version https://git-lfs") {
            self = .pointer
        } else {
            return nil
        }
    }

    var help: String {
        switch self {
        case .webPage: "download the file itself, its raw form, not the page that shows it"
        case .pointer: "fetch the file itself: git lfs pull"
        }
    }
}

/// Tells whether a table's bytes are UTF-8 text, and what they look like when they are not.
enum TextEncodingCheck {
    /// Refuses bytes that are no text in UTF-8.
    static func check(_ bytes: UnsafeRawBufferPointer, places: TablePlaces) throws(Diagnostics) {
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) || looksLikeUTF16(bytes) {
            throw Diagnostics(Diagnostic(file: places.file, message: "the file is UTF-16; write it as UTF-8"))
        }
        if let found = Impostor(bytes) {
            throw Diagnostics(
                places.diagnostic("found \(found.rawValue) where a table was expected", lineAt: 0, help: found.help))
        }
        if let zero = bytes.firstIndex(of: 0) {
            throw Diagnostics(
                places.diagnostic(
                    "found a zero byte where text was expected", lineAt: zero, help: "the file is not a table, or it is damaged"))
        }
        let end = bytes.lastIndex { $0 != 0x0a && $0 != 0x0d }
        if let end, bytes[end] == 0x1a {
            throw Diagnostics(
                places.diagnostic(
                    "found a Ctrl-Z (0x1A) behind the last row, by which DOS ended texts", lineAt: end,
                    help: "take it away, such as with tr -d '\\032'"))
        }
        if let place = firstInvalid(bytes) {
            let byte = "0x" + String(bytes[place], radix: 16)
            throw Diagnostics(
                places.diagnostic(
                    "found the byte \(byte), which is not UTF-8; the file looks like Latin-1 or Windows-1252", lineAt: place,
                    help: "write it as UTF-8, such as with iconv -f WINDOWS-1252 -t UTF-8"))
        }
    }

    /// Text of mostly Latin letters has a zero in every other byte.
    private static func looksLikeUTF16(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let start = bytes.prefix(200)
        guard start.count >= 4 else { return false }
        return start.enumerated().count { $0.element == 0 && $0.offset % 2 == 1 } * 10 > start.count * 4
            || start.enumerated().count { $0.element == 0 && $0.offset % 2 == 0 } * 10 > start.count * 4
    }

    /// Where the first byte stands that no UTF-8 text has there.
    private static func firstInvalid(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var place = 0
        let count = bytes.count
        while place < count {
            if place + 8 <= count, bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
                place += 8
                continue
            }
            let lead = bytes[place]
            if lead < 0x80 {
                place += 1
                continue
            }
            let length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
            guard length > 0, place + length <= count else { return place }
            for offset in 1..<length where bytes[place + offset] & 0xc0 != 0x80 { return place }
            let second = bytes[place + 1]
            // Overlong forms, surrogates, and what lies behind the last code point.
            if lead == 0xe0 && second < 0xa0 || lead == 0xed && second > 0x9f || lead == 0xf0 && second < 0x90
                || lead == 0xf4 && second > 0x8f
            {
                return place
            }
            place += length
        }
        return nil
    }
}
