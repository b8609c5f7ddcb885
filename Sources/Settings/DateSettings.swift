import Documents

/// What becomes of a column of dates, with or without times.
public struct DateSettings: Hashable, Sendable {
    /// How they are written; nil: found out from the column.
    public var format: DateFormat?
    /// Parts that are numbers.
    public var parts: [DatePart]
    /// Parts that come round again, as a sine and a cosine each.
    public var cyclic: [DatePart]
    /// The day, in ISO 8601, from which days are counted, with the fraction that a time is; nil: they are not.
    public var since: String?
    /// How the parts and the days are scaled, without a logarithm.
    public var scale: Scale

    /// Features of dates; without parts, cyclic ones or a day to count from there are none.
    public init(
        format: DateFormat? = nil, parts: [DatePart] = [], cyclic: [DatePart] = [], since: String? = nil, scale: Scale = .none
    ) {
        self.format = format
        self.parts = parts
        self.cyclic = cyclic
        self.since = since
        self.scale = scale
    }
}

/// A part of a date.
public enum DatePart: String, Hashable, Sendable, Codable, CaseIterable {
    case year, quarter, month, week, day, weekday
    case dayOfYear = "day_of_year"
    case hour, minute, second
}

extension DatePart {
    /// The part of this time.
    package func number(of time: CivilTime) -> Int {
        switch self {
        case .year: time.year
        case .quarter: (time.month - 1) / 3 + 1
        case .month: time.month
        case .week: time.week
        case .day: time.day
        case .weekday: time.weekday
        case .dayOfYear: time.dayOfYear
        case .hour: time.hour
        case .minute: time.minute
        case .second: Int(time.second)
        }
    }

    /// The lowest number, and how many steps it takes until it comes round again; nil for years.
    package var circle: (first: Int, length: Int)? {
        switch self {
        case .year: nil
        case .quarter: (1, 4)
        case .month: (1, 12)
        case .week: (1, 53)
        case .day: (1, 31)
        case .weekday: (0, 7)
        case .dayOfYear: (1, 366)
        case .hour: (0, 24)
        case .minute, .second: (0, 60)
        }
    }
}

// MARK: - In the file

extension DatePart {
    fileprivate static let schema = Schema<DatePart>.enumeration(
        "part of a date",
        [
            Choosable("year", .year, doc: "The year."), Choosable("quarter", .quarter, doc: "1 to 4."),
            Choosable("month", .month, doc: "1 to 12."),
            Choosable("week", .week, doc: "1 to 53, the week of ISO 8601, which begins on Monday."),
            Choosable("day", .day, doc: "The day of the month, 1 to 31."),
            Choosable("weekday", .weekday, aliases: ["day_of_week"], doc: "0, Monday, to 6, Sunday."),
            Choosable("day_of_year", .dayOfYear, doc: "1 to 366."), Choosable("hour", .hour, doc: "0 to 23."),
            Choosable("minute", .minute, doc: "0 to 59."), Choosable("second", .second, doc: "0 to 59, without its fraction."),
        ])
}

extension DateSettings {
    private static let plain = DateSettings()

    static let formatField = Field<DateSettings, DateFormat?>(
        optional: "format", \.format,
        Schema<String>.text("iso, day-first, month-first or a pattern").checked { DateFormat($0).problem }.mapped(
            to: { DateFormat($0) }, from: \.text),
        doc:
            "How the dates are written, iso, day-first, month-first or a pattern such as %d.%m.%Y %H:%M; when it is missing, the cells must tell."
    )

    static let partsField = Field<DateSettings, [DatePart]>(
        "parts", \.parts, .list(of: DatePart.schema), unlessWritten: plain.parts, doc: "Parts that are features, such as [year, month]")

    static let cyclicField = Field<DateSettings, [DatePart]>(
        "cyclic", \.cyclic, .list(of: DatePart.schema), unlessWritten: plain.cyclic,
        doc: "Parts that come round again, such as [month, weekday]: the sine and the cosine of 2π (part − lowest) / length each")

    static let sinceField = Field<DateSettings, String?>(
        optional: "since", \.since,
        Schema<String>.text("date").checked { text in
            (try? DateFormat.yearFirst.read(text)) == nil
                ? Problem("% must be a date, found \"\(text)\"", help: "write it as 2020-01-31") : nil
        },
        doc: "The day from which days are counted, such as 2020-01-01; a time is a fraction of its day.")

    static let scaleField = Field<DateSettings, Scale>(
        "scale", \.scale, Scale.linearSchema, unlessWritten: plain.scale,
        doc: "How parts and days are scaled, by figures of the rows that the column is fitted on")

    var problem: Problem? {
        if let year = cyclic.first(where: { $0.circle == nil }) {
            return Problem("a \(year.rawValue) does not come round again", help: "name it under parts", at: "cyclic")
        }
        for (key, list) in [("parts", parts), ("cyclic", cyclic)] {
            var seen: Set<DatePart> = []
            if let twice = list.first(where: { !seen.insert($0).inserted }) {
                return Problem("\(key) has \(twice.rawValue) twice", help: "name each part once", at: key)
            }
        }
        return parts.isEmpty && cyclic.isEmpty && since == nil
            ? Problem("% gives no feature", help: "write parts: [year], cyclic: [month, weekday], since: 2020-01-01, or several of them")
            : nil
    }
}
