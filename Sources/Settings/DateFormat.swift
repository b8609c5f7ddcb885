import Documents

/// How dates are written.
public enum DateFormat: Hashable, Sendable {
    /// Year, month and day, as ISO 8601 has them: 2024-05-31, also with / or a point between them, and a time: 2024-05-31T10:30:00Z.
    case yearFirst
    /// Day, month and year: 31.05.2024, 31/5/24 10:30.
    case dayFirst
    /// Month, day and year: 5/31/2024.
    case monthFirst
    /// As a pattern says, in the signs of C's `strptime`: `%d %b %Y`.
    case pattern(String)
}

extension DateFormat {
    /// As a file writes it.
    package var text: String {
        switch self {
        case .yearFirst: "iso"
        case .dayFirst: "day-first"
        case .monthFirst: "month-first"
        case .pattern(let pattern): pattern
        }
    }

    package init(_ text: String) {
        switch text {
        case "iso": self = .yearFirst
        case "day-first": self = .dayFirst
        case "month-first": self = .monthFirst
        default: self = .pattern(text)
        }
    }

    /// A date that was read.
    package struct Reading: Hashable, Sendable {
        /// Seconds since the first of January 1970 began, of UTC where a zone stands, else of whatever clock was meant.
        package var seconds: Double
        /// Whether a time stands behind the day.
        package var hasTime: Bool
        /// Whether a time zone stands behind the time.
        package var isZoned: Bool
    }

    /// The date that a text is.
    package func read(_ text: String) throws(DateProblem) -> Reading {
        var text = text
        // Text of several pieces of memory is made one first.
        text.makeContiguousUTF8()
        var scanner = DateScanner(text)
        switch self {
        case .pattern(let pattern): return try scanner.date(pattern)
        case .yearFirst, .dayFirst, .monthFirst: return try scanner.date(inOrder: self)
        }
    }

    /// What is wrong with a pattern; nil where nothing is.
    var problem: Problem? {
        guard case .pattern(let pattern) = self else { return nil }
        let help = "write iso, day-first, month-first, or a pattern of \(DateScanner.signs.map { "%\($0)" }.joined(separator: " "))"
        var signs: Set<Character> = []
        var isSign = false
        for character in pattern {
            if isSign {
                guard DateScanner.signs.contains(character) else { return Problem("% has the unknown sign \"\(character)\"", help: help) }
                signs.insert(character)
            }
            isSign = character == "%" && !isSign
        }
        let hasYear = !signs.isDisjoint(with: "Yy")
        let hasDay = signs.contains("j") || !signs.isDisjoint(with: "de") && !signs.isDisjoint(with: "mbBh")
        return !isSign && (signs.contains("s") || signs.contains("F") || hasYear && hasDay)
            ? nil : Problem("% does not say where year, month and day stand", help: help)
    }
}

/// Reads the pieces of a date from a text.
struct DateScanner {
    /// The signs that patterns may have.
    static let signs = "YymdejbBhaAHIMSfpzsFT%"
    private let bytes: [UInt8]
    private var place = 0
    private var time = (hour: 0, minute: 0, second: 0.0)
    private var isAfternoon: Bool?
    private var hasTime = false
    /// Seconds by which the text's clock is ahead of UTC.
    private var zone: Double?

    init(_ text: String) { bytes = Array(text.utf8) }

    // MARK: - Orders

    mutating func date(inOrder order: DateFormat) throws(DateProblem) -> DateFormat.Reading {
        let first = try number(1...4)
        guard let separator = peek, "-/.".utf8.contains(separator), first.digits != 3 else { throw .otherForm }
        place += 1
        let second = try number(1...2)
        try expect(separator)
        let third = try number(1...4)
        let (year, month, day) =
            switch order {
            case .dayFirst: (third, second, first)
            case .monthFirst: (third, first, second)
            default: (first, second, third)
            }
        guard month.digits <= 2, day.digits <= 2, year.digits == 4 || year.digits == 2 && order != .yearFirst else { throw .otherForm }
        if place < bytes.count {
            guard skipSpaces() || accept("T") || accept("t") else { throw .otherForm }
            try readTime()
        }
        return try reading(Self.whole(year.value, digits: year.digits), month.value, day.value)
    }

    private mutating func readTime() throws(DateProblem) {
        hasTime = true
        time.hour = try number(1...2).value
        try expect(UInt8(ascii: ":"))
        time.minute = try number(2...2).value
        if accept(":") {
            time.second = Double(try number(2...2).value)
            if accept(".") || accept(",") { time.second += try fraction() }
        }
        _ = skipSpaces()
        try readAfternoon(isNeeded: false)
        _ = skipSpaces()
        if place < bytes.count { try readZone() }
    }

    private mutating func readAfternoon(isNeeded: Bool) throws(DateProblem) {
        let words = ["am": false, "pm": true]
        guard place + 2 <= bytes.count,
            let half = words[String(decoding: bytes[place..<place + 2], as: UTF8.self).lowercased()]
        else {
            if isNeeded { throw .otherForm }
            return
        }
        place += 2
        isAfternoon = half
    }

    private mutating func readZone() throws(DateProblem) {
        if accept("Z") || accept("z") {
            zone = 0
            return
        }
        let isAhead = accept("+")
        guard isAhead || accept("-") else { throw .otherForm }
        let hours = try number(2...2).value
        _ = accept(":")
        let minutes = place < bytes.count ? try number(2...2).value : 0
        guard hours < 24, minutes < 60 else { throw .impossible("there is no such time zone") }
        zone = Double(hours * 3600 + minutes * 60) * (isAhead ? 1 : -1)
    }

    private func reading(_ year: Int, _ month: Int, _ day: Int) throws(DateProblem) -> DateFormat.Reading {
        guard place == bytes.count else { throw .otherForm }
        var hour = time.hour
        if let isAfternoon {
            guard (1...12).contains(hour) else { throw .impossible("there is no such time of day") }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
        let civil = try CivilTime(year: year, month: month, day: day, hour: hour, minute: time.minute, second: time.second)
        return DateFormat.Reading(seconds: civil.seconds - (zone ?? 0), hasTime: hasTime, isZoned: zone != nil)
    }

    /// Years of two digits are those from 1969 to 2068, as POSIX has it.
    private static func whole(_ year: Int, digits: Int) -> Int { digits > 2 ? year : year < 69 ? 2000 + year : 1900 + year }

    // MARK: - Patterns

    mutating func date(_ pattern: String) throws(DateProblem) -> DateFormat.Reading {
        var (year, month, day, dayOfYear): (Int, Int, Int, Int?) = (1970, 1, 1, nil)
        var isSign = false
        for character in pattern.replacing("%F", with: "%Y-%m-%d").replacing("%T", with: "%H:%M:%S") {
            guard isSign else {
                if character == "%" {
                    isSign = true
                } else if character.isWhitespace {
                    _ = skipSpaces()
                } else {
                    for byte in String(character).utf8 { try expect(byte) }
                }
                continue
            }
            isSign = false
            switch character {
            case "Y": year = try number(4...4).value
            case "y": year = Self.whole(try number(2...2).value, digits: 2)
            case "m": month = try number(1...2).value
            case "d", "e":
                _ = skipSpaces()
                day = try number(1...2).value
            case "j": dayOfYear = try number(1...3).value
            case "b", "B", "h": month = try name(among: CivilTime.monthNames) + 1
            case "a", "A": _ = try name(among: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
            case "H", "I":
                hasTime = true
                time.hour = try number(1...2).value
            case "M": time.minute = try number(1...2).value
            case "S": time.second += Double(try number(1...2).value)
            case "f": time.second += try fraction()
            case "p": try readAfternoon(isNeeded: true)
            case "z": try readZone()
            case "s":
                let isBefore = accept("-")
                let seconds = Double(try number(1...12).value) * (isBefore ? -1 : 1)
                guard place == bytes.count else { throw .otherForm }
                guard (-6.2e10..<2.53e11).contains(seconds) else { throw .impossible("that is no year from 1 to 9999") }
                return DateFormat.Reading(seconds: seconds, hasTime: true, isZoned: true)
            default: try expect(UInt8(ascii: "%"))
            }
        }
        if let dayOfYear {
            let length = CivilTime.days(of: 2, in: year) + 337
            guard (1...length).contains(dayOfYear) else { throw .impossible("\(year) has no day \(dayOfYear)") }
            let civil = CivilTime(seconds: try CivilTime(year: year, month: 1, day: 1).seconds + Double(dayOfYear - 1) * 86_400)
            (month, day) = (civil.month, civil.day)
        }
        return try reading(year, month, day)
    }

    /// The place of the name that stands here, whole or its first three letters, in any letter case.
    private mutating func name(among names: [String]) throws(DateProblem) -> Int {
        let word = String(decoding: bytes[place...].prefix { byte in (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a }, as: UTF8.self)
        let found = names.firstIndex { $0.lowercased() == word.lowercased() || $0.prefix(3).lowercased() == word.lowercased() }
        guard let found else { throw .otherForm }
        place += word.utf8.count
        return found
    }

    // MARK: - Pieces

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func accept(_ character: Character) -> Bool {
        guard let byte = peek, character.asciiValue == byte else { return false }
        place += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(DateProblem) {
        guard peek == byte else { throw .otherForm }
        place += 1
    }

    private mutating func skipSpaces() -> Bool {
        let start = place
        while peek == 0x20 || peek == 0x09 { place += 1 }
        return place > start
    }

    /// As many digits as stand here, at most the most.
    private mutating func number(_ length: ClosedRange<Int>) throws(DateProblem) -> (value: Int, digits: Int) {
        let digits = bytes[place...].prefix(length.upperBound).prefix { (0x30...0x39).contains($0) }
        guard length.contains(digits.count) else { throw .otherForm }
        place += digits.count
        return (digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }, digits.count)
    }

    private mutating func fraction() throws(DateProblem) -> Double {
        let digits = bytes[place...].prefix { (0x30...0x39).contains($0) }
        guard (1...9).contains(digits.count) else { throw .otherForm }
        place += digits.count
        return digits.reversed().reduce(0) { ($0 + Double($1 - 0x30)) / 10 }
    }
}
