import Datasets
import Documents
import Foundation
import Settings
import Testing

/// What is said of columns: errors with their row, and notices.
struct ColumnWordsTests {
    /// What goes wrong with a table that has this column and these inputs, the file's folder left out.
    private static func problem(_ cells: [String], _ inputs: String) throws -> String {
        let folder = try TemporaryFolder()
        let text = "x;y\n" + cells.enumerated().map { "\($0.element);\($0.offset % 2)\n" }.joined()
        let path = try folder.write(text, to: "my.csv")
        do {
            _ = try InputText.open(inputs, path: path)
            return "nothing"
        } catch let error as DatasetError {
            return error.description
        } catch let findings as Diagnostics {
            return findings.all.map { "\($0.line.map(String.init) ?? "") \($0.message); \($0.help ?? "")" }.joined(separator: "\n")
        }
    }

    private static func notices(_ cells: [String], _ inputs: String, validating share: Double = 0.2) throws -> [String] {
        let folder = try TemporaryFolder()
        let text = "x;y\n" + cells.enumerated().map { "\($0.element);\($0.offset % 2)\n" }.joined()
        return try InputText.open(inputs, path: folder.write(text, to: "my.csv"), validating: share).summary.notices.map(\.sentence)
    }

    @Test(arguments: [
        (
            ["1", "0", "2", "3", "4"], "encode: numeric, scale: log",
            "3 found \"0\" in the column \"x\", whose scale log takes numbers above 0; write scale: log1p, which takes 0, too, or scale: standard"
        ),
        (
            ["1", "-1", "2", "3", "-2"], "encode: numeric, scale: log1p",
            """
            3 found "-1" in the column "x", whose scale log1p takes numbers above -1; write scale: standard or robust
            6 found "-2" in the column "x", whose scale log1p takes numbers above -1; write scale: standard or robust
            """
        ),
        (
            ["1", "", "2", "3", "4"], "encode: numeric, scale: log, missing: 0",
            "an empty cell of the column \"x\" cannot become 0; it can be a number above 0, as scale: log takes"
        ),
        (
            ["S", "M", "l", "M", "S"], "encode: ordinal, order: [S, M, L]",
            "4 found \"l\" in the column \"x\", where a category of its order was expected; did you mean \"L\"? the order is S, M, L"
        ),
        (
            ["S", "M", "", "M", "S"], "encode: ordinal, order: [S, M, L], missing: mean",
            "an empty cell of the column \"x\" cannot become the mean; it can be one of its categories, median or most_frequent"
        ),
        (
            ["yes", "No", "perhaps", "", "y"], "encode: yes-no",
            """
            4 found "perhaps" in the column "x", where yes or no was expected; yes, true, y, t and 1 are yes, no, false, n, f and 0 are no, in any letter case; encode the column as one-hot, if these are categories
            5 found an empty cell in the column "x", where yes or no was expected; fill it in, drop the column, or say what stands for it: missing: drop, or yes, no or most_frequent
            """
        ),
        (
            ["1/2/2024", "3/4/2024", "5/5/2024", "1/2/2024", "1/2/2024"], "encode: date, parts: [year]",
            "2 found \"1/2/2024\" in the column \"x\", whose cells do not tell whether the day or the month stands first; say so: format: day-first, or format: month-first"
        ),
        (
            ["31/1/2024", "31/2/2024", "5/5/2024", "1/2/2024", "29/2/2023"], "encode: date, parts: [year]",
            """
            3 found "31/2/2024" in the column "x", but there is no day 31 of February 2024; mend it; dates are read with the day first, as in 31.05.2024
            6 found "29/2/2023" in the column "x", but there is no day 29 of February 2023; mend it; dates are read with the day first, as in 31.05.2024
            """
        ),
        (
            ["2024-01-31", "soon", "NA", "2024-01-31T25:00", "2024-01-31"], "encode: date, parts: [year]",
            """
            3 found "soon" in the column "x", where a date was expected as in 2024-05-31 or 2024-05-31T10:30:00; write all dates alike, or say how they are written: format: "%d %b %Y"
            4 found "NA" in the column "x", where a date was expected as in 2024-05-31 or 2024-05-31T10:30:00; if it stands for an empty cell, say so: {csv: {path: …, empty: [NA]}}, and missing: median
            5 found "2024-01-31T25:00" in the column "x", but there is no such time of day; mend it; dates are read as in 2024-05-31 or 2024-05-31T10:30:00
            """
        ),
        (
            ["2024-01-31T10:00Z", "2024-01-31T10:00", "2024-01-31T10:00Z", "2024-01-31T10:00Z", "2024-01-31T10:00Z"],
            "encode: date, parts: [year]",
            "3 found \"2024-01-31T10:00\" in the column \"x\", but it has no time zone, which cells above have; mend it; dates are read as in 2024-05-31 or 2024-05-31T10:30:00"
        ),
        (
            (1...60).map { "\(1900 + $0)-01-01" }, "encode: auto",
            "the column \"x\" has dates, and auto does not know what of them matters; write {encode: date, cyclic: [month, weekday], since: 2020-01-01}, or drop it"
        ),
        (
            ["1", "2"], "encode: one-hot, unknown: rare",
            "1 without min_count there are no rare categories; write min_count, or unknown: ignore"
        ),
        (
            ["1", "2"], "encode: numeric, missing: {fill: drop, indicator: true}",
            "1 an indicator tells of empty cells, of which none is left here; write fill: median"
        ),
        (["1", "2"], "encode: ordinal, order: [a, b, a]", "1 order has \"a\" twice; name each category once"),
        (
            ["1", "2"], "encode: date",
            "1 x gives no feature; write parts: [year], cyclic: [month, weekday], since: 2020-01-01, or several of them"
        ),
        (["1", "2"], "encode: date, cyclic: [year]", "1 a year does not come round again; name it under parts"),
        (
            ["1", "2"], "encode: date, since: 2020-02-30",
            "1 since must be a date, found \"2020-02-30\"; write it as 2020-01-31"
        ),
        (
            ["1", "2"], "encode: date, parts: [year], format: \"%d.%m\"",
            "1 format does not say where year, month and day stand; write iso, day-first, month-first, or a pattern of %Y %y %m %d %e %j %b %B %h %a %A %H %I %M %S %f %p %z %s %F %T %%"
        ),
    ])
    func saysWhatIsWrong(cells: [String], column: String, expected: String) throws {
        #expect(try Self.problem(cells, "x: {\(column)}") == expected)
    }

    @Test(arguments: [
        (
            ["a", "a", "b", "c", "a", "a", "a", "d"], "encode: one-hot, min_count: 2, unknown: rare",
            [
                "2 categories of \"x\" stand in fewer rows than min_count and share the feature \"x is rare\": \"b\", \"c\".",
                "validation: 1 of 2 cells of \"x\" has a category that is in no row the column is fitted on, such as \"d\"; it counts as rare (unknown: rare).",
            ]
        ),
        (
            ["1/13/2024", "1/2/2024", "1/2/2024", "1/2/2024", "1/2/2024"], "encode: date, since: 2024-01-01",
            [
                "dates of \"x\" are read month, day, year, which some cell tells, such as \"1/13/2024\" (format: month-first)."
            ]
        ),
        (
            ["2024-01-31T10:00Z", "2024-01-31T10:00+02:00", "2024-01-31T10:00Z", "2024-01-31T10:00Z", "2024-01-31T10:00Z"],
            "encode: date, parts: [hour]",
            ["dates of \"x\" are read as ISO 8601; their time zones are turned into UTC, of which parts and days are."]
        ),
        (["2024-01-31", "2024-02-29", "2024-03-31", "2024-01-01", "2024-01-31"], "encode: date, parts: [day]", []),
        (["5/5/2024", "6/6/2024", "6/6/2024", "6/6/2024", "6/6/2024"], "encode: date, parts: [day]", []),
    ])
    func saysWhatIsToBeKnown(cells: [String], column: String, expected: [String]) throws {
        let notices = try Self.notices(cells, "x: {\(column)}", validating: cells.count > 5 ? 0.25 : 0.2)
        #expect(notices.filter { !$0.contains("also occur among the training rows") && !$0.contains("rows have none of") } == expected)
    }

    @Test func emptyDatesAndAnswersAreFilled() throws {
        func matrix(_ cells: [String], _ column: String) throws -> [Float] {
            let folder = try TemporaryFolder()
            let text = "x;y\n" + cells.enumerated().map { "\($0.element);\($0.offset % 2)\n" }.joined()
            return try InputText.open("x: {\(column)}", path: folder.write(text, to: "my.csv")).matrix
        }
        let days = ["2024-01-01", "2024-01-03", "", "2024-01-04", "2024-01-08"]
        #expect(try matrix(days, "encode: date, since: 2024-01-01, missing: median") == [0, 2, 2, 3, 7])
        #expect(
            try matrix(days, "encode: date, since: 2024-01-01, missing: {fill: 2024-01-02, indicator: true}")
                == [0, 0, 2, 0, 1, 1, 3, 0, 7, 0])
        #expect(try matrix(["yes", "", "no", "YES", "f"], "encode: yes-no, missing: most_frequent") == [1, 1, 0, 1, 0])
        #expect(try matrix(["L", "", "S", "M", "L"], "encode: ordinal, order: [S, M, L], missing: median") == [2, 1, 0, 1, 2])
        #expect(
            try matrix(["a", "", "b", "a", ""], "encode: one-hot, missing: {fill: most_frequent, indicator: true}")
                == [1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1])
    }
}
