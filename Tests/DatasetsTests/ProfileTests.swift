import Datasets
import Foundation
import Settings
import Testing

/// What a table holds, and what could be made of it.
struct ProfileTests {
    private static let text: String = {
        let rows = (0..<120).map { row in
            "\(row + 1),\(4000 - row * 7),name \(row),\(row % 3 == 0 ? "red" : "blue"),\(row % 5 == 0 ? "" : "\(Double(row) / 4)"),1,\(row % 2)\n"
        }
        return "row,key,who,colour,size,same,y\n" + rows.joined()
    }()

    private static func profile(_ text: String = text, format: CSVFormat = CSVFormat()) throws -> DatasetProfile {
        let folder = try TemporaryFolder()
        return try DatasetStore(folder: folder.path).profile(
            of: .csv(path: try folder.write(text, to: "my.csv"), format: format))
    }

    @Test func tellsWhatColumnsHold() throws {
        let profile = try Self.profile()
        #expect(profile.rowCount == 120)
        #expect(
            profile.columns.map(\.kind) == [
                .rowNumbers, .numbers(low: 3167, high: 4000, mean: 3583.5, isWhole: true), .names, .categories,
                .numbers(low: 0.25, high: 29.75, mean: 15, isWhole: false), .numbers(low: 1, high: 1, mean: 1, isWhole: true),
                .numbers(low: 0, high: 1, mean: 0.5, isWhole: true),
            ])
        #expect(profile["size"]?.emptyCount == 24)
        #expect(profile["colour"]?.mostFrequent.map(\.text) == ["blue", "red"])
        #expect(profile["colour"]?.mostFrequent.map(\.count) == [80, 40])
    }

    @Test func suggestsEncodings() throws {
        let suggestion = try EncodingSuggestion(Self.profile())
        #expect(
            suggestion.inputs.columns == [
                .init(column: "colour", encoding: .oneHot()), .init(column: "size", encoding: .numeric(scale: .standard), missing: .mean),
            ])
        #expect(suggestion.dropped.map(\.column) == ["row", "key", "who", "same"])
        #expect(suggestion.target == ColumnSettings(column: "y", encoding: .label))
        #expect(suggestion.classCount == 2)
        let other = try EncodingSuggestion(Self.profile(), target: "size")
        #expect(other.target == ColumnSettings(column: "size", encoding: .numeric(scale: .standard), missing: .drop))
        #expect(other.classCount == nil)
        #expect(throws: DatasetError.noTarget(column: "who", found: "neither numbers nor few categories")) {
            try EncodingSuggestion(Self.profile(), target: "who")
        }
        #expect(throws: DatasetError.self) { try EncodingSuggestion(Self.profile(), target: "Y") }
    }

    @Test func aSingleColumnIsNoTable() throws {
        let profile = try Self.profile("x:y\n1:3\n4:6\n")
        let error = #expect(throws: DatasetError.self) { try EncodingSuggestion(profile) }
        #expect(
            error?.description == "found a single column, \"x:y\", where inputs and a target were expected; "
                + "if something else stands between the fields, say what: {csv: {path: …, delimiter: \" \"}}")
    }

    @Test func suggestsATextWhereThereIsNothingElse() throws {
        let rows = (0..<30).map { "\($0 % 3 == 0 ? "spam" : "ham")\tthis is the message number \($0)\n" }
        let suggestion = try EncodingSuggestion(Self.profile("kind\ttext\n" + rows.joined()), target: "kind")
        #expect(suggestion.inputs.columns == [.init(column: "text", encoding: .multiHot(vocabulary: 10_000))])
    }

    // MARK: - What tables are like in the wild

    private static func column(_ cells: [String]) throws -> ColumnProfile {
        let text = "x;y\n" + cells.enumerated().map { "\($0.element);\($0.offset % 2)\n" }.joined()
        return try #require(try profile(text).columns.first)
    }

    @Test(arguments: [
        (["1", "2.5", "oops", "4"], ColumnProfile.Kind.almostNumbers(others: [.init(text: "oops", line: 4)], count: 1)),
        (["1,5", "2,25", "3", "-4,1"], .commaNumbers(isThousands: false)), (["1,500", "2,250", "900"], .commaNumbers(isThousands: true)),
        (["2024-05-01", "2024-06-30", "2024-07-01"], .dates(.init(firstYear: 2024, days: 61, hasTimes: false))),
        (["1.5.24", "30.6.24 10:15", "1.7.24"], .dates(.init(firstYear: 2024, days: 61, hasTimes: true))),
        (["1/5/2024", "2/6/2024", "3/7/2024"], .dates(nil)), (["31/2/2024", "2/6/2024", "3/7/2024"], .dates(nil)),
        (["5%", "7 %", "12.5%"], .markedNumbers(example: "5%")),
        (["$1,500", "$20", "$3"], .markedNumbers(example: "$1,500", form: .undecided(isComma: true))),
        (["$1,500", "$20.50", "€3"], .markedNumbers(example: "$1,500", form: .mixed)),
        (["A-1", "B-2", "C-3"], .categories),
    ])
    func kindsOfColumns(cells: [String], expected: ColumnProfile.Kind) throws {
        #expect(try Self.column(cells).kind == expected)
    }

    @Test(arguments: [
        ("x;y\n1;a\nNA;b\n3;a\n", CSVFormat(empty: ["NA"])), ("x;y\n1;?\nn/a;2\n3;4\n", CSVFormat(empty: ["n/a", "?"])),
        ("x;y\n1,5;a\n2;b\n", CSVFormat(numbers: NumberFormat(decimal: UInt8(ascii: ",")))),
        ("x;y\n1,500;a\n2;b\n", CSVFormat(numbers: NumberFormat(thousands: UInt8(ascii: ",")))),
        ("x;y\n1,500;2,5\n2;3\n", CSVFormat(numbers: NumberFormat(decimal: UInt8(ascii: ",")))),
        ("x;y\nNA;a\n1,5;a\n2;b\n", CSVFormat(empty: ["NA"], numbers: NumberFormat(decimal: UInt8(ascii: ",")))),
        ("x;y\nNA;a\nNA;b\nNA;a\nNA;b\n", nil), ("x;y\n1,5;2.5\n2;3.5\n", nil), ("x;y\n1;a\noops;b\n3;a\n", nil), ("x;y\n1;NA\n2;b\n", nil),
    ])
    func aTableShowsHowItIsWritten(text: String, expected: CSVFormat?) throws {
        #expect(try Self.profile(text).betterFormat(than: CSVFormat()) == expected)
    }

    @Test func theFormatOfATableTellsWhatSignedNumbersAre() throws {
        let format = CSVFormat(numbers: NumberFormat(thousands: UInt8(ascii: ",")))
        let profile = try Self.profile("price;y\n$1,500;1.5\n$20;2\n$3;3.5\n", format: format)
        #expect(profile["price"]?.kind == .markedNumbers(example: "$1,500", form: .plain))
        #expect(try EncodingSuggestion(profile, target: "price").classCount == nil)
        #expect(try EncodingSuggestion(profile, target: "y").inputs.columns.map(\.column) == ["price"])
    }

    /// Whole numbers that all differ are keys where they lie evenly, and amounts where most are small.
    @Test func amountsAreNoKeys() throws {
        let rows = (0..<150).map { "\($0 < 140 ? 2 * $0 : 100_000 * $0),\(7 * $0 + $0 % 3),\($0 % 2)\n" }
        let suggestion = try EncodingSuggestion(Self.profile("people,key,y\n" + rows.joined()))
        #expect(suggestion.inputs.columns == [.init(column: "people", encoding: .numeric(scale: .standard))])
        #expect(suggestion.dropped.map(\.column) == ["key"])
    }

    @Test(arguments: [(12, Encoding.oneHot(unknown: .rare, minimumCount: 5)), (4, nil), (1, nil)])
    func manyTextsAreCategoriesWhereEachComesOften(times: Int, expected: Encoding?) throws {
        let rows = (0..<(60 * times)).map { "land \($0 % 60),\($0 % 7).5,\($0 % 2)\n" }
        let suggestion = try EncodingSuggestion(Self.profile("where,x,y\n" + rows.joined()))
        #expect(suggestion.inputs.columns.first { $0.column == "where" }?.encoding == expected)
        #expect(suggestion.dropped.first?.reason.contains("min_count") == (expected != nil ? nil : times == 4))
    }

    @Test(arguments: [(5, "1"), (10, "1"), (2, nil)])
    func aRareClassIsThePositiveOne(every: Int, positive: String?) throws {
        let rows = (0..<100).map { "\($0 % 7).5,\($0 % every == 0 ? 1 : 0)\n" }
        let suggestion = try EncodingSuggestion(Self.profile("x,y\n" + rows.joined()))
        #expect(suggestion.target.positive == positive && suggestion.isImbalanced == (positive != nil))
    }

    @Test func whatCannotBeReadIsLeftOutWithItsReason() throws {
        let rows = (0..<40).map { "\($0 == 7 ? "oops" : "\($0).5"),\($0)%,2024-01-\($0 % 28 + 1),\($0 * $0 % 7),\($0 % 2)\n" }
        let suggestion = try EncodingSuggestion(Self.profile("a,b,c,d,y\n" + rows.joined()))
        #expect(
            suggestion.dropped == [
                .init(
                    column: "a",
                    reason: "it has numbers, and 1 cell that is none (\"oops\" in line 9); mend them, or encode it as one-hot")
            ])
        #expect(suggestion.inputs.columns.map(\.column) == ["b", "c", "d"])
    }

    @Test(arguments: [
        (
            ["2024-05-01", "2024-06-30", ""],
            Encoding.date(DateSettings(cyclic: [.month, .weekday], since: "2024-01-01", scale: .standard))
        ),
        (
            ["13/05/2023 10:00", "14/05/2023 11:00", "14/05/2023 12:00"],
            .date(DateSettings(cyclic: [.hour], since: "2023-01-01", scale: .standard))
        ),
        // Years and months that are written as days.
        (["1970-01-01", "1971-01-01", "1973-01-01"], .date(DateSettings(cyclic: [], since: "1970-01-01", scale: .standard))),
        (["2020-01-01", "2020-02-01", "2020-03-01"], .date(DateSettings(cyclic: [.month], since: "2020-01-01", scale: .standard))),
        (["yes", "No", "no"], .yesNo), (["T", "F", "T"], .yesNo), (["yes", "no", "perhaps"], .oneHot()), (["yes", "y", "yes"], .oneHot()),
        // Words of one known order.
        (["M", "XL", "S"], .ordinal(order: ["S", "M", "XL"])), (["high", "Low", "medium"], .ordinal(order: ["Low", "medium", "high"])),
        (["very good", "poor", "fair"], .ordinal(order: ["poor", "fair", "very good"])),
        // Two may be married and single; others belong to no scale, or to two.
        (["M", "S", "M"], .oneHot()), (["low", "high", "other"], .oneHot()), (["low", "Low", "high"], .oneHot()),
        (["low", "middle", "medium"], .oneHot()),
    ])
    func datesAndAnswersAreKnownByTheirLooks(cells: [String], expected: Encoding) throws {
        let text = "x;y\n" + (0..<6).map { "\(cells[$0 % 3]);\($0 % 2)\n" }.joined()
        let column = try #require(try EncodingSuggestion(Self.profile(text)).inputs.columns.first)
        #expect(column.encoding == expected)
        #expect(column.missing == (cells.contains("") ? .median : .error))
    }

    @Test func aTargetOfUnclearSignsIsToldSo() throws {
        let text = "x,y\n" + (0..<6).map { "\($0),\($0 % 2 == 0 ? "$\($0)" : "\($0) EUR")\n" }.joined()
        let error = #expect(throws: DatasetError.self) { try EncodingSuggestion(Self.profile(text)) }
        #expect(
            error?.description
                == "the column \"y\" has numbers with signs, such as \"$0\", that are written in several ways or leave open what commas and points are, and cannot be predicted; name another one as the target"
        )
    }

    @Test func datesOfUnknownOrderAreLeftOutWithTheReason() throws {
        let suggestion = try EncodingSuggestion(Self.profile("x,n,y\n1/5/2024,1.5,0\n2/6/2024,2.5,1\n1/7/2024,2.5,1\n"))
        #expect(
            suggestion.dropped == [
                .init(
                    column: "x",
                    reason:
                        "nothing tells whether its dates have the day or the month first; write {encode: date, format: day-first, since: 2020-01-01}"
                )
            ])
    }

    @Test func whatLooksLikeAKeyIsBetterThanNothing() throws {
        let suggestion = try EncodingSuggestion(Self.profile("x,y\n1,a\n2,b\n3,a\n4,b\n"))
        #expect(suggestion.inputs.columns == [.init(column: "x", encoding: .numeric(scale: .standard))])
        #expect(suggestion.dropped.isEmpty)
        let error = #expect(throws: DatasetError.self) { try EncodingSuggestion(Self.profile("x,z,y\n1,,a\n1,,b\n1,,a\n")) }
        #expect(error?.description == "no column can be an input as it is: x: it is the same in every row; z: it is empty")
    }

    @Test func theTargetIsTheLastColumnThatHoldsSomething() throws {
        #expect(try EncodingSuggestion(Self.profile("x,y,\n1.5,a,\n2.5,b,\n3,a,\n")).target.column == "y")
    }

    @Test func aTextBesideColumnsIsAnInputToo() throws {
        let rows = (0..<30).map { "\($0 * $0 % 11),this is the message number \($0),\($0 % 2)\n" }
        let suggestion = try EncodingSuggestion(Self.profile("n,text,y\n" + rows.joined()))
        #expect(suggestion.inputs.columns.map(\.encoding) == [.numeric(scale: .standard), .multiHot(vocabulary: 10_000)])
    }

    @Test func greyValuesAreDividedBy255() throws {
        let names = (0..<64).map { "p\($0)" }
        func table(_ highest: Int) -> String {
            (names + ["y"]).joined(separator: ",") + "\n"
                + (0..<20).map { row in
                    names.indices.map { "\($0 == 0 ? 0 : ($0 * row * 7) % (highest + 1))" }.joined(separator: ",") + ",\(row % 2)\n"
                }
                .joined()
        }
        let pixels = try EncodingSuggestion(Self.profile(table(255)))
        #expect(pixels.inputs.columns.count == 64)
        #expect(pixels.inputs.columns.allSatisfy { $0.encoding == .numeric(scale: .divided(by: 255)) })
        #expect(pixels.dropped.isEmpty, "a dark corner belongs to the image")
        #expect(try EncodingSuggestion(Self.profile(table(9))).inputs.columns.allSatisfy { $0.encoding == .numeric(scale: .standard) })
    }
}
