import Documents
import Settings

/// How the dates of a column are read.
struct DateReading: Hashable {
    let format: DateFormat
    /// Whether a time zone stands behind each; nil: either way.
    let isZoned: Bool?
}

/// A column of cells read as dates.
struct DateCells {
    /// Seconds since the first of January 1970 began, of UTC where time zones stand; not a number for an empty cell.
    var seconds: [Double] = []
    let reading: DateReading
    /// The first cell that tells the order of days and months, where that was found out.
    private var telling: String?

    /// Reads a column; without a `format` it must be plain from the cells.
    init(table: Table, column: Int, format: DateFormat?, isEmptyAllowed: Bool) throws(Diagnostics) {
        let own = table.withCells(of: column)
        if let format {
            try self.init(
                table: own.table, column: own.column, reading: DateReading(format: format, isZoned: nil), isEmptyAllowed: isEmptyAllowed)
            return
        }
        var order = DateOrderSearch()
        for row in 0..<own.table.rowCount where !own.table.isEmpty(own.table[row, own.column]) {
            order.add(try own.table.trimmedText(row: row, column: own.column), row: row)
        }
        if let row = order.ambiguousRow {
            let text = TablePlaces.shown(try own.table.trimmedText(row: row, column: own.column))
            throw Diagnostics(
                own.table.diagnostic(
                    "found \"\(text)\" in the column \"\(own.table.columns[own.column])\", whose cells do not tell whether the day or the month stands first",
                    row: row, column: own.column, help: "say so: format: day-first, or format: month-first"))
        }
        try self.init(
            table: own.table, column: own.column, reading: DateReading(format: order.format, isZoned: nil), isEmptyAllowed: isEmptyAllowed)
        telling = order.tellingText
    }

    /// Reads a column as it was read before.
    init(table: Table, column: Int, reading: DateReading, isEmptyAllowed: Bool) throws(Diagnostics) {
        let (table, column) = table.withCells(of: column)
        var isZoned = reading.isZoned
        var known: [String: Double] = [:]
        var findings = CellFindings()
        seconds.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount {
            let isEmpty = table.isEmpty(table[row, column])
            let text = try table.trimmedText(row: row, column: column)
            if isEmpty {
                if !isEmptyAllowed { findings.add(Self.emptyCell(row: row, column: column, of: table)) }
                seconds.append(.nan)
                continue
            }
            if let before = known[text] {
                seconds.append(before)
                continue
            }
            do throws(DateProblem) {
                let date = try reading.format.read(text)
                if date.isZoned != isZoned ?? date.isZoned { throw .impossible(date.isZoned ? Self.zoned : Self.unzoned) }
                isZoned = date.isZoned
                known[text] = date.seconds
                seconds.append(date.seconds)
            } catch {
                findings.add(Self.finding(error, text, reading.format, row: row, column: column, of: table))
            }
        }
        try findings.check()
        self.reading = DateReading(format: reading.format, isZoned: isZoned)
    }

    /// What is to be said of how they were read.
    func notice(column: String) -> DatasetNotice? {
        let order: DatasetNotice.DateOrder? =
            switch reading.format {
            case .dayFirst: .dayFirst
            case .monthFirst: .monthFirst
            default: nil
            }
        if let telling, let order {
            return .datesRead(column: column, order: order, example: telling, isZoned: reading.isZoned == true)
        }
        guard reading.isZoned == true, reading.format == .yearFirst else { return nil }
        return .datesRead(column: column, order: nil, example: "", isZoned: true)
    }

    // MARK: - Words

    private static let zoned = "it has a time zone, which cells above have not"
    private static let unzoned = "it has no time zone, which cells above have"

    private static func emptyCell(row: Int, column: Int, of table: Table) -> Diagnostic {
        table.diagnostic(
            "found an empty cell in the column \"\(table.columns[column])\", where a date was expected", row: row, column: column,
            help: "fill it in, drop the column, or say what stands for it: missing: drop, median, most_frequent or a date")
    }

    private static func finding(
        _ problem: DateProblem, _ text: String, _ format: DateFormat, row: Int, column: Int, of table: Table
    ) -> Diagnostic {
        let found = "found \"\(TablePlaces.shown(text))\" in the column \"\(table.columns[column])\""
        let form: String =
            switch format {
            case .yearFirst: "as in 2024-05-31 or 2024-05-31T10:30:00"
            case .dayFirst: "with the day first, as in 31.05.2024"
            case .monthFirst: "with the month first, as in 5/31/2024"
            case .pattern(let pattern): "as \(pattern) says"
            }
        return switch problem {
        case .otherForm:
            table.diagnostic(
                "\(found), where a date was expected \(form)", row: row, column: column,
                help: Placeholders.contains(text)
                    ? "if it stands for an empty cell, say so: {csv: {path: …, empty: [\(PlainValue.text(text).flowText)]}}, and missing: median"
                    : "write all dates alike, or say how they are written: format: \"%d %b %Y\"")
        case .impossible(let reason):
            table.diagnostic("\(found), but \(reason)", row: row, column: column, help: "mend it; dates are read \(form)")
        }
    }
}

/// Finds out how the dates of a column are written.
struct DateOrderSearch {
    private var counts = (yearFirst: 0, dayFirst: 0, monthFirst: 0)
    private var first: DateFormat?
    private var differing: Int?
    private var dayTelling: String?
    private var monthTelling: String?
    private var seen: Set<String> = []
    /// How many different texts have the form of a date, and how many have not.
    private(set) var formed = 0
    private(set) var others = 0

    /// Looks at a text that stands in this row.
    mutating func add(_ text: String, row: Int) {
        guard seen.insert(text).inserted else { return }
        func meaning(_ format: DateFormat) -> Result<Double, DateProblem> {
            do throws(DateProblem) { return .success(try format.read(text).seconds) } catch { return .failure(error) }
        }
        if meaning(.yearFirst) != .failure(.otherForm) {
            counts.yearFirst += 1
            formed += 1
            first = first ?? .yearFirst
            return
        }
        let (day, month) = (meaning(.dayFirst), meaning(.monthFirst))
        if day == .failure(.otherForm) && month == .failure(.otherForm) {
            others += 1
            return
        }
        formed += 1
        first = first ?? .dayFirst
        let (isDay, isMonth) = ((try? day.get()) != nil, (try? month.get()) != nil)
        if isDay { counts.dayFirst += 1 }
        if isMonth { counts.monthFirst += 1 }
        if isDay && !isMonth { dayTelling = dayTelling ?? text }
        if isMonth && !isDay { monthTelling = monthTelling ?? text }
        if isDay && isMonth && day != month { differing = differing ?? row }
    }

    /// The order in which most texts are dates; ISO 8601 where the first that is a date has it.
    var format: DateFormat {
        if first != .dayFirst { return .yearFirst }
        return counts.monthFirst > counts.dayFirst ? .monthFirst : .dayFirst
    }

    /// A row whose date would be another in another order, where no cell tells which is meant.
    var ambiguousRow: Int? { first == .dayFirst && dayTelling == nil && monthTelling == nil ? differing : nil }

    /// The first text that is a date in this order alone; nil where none is needed.
    var tellingText: String? {
        switch format {
        case .dayFirst: dayTelling
        case .monthFirst: monthTelling
        default: nil
        }
    }
}
