/// A day of the Gregorian calendar and a time of it, without a time zone.
package struct CivilTime: Hashable, Sendable {
    package let year: Int
    /// From 1.
    package let month: Int
    /// From 1.
    package let day: Int
    package let hour: Int
    package let minute: Int
    /// With its fraction, below 60.
    package let second: Double

    /// A day that there is, and a time of it; else what there is not, in words.
    package init(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Double = 0
    ) throws(DateProblem) {
        guard (1...9999).contains(year) else { throw .impossible("there is no year \(year)") }
        guard (1...12).contains(month) else { throw .impossible("there is no month \(month)") }
        guard (1...Self.days(of: month, in: year)).contains(day) else {
            throw .impossible("there is no day \(day) of \(Self.monthNames[month - 1]) \(year)")
        }
        guard (0..<24).contains(hour), (0..<60).contains(minute), second >= 0, second < 60 else {
            throw .impossible("there is no such time of day")
        }
        (self.year, self.month, self.day, self.hour, self.minute, self.second) = (year, month, day, hour, minute, second)
    }

    /// So many seconds after the first of January 1970 began.
    package init(seconds: Double) {
        let days = (seconds / 86_400).rounded(.down)
        let rest = seconds - days * 86_400
        // Howard Hinnant's days and civil dates: eras of 400 years that begin in March.
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = Int(rest / 3600)
        minute = Int((rest - Double(hour) * 3600) / 60)
        second = rest - Double(hour) * 3600 - Double(minute) * 60
    }

    /// Seconds since the first of January 1970 began; every day has 86,400.
    package var seconds: Double {
        Double(Self.dayNumber(year, month, day)) * 86_400 + Double(hour * 3600 + minute * 60) + second
    }

    /// The day of the week from Monday, 0, to Sunday, 6.
    package var weekday: Int { Self.weekday(of: Self.dayNumber(year, month, day)) }

    /// The day of the year, from 1.
    package var dayOfYear: Int { Self.dayNumber(year, month, day) - Self.dayNumber(year, 1, 1) + 1 }

    /// The week of ISO 8601, from 1 to 53: weeks begin on Monday, and the first is the one that has the year's first Thursday.
    package var week: Int {
        let thursday = Self.dayNumber(year, month, day) - weekday + 3
        let its = CivilTime(seconds: Double(thursday) * 86_400)
        return (its.dayOfYear - 1) / 7 + 1
    }

    /// As ISO 8601 writes it, the time only where it is not midnight.
    package var text: String {
        func padded(_ number: Int, _ width: Int) -> String {
            String(repeating: "0", count: max(width - String(number).count, 0)) + String(number)
        }
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        if hour == 0, minute == 0, second == 0 { return date }
        let whole = Int(second)
        let fraction = second == Double(whole) ? "" : String("\(second - Double(whole))".dropFirst())
        return "\(date)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(whole, 2))\(fraction.contains("e") ? "" : fraction)"
    }

    static func days(of month: Int, in year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    private static func weekday(of day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }

    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

/// Why a text is no date.
package enum DateProblem: Error, Hashable {
    /// It has another form.
    case otherForm
    /// It has the form of one, and there is no such day, in these words.
    case impossible(String)
}
