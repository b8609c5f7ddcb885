import TestSupport

/// Changes bytes as damage, carelessness and malice do.
struct Mutator {
    var numbers: SeededNumbers

    init(seed: Int) { numbers = SeededNumbers(seed: seed) }

    /// A number below `bound`.
    mutating func number(below bound: Int) -> Int { Int.random(in: 0..<max(bound, 1), using: &numbers) }

    mutating func coin() -> Bool { Bool.random(using: &numbers) }

    mutating func one<Value>(of values: [Value]) -> Value { values[number(below: values.count)] }

    /// A file with one change or a few. `others` lend pieces of theirs; `words` are of the file's language, where it is text: then half of the files stay text,
    /// and get further.
    mutating func changed(_ bytes: [UInt8], among others: [[UInt8]] = [], words: [String] = []) -> [UInt8] {
        var bytes = bytes
        let staysText = !words.isEmpty && coin()
        for _ in 0...(coin() ? 0 : number(below: 4)) {
            if staysText { changeText(&bytes, others, words) } else { change(&bytes, others, words) }
        }
        return bytes
    }

    private mutating func changeText(_ bytes: inout [UInt8], _ others: [[UInt8]], _ words: [String]) {
        switch number(below: 6) {
        case 0: bytes.insert(contentsOf: Array(one(of: words).utf8), at: number(below: bytes.count + 1))
        case 1, 2: replaceNumber(in: &bytes, from: number(below: bytes.count + 1))
        case 3: bytes.removeSubrange(line(of: bytes))
        case 4: bytes.insert(contentsOf: Array(bytes[line(of: bytes)]), at: line(of: bytes).lowerBound)
        default:
            guard !others.isEmpty else { return }
            let other = one(of: others)
            bytes.insert(contentsOf: Array(other[line(of: other)]), at: line(of: bytes).lowerBound)
        }
    }

    /// Where some line stands, with its end.
    private mutating func line(of bytes: [UInt8]) -> Range<Int> {
        let place = number(below: bytes.count)
        let feed = UInt8(ascii: "\n")
        let start = bytes[..<min(place, bytes.count)].lastIndex(of: feed).map { $0 + 1 } ?? 0
        return start..<(bytes[start...].firstIndex(of: feed).map { $0 + 1 } ?? bytes.count)
    }

    private mutating func change(_ bytes: inout [UInt8], _ others: [[UInt8]], _ words: [String]) {
        let place = number(below: bytes.count + 1)
        let rest = bytes.count - place
        let piece = place..<place + min(rest, coin() ? number(below: 16) : number(below: rest + 1))
        switch number(below: 14) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(number(below: 8))
        case 1 where place < bytes.count: bytes[place] = UInt8(number(below: 256))
        case 2: bytes.removeSubrange(place...)
        case 3: bytes.removeSubrange(piece)
        case 4: bytes.insert(contentsOf: Array(bytes[piece]), at: number(below: bytes.count + 1))
        case 5: bytes.insert(contentsOf: (0..<number(below: 12)).map { _ in UInt8(number(below: 256)) }, at: place)
        case 6: bytes.insert(contentsOf: one(of: Self.tokens), at: place)
        case 7 where !words.isEmpty: bytes.insert(contentsOf: Array(one(of: words).utf8), at: place)
        case 8 where !others.isEmpty:
            let other = one(of: others)
            let start = number(below: other.count + 1)
            if coin() {
                bytes.replaceSubrange(place..., with: other[start...])
            } else {
                bytes.insert(contentsOf: other[start..<start + number(below: other.count - start + 1)], at: place)
            }
        case 9: putInteger(into: &bytes, at: place)
        case 10: repeatPiece(piece, in: &bytes)
        case 11, 12, 13: replaceNumber(in: &bytes, from: place)
        default: bytes += one(of: Self.tokens)
        }
    }

    /// Puts an integer of the bounds of its type, lowest byte first, as headers and lengths have them.
    private mutating func putInteger(into bytes: inout [UInt8], at place: Int) {
        let width = one(of: [1, 2, 4, 8])
        let value = one(of: [
            0, 1, -1, -2, Int.max, Int.min, 1 << 31, 1 << 31 - 1, 1 << 32 - 1, 1 << 32, 1 << 40, 0x7fff, 0xffff, 64, number(below: 100_000),
        ])
        for offset in 0..<width where place + offset < bytes.count {
            bytes[place + offset] = UInt8(truncatingIfNeeded: value >> (8 * offset))
        }
    }

    /// A piece again and again, in itself or in a row: deep nesting and long lines are made so.
    private mutating func repeatPiece(_ piece: Range<Int>, in bytes: inout [UInt8]) {
        let text = Array(bytes[piece].prefix(200))
        guard !text.isEmpty else { return }
        let times = one(of: [2, 10, 100, 1000])
        bytes.insert(contentsOf: (0..<times).flatMap { _ in text }, at: piece.lowerBound)
    }

    /// Writes another number in the place of the next one that is written in digits.
    private mutating func replaceNumber(in bytes: inout [UInt8], from place: Int) {
        func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        guard let start = bytes[place...].firstIndex(where: isDigit) ?? bytes.firstIndex(where: isDigit) else { return }
        let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
        bytes.replaceSubrange(start..<end, with: Array(one(of: Self.numbers).utf8))
    }

    private static let numbers = [
        "0", "-0", "-1", "1", "2", "3", "65", "1000", "100000", "4294967295", "4294967296", "2147483647", "2147483648", "-2147483649",
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551616", "1e308", "1e309", "-1e308", "1e-320",
        "5e-324", "1e18", "1e19", "0.5", "0.1", ".5", "1.", "0x10", "1_000", "nan", "NaN", ".nan", "inf", "-inf", ".inf", "Infinity",
        "1e99999999999",
        String(repeating: "9", count: 400),
    ]

    private static let tokens: [[UInt8]] =
        [
            [0], [0xff], [0xfe, 0xff], [0xef, 0xbb, 0xbf], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x80],
            [0x1b, 0x5b, 0x32, 0x4a],
        ]
        + [
            "\n", "\r", "\r\n", "\t", " ", "\"", "'", "\\", "\\u0000", "\\ud800", ",", ";", ":", "{", "}", "[", "]", "-", "%", "#", "=",
            "null", "true",
            "{}", "[]", "\u{2028}", "\u{202e}", "\u{301}", "é", "👩‍👩‍👧", "../", "/",
        ].map { Array($0.utf8) } + [Array(repeating: UInt8(ascii: "["), count: 10_000), Array(repeating: UInt8(ascii: " "), count: 10_000)]
}
