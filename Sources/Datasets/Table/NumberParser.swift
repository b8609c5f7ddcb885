import Settings

/// Reads decimal numbers from bytes.
enum NumberParser {
    /// Why a cell is no number.
    enum Problem: Error {
        case empty
        case notANumber
        /// It says that it is no number, or infinite.
        case notFinite
        /// It is a number that no `Float` can hold.
        case tooLarge
        /// It would be a number with `,` as the decimal separator; `or`: just as well with `,` between thousands.
        case comma(orThousands: Bool)
        /// It would be a number without the `,` between its thousands.
        case thousands
        /// It would be a number without its commas, which do not stand between thousands.
        case grouping
        /// It would be a number if a point stood before the decimals.
        case point
    }

    /// The number that the bytes write in this format.
    static func number(_ bytes: UnsafeRawBufferPointer, _ format: NumberFormat) throws(Problem) -> Double {
        if format.isPlain { return try number(bytes) }
        var trimmed = bytes[...]
        while let first = trimmed.first, isSpace(first) { trimmed = trimmed.dropFirst() }
        while let last = trimmed.last, isSpace(last) { trimmed = trimmed.dropLast() }
        guard let plain = format.plain(UnsafeRawBufferPointer(rebasing: trimmed)) else {
            let text = String(decoding: trimmed, as: UTF8.self)
            if trimmed.contains(UInt8(ascii: ".")), (try? number(UnsafeRawBufferPointer(rebasing: trimmed))) != nil { throw .point }
            throw isWronglyGrouped(text, by: format.thousands.map { Character(UnicodeScalar($0)) }) ? .grouping : .notANumber
        }
        let result: Result<Double, Problem> = plain.withUnsafeBytes { plain in
            do throws(Problem) { return .success(try number(plain)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// The number that the bytes write, spaces around it ignored. One that no `Float` can hold counts as infinite.
    static func number(_ bytes: UnsafeRawBufferPointer) throws(Problem) -> Double {
        var start = 0
        var end = bytes.count
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        if start == end { throw .empty }
        if let number = try plain(bytes, start..<end) { return number }
        return try general(bytes, start..<end)
    }

    // MARK: - Details

    /// Numbers of at most 15 digits and 22 decimals: digits and power of ten are exact, so their quotient is the nearest number. Nil for the others.
    private static func plain(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) throws(Problem) -> Double? {
        var place = range.lowerBound
        let isNegative = bytes[place] == UInt8(ascii: "-")
        if isNegative || bytes[place] == UInt8(ascii: "+") { place += 1 }
        var digits = 0
        var value: UInt64 = 0
        var decimals = 0
        var seenPoint = false
        while place < range.upperBound {
            let byte = bytes[place]
            if byte == UInt8(ascii: "."), !seenPoint {
                seenPoint = true
            } else if byte >= 0x30, byte <= 0x39 {
                value = value * 10 + UInt64(byte - 0x30)
                digits += 1
                if digits > 15 { return nil }
                if seenPoint { decimals += 1 }
            } else {
                return nil
            }
            place += 1
        }
        if digits == 0 { throw .notANumber }
        let magnitude = Double(value) / powersOfTen[decimals]
        return isNegative ? -magnitude : magnitude
    }

    private static let powersOfTen: [Double] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15]

    private static func general(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) throws(Problem) -> Double {
        let text = String(decoding: bytes[range], as: UTF8.self)
        let word = text.lowercased().drop { $0 == "-" || $0 == "+" }
        if ["nan", "inf", "infinity"].contains(word) { throw .notFinite }
        if text.utf8.contains(where: { !isPartOfNumber($0) }) {
            throw problem(of: text)
        }
        guard let number = Double(text) else { throw .notANumber }
        guard abs(number) <= Double(Float.greatestFiniteMagnitude) else { throw .tooLarge }
        return number
    }

    /// What a text with a character that is no part of a number may be all the same.
    private static func problem(of text: String) -> Problem {
        func isNumber(_ format: NumberFormat) -> Bool {
            var text = text
            guard let plain = text.withUTF8({ format.plain(UnsafeRawBufferPointer($0)) }), plain.allSatisfy(isPartOfNumber) else {
                return false
            }
            return Double(String(decoding: plain, as: UTF8.self)) != nil
        }
        let isThousands = isNumber(NumberFormat(thousands: UInt8(ascii: ",")))
        if isNumber(NumberFormat(decimal: UInt8(ascii: ",")))
            || isNumber(NumberFormat(decimal: UInt8(ascii: ","), thousands: UInt8(ascii: ".")))
        {
            return .comma(orThousands: isThousands)
        }
        return isThousands ? .thousands : isWronglyGrouped(text, by: ",") ? .grouping : .notANumber
    }

    /// Whether a text is a number without several of these characters.
    private static func isWronglyGrouped(_ text: String, by character: Character?) -> Bool {
        guard let character, text.count(where: { $0 == character }) > 1, text.first != character, text.last != character else {
            return false
        }
        return Double(text.filter { $0 != character }) != nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte)
            || [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(byte)
    }
}
